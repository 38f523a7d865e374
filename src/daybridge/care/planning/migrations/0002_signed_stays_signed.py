"""A plan that somebody has signed keeps its words; signed by both it keeps everything."""

from django.db import migrations

GUARD = """
CREATE FUNCTION planning_keep_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.signed_at IS NOT NULL THEN
    RAISE EXCEPTION 'a signed plan does not change: write an addendum' USING ERRCODE = '23514';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_signed BEFORE UPDATE OR DELETE ON planning_plan
  FOR EACH ROW EXECUTE FUNCTION planning_keep_signed();
CREATE FUNCTION planning_keep_part() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE of_plan bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.plan_id ELSE NEW.plan_id END;
BEGIN
  IF EXISTS (SELECT FROM planning_plan p WHERE p.id = of_plan
             AND (p.clinician_signed_at IS NOT NULL OR p.client_signed_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'a signed plan does not change: write an addendum' USING ERRCODE = '23514';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_signed BEFORE INSERT OR UPDATE OR DELETE ON planning_problem
  FOR EACH ROW EXECUTE FUNCTION planning_keep_part();
CREATE TRIGGER keep_signed BEFORE INSERT OR UPDATE OR DELETE ON planning_objective
  FOR EACH ROW EXECUTE FUNCTION planning_keep_part();
CREATE TRIGGER keep_signed BEFORE INSERT OR UPDATE OR DELETE ON planning_intervention
  FOR EACH ROW EXECUTE FUNCTION planning_keep_part();
"""


class Migration(migrations.Migration):
    """Below every command: raw SQL is refused too."""

    dependencies = [("planning", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
