"""Counting seats and meetings of people whom the counter may not see: numbers only."""

from django.db import migrations

COUNTS = """
CREATE FUNCTION schedule_members(wanted bigint[], on_day date) RETURNS TABLE (series_id bigint, members int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT m.series_id, count(*)::int FROM schedule_membership m
  WHERE m.series_id = ANY(wanted) AND m.from_day <= on_day AND (m.until_day IS NULL OR m.until_day >= on_day)
  GROUP BY m.series_id $$;
CREATE FUNCTION schedule_taken(wanted bigint[]) RETURNS TABLE (occurrence_id bigint, taken int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.id,
    (SELECT count(*) FROM (
       SELECT e.client_id FROM schedule_expected e WHERE e.occurrence_id = o.id AND e.state = 'expected'
       UNION
       SELECT m.client_id FROM schedule_membership m WHERE m.series_id = o.series_id AND o.state = 'planned'
         AND m.from_day <= o.day AND (m.until_day IS NULL OR m.until_day >= o.day)
         AND NOT EXISTS (SELECT FROM schedule_expected x WHERE x.occurrence_id = o.id
                         AND x.client_id = m.client_id AND x.state = 'cancelled')
     ) AS seat)::int
  FROM schedule_occurrence o WHERE o.id = ANY(wanted) $$;
CREATE FUNCTION schedule_meets_no_contact(one bigint, wanted_series bigint, on_day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM schedule_nocontact n JOIN schedule_membership m
    ON m.client_id = CASE WHEN n.client_id = one THEN n.other_id ELSE n.client_id END
    WHERE one IN (n.client_id, n.other_id) AND m.series_id = wanted_series
    AND (m.until_day IS NULL OR m.until_day >= on_day)
    AND n.from_day <= on_day AND (n.until_day IS NULL OR n.until_day >= on_day)) $$;
CREATE FUNCTION schedule_no_contact_sessions(wanted bigint[]) RETURNS TABLE (client_id bigint, occurrence_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT pair.me, o.id FROM (
    SELECT n.client_id AS me, n.other_id AS them FROM schedule_nocontact n
    UNION ALL SELECT n.other_id, n.client_id FROM schedule_nocontact n) AS pair
  JOIN schedule_occurrence o ON o.id = ANY(wanted)
  WHERE EXISTS (SELECT FROM schedule_expected e WHERE e.occurrence_id = o.id AND e.client_id = pair.them
                AND e.state = 'expected')
     OR EXISTS (SELECT FROM schedule_membership m WHERE m.series_id = o.series_id AND m.client_id = pair.them
                AND m.from_day <= o.day AND (m.until_day IS NULL OR m.until_day >= o.day)) $$;
"""


class Migration(migrations.Migration):
    """SECURITY DEFINER, and nothing but ids of the asked and counts comes out."""

    dependencies = [("schedule", "0001_initial")]
    operations = [migrations.RunSQL(COUNTS, migrations.RunSQL.noop)]
