"""It fits the person."""

from daybridge.quality.alike import alike
from daybridge.quality.measure import Kept, Measure
from daybridge.quality.parts import IN_FORCE
from daybridge.quality.parts_instruments import REASSESSED
from daybridge.quality.reading import cases

# A need found by the seventh day counts as found at admission: then the full plan is due.
_SERVED = """
WITH found AS (
  SELECT n.id, n.client_id, n.domain, s.imported,
    greatest([[n.found_at]], [[s.admitted_at]]) AS day
  FROM assessment_need n JOIN LATERAL (
    SELECT x.admitted_at, x.imported FROM placement_stay x WHERE x.client_id = n.client_id
      AND [[n.found_at]] <= [[x.admitted_at]] + 7 AND (x.ended_at IS NULL OR x.ended_at > n.found_at)
    ORDER BY x.admitted_at LIMIT 1) AS s ON true
), known AS (
  SELECT f.*,
    EXISTS (SELECT FROM planning_problem b JOIN planning_plan p ON p.id = b.plan_id
      WHERE b.need_id = f.id AND [[p.signed_at]] <= f.day + 30) AS planned,
    EXISTS (SELECT FROM planning_problem b JOIN planning_plan p ON p.id = b.plan_id
      JOIN planning_objective o ON o.problem_id = b.id
      JOIN schedule_objectiveseries l ON l.client_id = f.client_id AND l.key = o.key
      JOIN schedule_occurrence c ON c.series_id = l.series_id AND c.day >= l.from_day
        AND (l.until_day IS NULL OR c.day <= l.until_day)
      JOIN hours_attendance a ON a.occurrence_id = c.id AND a.client_id = f.client_id
      WHERE b.need_id = f.id AND p.signed_at IS NOT NULL AND a.clinical_minutes > 0
        AND a.day BETWEEN f.day AND f.day + 30) AS served
  FROM found f WHERE f.day + 30 BETWEEN %(first)s AND %(last)s
)
SELECT client_id, planned AND served,
  domain || CASE WHEN NOT planned THEN ': not in the plan' WHEN NOT served THEN ': in the plan, no session'
    ELSE ': in the plan and served' END,
  CASE WHEN imported THEN 'imported' END AS left_out
FROM known ORDER BY day, id
"""
_OWN = """
SELECT f.client_id, EXISTS (SELECT FROM planning_objective o WHERE o.plan_id = f.id
    AND lower(o.words) <> lower(o.library_words)), 'plan ' || f.number
FROM in_force f ORDER BY f.client_id
"""
_TEXTS = """
SELECT f.client_id, true, string_agg(o.words, ' ' ORDER BY o.words)
FROM in_force f JOIN planning_objective o ON o.plan_id = f.id
GROUP BY f.client_id ORDER BY f.client_id
"""

P06 = Kept(
    id="P06",
    title="It fits the person",
    text="Needs found lead to a plan and to services delivered, in the client's language.",
    upheld_by=("care.planning.commands.write_plan", "care.schedule.commands_objectives.work_on"),
    measures=(
        Measure(
            id="P06",
            question="Did each need found lead to a service?",
            case="a need found by the seventh day after admission",
            counts="in a plan that both signed, and a session of a group tied to its steps within 30 days",
            excludes="imported stays",
            target=0.8,
            source="own",
            remedy="Plan; groups that work on it",
            gaming="a group tied to every step",
            companion="plans written for this client (P06b)",
            version=2,
            read=cases(_SERVED),
        ),
        Measure(
            id="P06b", question="Is something in each plan written for this client?",
            case="a plan in force of a client in care",
            counts="an objective changed from the library text, or written for this client",
            target=0.8, source="own", remedy="Plan", gaming="trivial edits",
            companion="likeness of objectives between clients", is_state=True, version=2,
            read=cases(IN_FORCE, _OWN),
        ),
        Measure(
            id="P06-again", question="Are needs looked at again on time?",
            case="a reassessment that is due", counts="done by its date", target=0.9, source="own",
            remedy="Forms", read=cases(REASSESSED),
        ),
        Measure(
            id="P06-language", question="Do clients have sessions and forms in their language?",
            case="a session or form of a client in care", counts="in a language the client feels at home in",
            target=0.95, source="own",
            missing="In which language a session was held, beside the language of its group",
        ),
    ),
    companions=(
        Measure(
            id="P06b-alike", question="How many plans read like another client's?",
            case="a plan in force of a client in care",
            counts="its objectives are at least 90 % like those of another client",
            higher_is_better=False, is_state=True, read=alike(IN_FORCE, _TEXTS),
        ),
    ),
)
