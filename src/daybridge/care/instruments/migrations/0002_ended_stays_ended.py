"""A form that has ended keeps everything and gains no answer; answers belong to their client."""

from django.db import migrations

GUARD = """
CREATE FUNCTION instruments_keep_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' THEN
    RAISE EXCEPTION 'a finished form does not change: write a correction' USING ERRCODE = '23514';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION instruments_keep_answers() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found record;
BEGIN
  EXECUTE format('SELECT state, client_id FROM %I WHERE id = $1 FOR SHARE', TG_ARGV[0])
    INTO found USING NEW.response_id;
  IF found.state IS DISTINCT FROM 'draft' OR found.client_id <> NEW.client_id THEN
    RAISE EXCEPTION 'a finished form gains no answer: write a correction' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION instruments_keep_kin() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE same boolean;
BEGIN
  IF NEW.replaces_id IS NOT NULL THEN
    EXECUTE format('SELECT client_id = $2 AND instrument = $3 AND state = ''finished'' FROM %I '
                   'WHERE id = $1', TG_TABLE_NAME)
      INTO same USING NEW.replaces_id, NEW.client_id, NEW.instrument;
    IF same IS NOT TRUE THEN
      RAISE EXCEPTION 'a correction names a finished form of the same client and kind'
        USING ERRCODE = '23514';
    END IF;
  END IF;
  RETURN NEW;
END $$;
"""
TABLES = {"response": "answer", "allianceresponse": "allianceanswer"}
TRIGGERS = "".join(
    f"""
CREATE TRIGGER keep_ended BEFORE UPDATE OR DELETE ON instruments_{rows}
  FOR EACH ROW EXECUTE FUNCTION instruments_keep_ended();
CREATE TRIGGER keep_kin BEFORE INSERT OR UPDATE ON instruments_{rows}
  FOR EACH ROW EXECUTE FUNCTION instruments_keep_kin();
CREATE TRIGGER keep_answers BEFORE INSERT ON instruments_{answers}
  FOR EACH ROW EXECUTE FUNCTION instruments_keep_answers('instruments_{rows}');
"""
    for rows, answers in TABLES.items()
)


class Migration(migrations.Migration):
    """Below every command: raw SQL and bulk writes are refused too."""

    dependencies = [("instruments", "0001_initial")]
    operations = [migrations.RunSQL(GUARD + TRIGGERS, migrations.RunSQL.noop)]
