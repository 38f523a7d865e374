"""A plan that somebody has signed keeps every word and gains no siblings; parts belong together."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION planning_keep_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  marks text[] := '{clinician_signed_at,client_signed_at,signed_at,set_aside_at,set_aside_why}';
BEGIN
  IF OLD.signed_at IS NOT NULL OR OLD.set_aside_at IS NOT NULL
     OR ((OLD.clinician_signed_at IS NOT NULL OR OLD.client_signed_at IS NOT NULL) AND (
       TG_OP = 'DELETE'
       OR to_jsonb(NEW) - marks IS DISTINCT FROM to_jsonb(OLD) - marks
       OR (OLD.clinician_signed_at IS NOT NULL
           AND NEW.clinician_signed_at IS DISTINCT FROM OLD.clinician_signed_at)
       OR (OLD.client_signed_at IS NOT NULL
           AND NEW.client_signed_at IS DISTINCT FROM OLD.client_signed_at)))
  THEN
    RAISE EXCEPTION 'a signed plan does not change: write an addendum' USING ERRCODE = '23514';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE FUNCTION planning_keep_part() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE held planning_plan;
BEGIN
  -- the lock lets a signature that is just being made come first
  FOR held IN SELECT * FROM planning_plan p WHERE p.id IN (OLD.plan_id, NEW.plan_id)
              ORDER BY p.id FOR SHARE
  LOOP
    IF held.clinician_signed_at IS NOT NULL OR held.client_signed_at IS NOT NULL
       OR held.set_aside_at IS NOT NULL THEN
      RAISE EXCEPTION 'a signed plan does not change: write an addendum' USING ERRCODE = '23514';
    END IF;
  END LOOP;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_signed BEFORE INSERT OR UPDATE OR DELETE ON planning_citedreason
  FOR EACH ROW EXECUTE FUNCTION planning_keep_part();
CREATE FUNCTION planning_own_need() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NEW.need_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM assessment_need n WHERE n.id = NEW.need_id AND n.client_id = NEW.client_id) THEN
    RAISE EXCEPTION 'a problem answers a need of its own client' USING ERRCODE = '23503';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER own_need BEFORE INSERT OR UPDATE ON planning_problem
  FOR EACH ROW EXECUTE FUNCTION planning_own_need();
CREATE FUNCTION planning_own_reason() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM assessment_reason r WHERE r.id = NEW.reason_id AND r.client_id = NEW.client_id) THEN
    RAISE EXCEPTION 'a plan cites reasons of its own client' USING ERRCODE = '23503';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER own_reason BEFORE INSERT OR UPDATE ON planning_citedreason
  FOR EACH ROW EXECUTE FUNCTION planning_own_reason();
ALTER TABLE planning_plan ADD CONSTRAINT plan_whole UNIQUE (id, client_id);
ALTER TABLE planning_problem ADD CONSTRAINT problem_whole UNIQUE (id, plan_id, client_id),
  ADD CONSTRAINT problem_in_its_plan FOREIGN KEY (plan_id, client_id)
    REFERENCES planning_plan (id, client_id);
ALTER TABLE planning_objective ADD CONSTRAINT objective_whole UNIQUE (id, plan_id, client_id),
  ADD CONSTRAINT objective_of_client UNIQUE (id, client_id),
  ADD CONSTRAINT objective_in_its_plan FOREIGN KEY (problem_id, plan_id, client_id)
    REFERENCES planning_problem (id, plan_id, client_id);
ALTER TABLE planning_intervention ADD CONSTRAINT intervention_in_its_plan
  FOREIGN KEY (objective_id, plan_id, client_id)
  REFERENCES planning_objective (id, plan_id, client_id);
ALTER TABLE planning_citedreason ADD CONSTRAINT reason_in_its_plan
  FOREIGN KEY (plan_id, client_id) REFERENCES planning_plan (id, client_id);
ALTER TABLE planning_progress ADD CONSTRAINT progress_of_its_client
  FOREIGN KEY (objective_id, client_id) REFERENCES planning_objective (id, client_id);
"""


class Migration(migrations.Migration):
    """Below every command: raw SQL is refused too."""

    dependencies = [("planning", "0003_plan_in_depth")]
    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
