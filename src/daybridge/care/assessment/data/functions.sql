-- A signed evaluation stands for ever: nothing in it changes, nothing joins it but addenda.
CREATE OR REPLACE FUNCTION assessment_refuse_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'signed' THEN
    RAISE EXCEPTION 'A signed evaluation does not change: write an addendum'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER signed_stands BEFORE UPDATE OR DELETE ON assessment_evaluation
  FOR EACH ROW EXECUTE FUNCTION assessment_refuse_signed();
CREATE OR REPLACE FUNCTION assessment_refuse_part_of_signed() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND EXISTS (
    SELECT FROM assessment_evaluation e WHERE e.id = OLD.evaluation_id AND e.state = 'signed')
  OR TG_OP <> 'DELETE' AND EXISTS (
    SELECT FROM assessment_evaluation e WHERE e.id = NEW.evaluation_id AND e.state = 'signed')
  THEN
    RAISE EXCEPTION 'A signed evaluation does not change: write an addendum'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER signed_stands BEFORE INSERT OR UPDATE OR DELETE ON assessment_substancerating
  FOR EACH ROW EXECUTE FUNCTION assessment_refuse_part_of_signed();
CREATE TRIGGER signed_stands BEFORE INSERT OR UPDATE OR DELETE ON assessment_arearating
  FOR EACH ROW EXECUTE FUNCTION assessment_refuse_part_of_signed();
CREATE TRIGGER signed_stands BEFORE INSERT OR UPDATE OR DELETE ON assessment_criterionanswer
  FOR EACH ROW EXECUTE FUNCTION assessment_refuse_part_of_signed();
CREATE TRIGGER signed_stands BEFORE INSERT OR UPDATE OR DELETE ON assessment_visit
  FOR EACH ROW EXECUTE FUNCTION assessment_refuse_part_of_signed();
