"""Who falls short is seen in time."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.parts import WEEKS
from daybridge.quality.reading import cases

_SQL = """, short AS (
  SELECT w.client_id, w.monday, w.given >= w.due * w.enrolled / 7 AS recovered, f.flagged_at,
    f.offered_at, f.taken_at
  FROM weeks w LEFT JOIN hours_shortweek f ON f.client_id = w.client_id AND f.week = w.monday
  WHERE f.id IS NOT NULL OR w.given < w.due * w.enrolled / 7
)
"""
_OFFERED = """
SELECT client_id, coalesce([[flagged_at]] <= monday + 6 AND [[offered_at]] <= monday + 6, false),
  CASE WHEN flagged_at IS NULL THEN 'never flagged' WHEN offered_at IS NULL THEN 'nothing offered'
       ELSE '' END || ' week of ' || monday
FROM short ORDER BY monday, client_id
"""
_TAKEN = """
SELECT client_id, taken_at IS NOT NULL, 'week of ' || monday
FROM short WHERE offered_at IS NOT NULL ORDER BY monday, client_id
"""
_RECOVERED = """
SELECT client_id, recovered, 'week of ' || monday
FROM short WHERE flagged_at IS NOT NULL ORDER BY monday, client_id
"""

L4 = Kept(
    id="L4",
    title="Who falls short is seen in time",
    text="A make-up that fits is offered while the hours can still be reached.",
    upheld_by=("care.hours.commands.book_makeup",),
    measures=(
        Measure(
            id="L4",
            question="Was a make-up offered while the week could still be saved?",
            case="a client-week that was flagged as short, or ended short",
            counts="flagged, and a make-up that fits was offered, within the week",
            target=0.95,
            source="own",
            remedy="Hours board",
            gaming="offering impossible slots",
            companion="share of offers taken; short weeks recovered / flagged",
            version=2,
            read=cases(WEEKS, _SQL, _OFFERED),
        ),
    ),
    companions=(
        Measure(
            id="L4-taken", question="How many offers were taken?", case="a week with an offer",
            counts="a make-up was booked", read=cases(WEEKS, _SQL, _TAKEN),
        ),
        Measure(
            id="L4-recovered", question="How many flagged weeks were recovered?",
            case="a week flagged as short", counts="the hours were reached in the end",
            target=0.5, source="own", read=cases(WEEKS, _SQL, _RECOVERED),
        ),
    ),
)
