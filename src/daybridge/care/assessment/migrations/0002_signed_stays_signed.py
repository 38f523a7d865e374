"""A signed evaluation never changes, whoever tries."""

from django.db import migrations

GUARD = """
CREATE FUNCTION assessment_keep_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'signed' THEN
    RAISE EXCEPTION 'a signed evaluation does not change' USING ERRCODE = '23514';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_signed BEFORE UPDATE OR DELETE ON assessment_evaluation
  FOR EACH ROW EXECUTE FUNCTION assessment_keep_signed();
CREATE FUNCTION assessment_keep_part() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE of_evaluation bigint := CASE TG_OP WHEN 'DELETE' THEN OLD.evaluation_id ELSE NEW.evaluation_id END;
BEGIN
  IF EXISTS (SELECT FROM assessment_evaluation e WHERE e.id = of_evaluation AND e.state = 'signed') THEN
    RAISE EXCEPTION 'a signed evaluation does not change' USING ERRCODE = '23514';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER keep_signed BEFORE INSERT OR UPDATE OR DELETE ON assessment_substancerating
  FOR EACH ROW EXECUTE FUNCTION assessment_keep_part();
"""


class Migration(migrations.Migration):
    """Below every command: raw SQL is refused too."""

    dependencies = [("assessment", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
