"""A formal treatment plan."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.parts import DAYS
from daybridge.quality.reading import cases

_SIGNED = """
SELECT s.client_id, EXISTS (SELECT FROM planning_plan p WHERE p.stay_id = s.id {}
    AND [[p.signed_at]] <= [[s.admitted_at]] + 7), 'admitted ' || [[s.admitted_at]],
  CASE WHEN s.imported THEN 'imported' END AS left_out
FROM placement_stay s WHERE [[s.admitted_at]] + 7 BETWEEN %(first)s AND %(last)s
ORDER BY s.admitted_at
"""
_SQL = _SIGNED.replace("{}", "")
_FULL = _SIGNED.replace("{}", "AND p.kind <> 'initial'")
_PAST = """, checked AS (
  SELECT d.client_id, d.day, d.day > coalesce(
      (SELECT max([[p.signed_at]]) FROM planning_plan p
       WHERE p.stay_id = d.id AND [[p.signed_at]] <= d.day) + %(plan_review_days)s,
      d.begins + 7) AS past
  FROM days d
)
SELECT client_id, past,
  CASE WHEN past THEN count(*) || ' days past review, the first ' || min(day) ELSE count(*) || ' days' END,
  count(*) AS units
FROM checked GROUP BY client_id, past ORDER BY client_id
"""

S3 = Kept(
    id="S3",
    title="A formal treatment plan",
    text="Signed by client and clinician soon after admission, and kept up.",
    upheld_by=("care.planning.commands_sign.sign_as_client",),
    measures=(
        Measure(
            id="S3",
            question="Was the plan signed by both within 7 days?",
            case="an admission of at least 7 days ago",
            counts="a plan signed by client and clinician",
            excludes="imported stays",
            target=0.95,
            source="own; states 7-30 days",
            remedy="Plans due",
            gaming="template plans; the short first plan alone",
            companion="plans changed for this client (P06b); the full plan",
            version=2,
            read=cases(_SQL),
        ),
        Measure(
            id="S3-past", question="On how many days was a plan past its review date?",
            case="a client-day in a stay",
            counts="the plan in force was past its review date, or none was signed after 7 days",
            target=0.05, source="own", remedy="Plans due", higher_is_better=False, read=cases(DAYS, _PAST),
        ),
    ),
    companions=(
        Measure(
            id="S3-full", question="Was it more than the short plan of the first day?",
            case="an admission of at least 7 days ago",
            counts="the full plan, or a later one, signed by both within 7 days",
            excludes="imported stays", read=cases(_FULL),
        ),
    ),
)
