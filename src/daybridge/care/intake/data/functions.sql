-- Free evaluation slots, seen by everybody who books, without seeing who booked the others.
CREATE OR REPLACE FUNCTION intake_free_slots(after_at timestamptz, how_many int)
RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.id FROM intake_evaluationslot s
  WHERE s.withdrawn_at IS NULL AND s.starts_at > after_at
    AND NOT EXISTS (SELECT FROM intake_evaluationbooking b
                    WHERE b.slot_id = s.id AND b.state <> 'cancelled')
  ORDER BY s.starts_at, s.id LIMIT how_many
$$;
-- How many are free between two moments.
CREATE OR REPLACE FUNCTION intake_free_count(from_at timestamptz, until_at timestamptz)
RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT count(*) FROM intake_evaluationslot s
  WHERE s.withdrawn_at IS NULL AND s.starts_at > from_at AND s.starts_at < until_at
    AND NOT EXISTS (SELECT FROM intake_evaluationbooking b
                    WHERE b.slot_id = s.id AND b.state <> 'cancelled')
$$;
-- The next free times for the public page: when, never who or where.
CREATE OR REPLACE FUNCTION intake_free_times(after_at timestamptz, how_many int)
RETURNS SETOF timestamptz LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT s.starts_at FROM intake_evaluationslot s
  WHERE s.withdrawn_at IS NULL AND s.starts_at > after_at
    AND NOT EXISTS (SELECT FROM intake_evaluationbooking b
                    WHERE b.slot_id = s.id AND b.state <> 'cancelled')
  ORDER BY 1 LIMIT how_many
$$;
-- Whether a slot is free now: two who book at once are told apart before the constraint speaks.
CREATE OR REPLACE FUNCTION intake_slot_is_free(wanted bigint, after_at timestamptz)
RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM intake_evaluationslot s
    WHERE s.id = wanted AND s.withdrawn_at IS NULL AND s.starts_at > after_at)
  AND NOT EXISTS (SELECT FROM intake_evaluationbooking b
    WHERE b.slot_id = wanted AND b.state <> 'cancelled')
$$;
