"""PostgreSQL refuses a stay without evaluation, both views, a level, a licensed professional."""

from django.db import migrations

GUARD = """
CREATE FUNCTION placement_check_stay(wanted bigint) RETURNS void LANGUAGE plpgsql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE s placement_stay; today date := coalesce(access_at(), now())::date;
BEGIN
  SELECT * INTO s FROM placement_stay WHERE id = wanted;
  IF NOT FOUND THEN RETURN; END IF;
  IF NOT s.imported THEN
    IF NOT EXISTS (SELECT FROM assessment_evaluation e WHERE e.client_id = s.client_id
                   AND e.state = 'signed' AND e.signed_at <= s.admitted_at) THEN
      RAISE EXCEPTION 'no admission without a signed evaluation (S1)' USING ERRCODE = '23514';
    END IF;
    IF (SELECT count(*) FROM placement_view v WHERE v.decision_id = s.decision_id
        AND v.client_id = s.client_id AND v.signed_at <= s.admitted_at) < 2 THEN
      RAISE EXCEPTION 'no admission without both signed views (W3)' USING ERRCODE = '23514';
    END IF;
  END IF;
  IF s.ended_at IS NULL THEN
    IF NOT EXISTS (SELECT FROM placement_levelperiod l WHERE l.stay_id = s.id AND l.until_at IS NULL) THEN
      RAISE EXCEPTION 'an open stay needs a level of care (L1)' USING ERRCODE = '23514';
    END IF;
    IF NOT EXISTS (SELECT FROM placement_incharge c JOIN people_licence p ON p.staff_id = c.staff_id
                   WHERE c.stay_id = s.id AND c.until_at IS NULL AND p.may_be_in_charge
                   AND today BETWEEN p.valid_from AND p.valid_until) THEN
      RAISE EXCEPTION 'an open stay needs a licensed professional in charge (S2)' USING ERRCODE = '23514';
    END IF;
  ELSIF EXISTS (SELECT FROM placement_levelperiod l WHERE l.stay_id = s.id AND l.until_at IS NULL)
     OR EXISTS (SELECT FROM placement_incharge c WHERE c.stay_id = s.id AND c.until_at IS NULL) THEN
    RAISE EXCEPTION 'an ended stay has no open level and nobody in charge' USING ERRCODE = '23514';
  END IF;
END $$;
CREATE FUNCTION placement_guard_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM placement_check_stay(NEW.id); RETURN NULL; END $$;
CREATE FUNCTION placement_guard_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM placement_check_stay(NEW.stay_id); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER guard AFTER INSERT OR UPDATE ON placement_stay
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION placement_guard_stay();
CREATE CONSTRAINT TRIGGER guard AFTER INSERT OR UPDATE ON placement_levelperiod
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION placement_guard_part();
CREATE CONSTRAINT TRIGGER guard AFTER INSERT OR UPDATE ON placement_incharge
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION placement_guard_part();
"""


class Migration(migrations.Migration):
    """Deferred to the commit, so that a command may write in any order."""

    dependencies = [
        ("placement", "0001_initial"), ("assessment", "0001_initial"), ("people", "0001_initial"),
    ]
    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
