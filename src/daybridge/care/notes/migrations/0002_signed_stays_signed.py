"""What is signed stays as it was; words go with their index; two people withdraw."""

from django.db import migrations

GUARD = """
CREATE FUNCTION notes_keep_index() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF OLD.signed_at IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR ROW(NEW.client_id, NEW.author_id, NEW.kind, NEW.occurrence_id, NEW.event_at,
       NEW.over_at, NEW.begun_at, NEW.practice, NEW.signed_at, NEW.cosign_why, NEW.cosign_due_at)
     IS DISTINCT FROM ROW(OLD.client_id, OLD.author_id, OLD.kind, OLD.occurrence_id, OLD.event_at,
       OLD.over_at, OLD.begun_at, OLD.practice, OLD.signed_at, OLD.cosign_why, OLD.cosign_due_at) THEN
    RAISE EXCEPTION 'a signed note does not change: write an addendum' USING ERRCODE = '23514';
  END IF;
  IF (OLD.cosigned_at IS NOT NULL AND ROW(NEW.cosigned_at, NEW.cosigned_by_id, NEW.cosigned_as)
        IS DISTINCT FROM ROW(OLD.cosigned_at, OLD.cosigned_by_id, OLD.cosigned_as))
     OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at) THEN
    RAISE EXCEPTION 'what was signed is not taken back' USING ERRCODE = '23514';
  END IF;
  IF NEW.withdrawn_at IS NOT NULL AND OLD.withdrawn_at IS NULL AND NOT EXISTS (
       SELECT FROM notes_withdrawal w WHERE w.index_id = NEW.id AND w.done_at IS NOT NULL) THEN
    RAISE EXCEPTION 'a note is withdrawn by two people' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_signed BEFORE UPDATE OR DELETE ON notes_noteindex
  FOR EACH ROW EXECUTE FUNCTION notes_keep_index();

CREATE FUNCTION notes_fits_index() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM notes_noteindex i WHERE i.id = NEW.index_id AND i.client_id = NEW.client_id
                 AND i.signed_at IS NOT NULL AND i.withdrawn_at IS NULL
                 AND (TG_TABLE_NAME = 'notes_addendum' OR i.author_id = NEW.author_id)
                 AND (i.kind = 'counselling') = (TG_TABLE_NAME = 'notes_counsellingnote')) THEN
    RAISE EXCEPTION 'words belong to a signed note of the same client' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fits_index BEFORE INSERT ON notes_note
  FOR EACH ROW EXECUTE FUNCTION notes_fits_index();
CREATE TRIGGER fits_index BEFORE INSERT ON notes_addendum
  FOR EACH ROW EXECUTE FUNCTION notes_fits_index();
CREATE TRIGGER fits_index BEFORE INSERT ON notes_counsellingnote
  FOR EACH ROW EXECUTE FUNCTION notes_fits_index();

CREATE FUNCTION notes_draft_of_unsigned() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM notes_noteindex i WHERE i.id = NEW.index_id AND i.client_id = NEW.client_id
                 AND i.signed_at IS NULL AND i.author_id = NEW.author_id) THEN
    RAISE EXCEPTION 'a signed note has no draft' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER of_unsigned BEFORE INSERT OR UPDATE ON notes_notedraft
  FOR EACH ROW EXECUTE FUNCTION notes_draft_of_unsigned();

CREATE FUNCTION notes_two_people() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE before notes_withdrawal; me bigint := access_user_id(); hats text[] := access_roles();
BEGIN
  IF TG_OP = 'UPDATE' THEN before := OLD; END IF;
  IF (before.supervisor_id IS DISTINCT FROM NEW.supervisor_id AND NOT (before.supervisor_id IS NULL
        AND NEW.supervisor_id IS NOT DISTINCT FROM me AND hats && '{clinical_supervisor}'))
     OR (before.privacy_id IS DISTINCT FROM NEW.privacy_id AND NOT (before.privacy_id IS NULL
        AND NEW.privacy_id IS NOT DISTINCT FROM me AND hats && '{privacy_officer}'))
     OR (before.done_at IS NOT NULL AND (NEW.done_at IS DISTINCT FROM before.done_at
        OR NEW.declined_at IS NOT NULL))
     OR (before.breach IS NOT NULL AND ROW(NEW.breach, NEW.breach_why, NEW.breach_by_id)
        IS DISTINCT FROM ROW(before.breach, before.breach_why, before.breach_by_id)) THEN
    RAISE EXCEPTION 'each signs their own half of a withdrawal, once' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER two_people BEFORE INSERT OR UPDATE ON notes_withdrawal
  FOR EACH ROW EXECUTE FUNCTION notes_two_people();

CREATE FUNCTION notes_withdrawn() RETURNS SETOF bigint LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT id FROM notes_noteindex WHERE withdrawn_at IS NOT NULL $$;

CREATE FUNCTION notes_release(wanted bigint)
RETURNS TABLE (kind text, event_at timestamptz, over_at timestamptz, data text, assessment text,
               response text, plan text) LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE notes_withdrawal w SET copied_at = access_at() FROM notes_noteindex i
  WHERE w.index_id = wanted AND i.id = wanted AND w.done_at IS NOT NULL AND w.copied_at IS NULL
    AND i.author_id = access_user_id() AND w.client_id IN (SELECT access_team())
    AND w.client_id NOT IN (SELECT access_blocked());
  IF NOT FOUND THEN RETURN; END IF;
  RETURN QUERY SELECT i.kind::text, i.event_at, i.over_at, coalesce(n.data, c.words),
                      coalesce(n.assessment, ''), coalesce(n.response, ''), coalesce(n.plan, '')
    FROM notes_noteindex i LEFT JOIN notes_note n ON n.index_id = i.id
    LEFT JOIN notes_counsellingnote c ON c.index_id = i.id WHERE i.id = wanted;
END $$;
"""


class Migration(migrations.Migration):
    """Below every command: raw SQL is refused too."""

    dependencies = [("notes", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, migrations.RunSQL.noop)]
