"""It builds on the client's own motivation."""

from daybridge.quality.measure import How, Kept, Measure
from daybridge.quality.parts import IN_FORCE
from daybridge.quality.reading import cases

_IN_CARE = """
WITH known AS (
  SELECT s.client_id, s.admitted_at,
    EXISTS (SELECT FROM assessment_reason r WHERE r.client_id = s.client_id
      AND r.said_at <= %(now)s AND (r.ended_at IS NULL OR r.ended_at > %(now)s)) AS said,
    (SELECT max([[d.at]]) FROM assessment_readiness d
      WHERE d.client_id = s.client_id AND d.at <= %(now)s) AS asked
  FROM placement_stay s WHERE (s.ended_at IS NULL OR s.ended_at > %(now)s)
    AND [[s.admitted_at]] <= [[%(now)s]] - 7
)
SELECT client_id, said AND asked >= [[%(now)s]] - 30,
  CASE WHEN NOT said THEN 'no reason in own words; ' ELSE '' END
  || CASE WHEN asked IS NULL THEN 'readiness never asked' ELSE 'readiness asked ' || asked END
FROM known ORDER BY admitted_at, client_id
"""
_CITES = """
SELECT f.client_id, EXISTS (SELECT FROM planning_citedreason c WHERE c.plan_id = f.id),
  'plan ' || f.number FROM in_force f ORDER BY f.client_id
"""
_CHANGE = """
WITH asked AS (
  SELECT d.client_id, array_agg(d.readiness ORDER BY d.at, d.id) AS values
  FROM assessment_readiness d JOIN placement_stay s ON s.client_id = d.client_id
  WHERE d.at <= %(now)s AND (s.ended_at IS NULL OR s.ended_at > %(now)s)
    AND [[d.at]] >= [[s.admitted_at]] - 7
  GROUP BY d.client_id
)
SELECT client_id, values[cardinality(values)] > values[1],
  'from ' || values[1] || ' to ' || values[cardinality(values)],
  values[cardinality(values)] - values[1] AS value,
  CASE WHEN cardinality(values) < 2 THEN 'asked once' END AS left_out
FROM asked ORDER BY client_id
"""
_REASONS = """
WITH said AS (
  SELECT r.client_id, r.id, r.said_at, lower(regexp_replace(trim(r.words), '\\s+', ' ', 'g')) AS words
  FROM assessment_reason r JOIN placement_stay s ON s.client_id = r.client_id
  WHERE r.said_at <= %(now)s AND (r.ended_at IS NULL OR r.ended_at > %(now)s)
    AND s.admitted_at <= %(now)s AND (s.ended_at IS NULL OR s.ended_at > %(now)s)
)
"""
_SAME = """
SELECT a.client_id, EXISTS (SELECT FROM said b WHERE b.words = a.words AND b.client_id <> a.client_id),
  'said ' || [[a.said_at]] FROM said a ORDER BY a.said_at, a.id
"""
_WORDS = """
SELECT a.client_id, true, 'said ' || [[a.said_at]],
  cardinality(string_to_array(a.words, ' ')) AS value FROM said a ORDER BY a.said_at, a.id
"""

P03 = Kept(
    id="P03",
    title="It builds on the client's own motivation",
    text="Reasons in the client's own words and readiness over time are carried into the plan.",
    upheld_by=("care.assessment.commands_person.state_reason", "care.planning.commands.write_plan"),
    measures=(
        Measure(
            id="P03",
            question="Do we know why each client wants this, and how ready they are?",
            case="a client in care for 7 days or longer",
            counts="reasons in own words, and readiness asked in the last 30 days",
            target=0.9,
            source="own",
            remedy="Ask for reasons and readiness",
            gaming="one stock phrase",
            companion="identical texts; words per reason",
            is_state=True,
            version=2,
            read=cases(_IN_CARE),
        ),
        Measure(
            id="P03-plans", question="Does each plan stand on a reason of the client's own?",
            case="a plan in force of a client in care", counts="it cites a reason in own words",
            target=0.9, source="own", remedy="Plan: own reasons", gaming="one stock phrase",
            companion="identical texts; words per reason", is_state=True, read=cases(IN_FORCE, _CITES),
        ),
        Measure(
            id="P03-change", question="How has readiness changed since admission?",
            case="a client in care who was asked at least twice", counts="higher than at first",
            excludes="asked once", unit="points", how=How.MEDIAN, is_state=True,
            read=cases(_CHANGE),
        ),
    ),
    companions=(
        Measure(
            id="P03-same", question="How many reasons are word for word another client's?",
            case="a reason of a client in care", counts="another client's reason has the same words",
            higher_is_better=False, is_state=True, read=cases(_REASONS, _SAME),
        ),
        Measure(
            id="P03-words", question="How many words does a reason have?",
            case="a reason of a client in care", counts="every reason", unit="words",
            how=How.MEDIAN, is_state=True, read=cases(_REASONS, _WORDS),
        ),
    ),
)
