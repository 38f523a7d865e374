"""Ninety days or longer."""

from daybridge.quality.measure import How, Kept, Measure
from daybridge.quality.parts import staying
from daybridge.quality.reading import cases

DAY = 90
_ENDS = """
SELECT s.client_id, s.end_reason <> '' AND s.client_view <> '' AND s.way_back <> ''
    AND lower(s.end_reason) NOT IN ('calendar', 'time is up')
    AND (s.end_reason <> 'other' OR s.end_words <> ''), s.end_reason
FROM placement_stay s
WHERE [[s.ended_at]] BETWEEN %(first)s AND %(last)s
  AND [[s.ended_at]] - [[s.admitted_at]] < %(stay_days)s ORDER BY s.ended_at
"""
_OTHER = """
SELECT s.client_id, s.end_reason = 'other', s.end_words FROM placement_stay s
WHERE [[s.ended_at]] BETWEEN %(first)s AND %(last)s
  AND [[s.ended_at]] - [[s.admitted_at]] < %(stay_days)s ORDER BY s.ended_at
"""
_SILENT = """
SELECT s.client_id, [[%(now)s]] - seen.day >= %(silent_days)s, 'last seen ' || seen.day
FROM placement_stay s CROSS JOIN LATERAL (
  SELECT greatest([[s.admitted_at]], max(a.day)) AS day FROM hours_attendance a
  WHERE a.client_id = s.client_id AND a.kind LIKE 'attended%%') AS seen
WHERE s.ended_at IS NULL ORDER BY seen.day
"""


def _ended(end: str, slug: str) -> Measure:
    return Measure(
        id=f"L5-{slug}", question=f"By day {DAY}: {end}",
        case="an admission of the last 180 days; other ends compete", counts=f"ended: {end}",
        excludes="imported stays", how=How.HAPPENED, day=DAY, end=end, days=180,
        higher_is_better=False, read=cases(staying(DAY)),
    )


L5 = Kept(
    id="L5",
    title="Ninety days or longer",
    text="Shorter stays happen and have a recorded reason; nothing ends by the calendar.",
    upheld_by=("care.placement.commands.end_stay",),
    measures=(
        Measure(
            id="L5",
            question="How many are still in treatment at day 90?",
            case="an admission of the last 180 days; another level of this programme is staying; a stay "
                 "that has not ended is censored, not dropped",
            counts="in treatment on day 90; 14 silent days end it at the last presence, put back when "
                   "they return",
            excludes="imported stays: those who left before the import are not on record",
            target=0.6,
            source="own; 90 days is the threshold in NIDA's principles",
            remedy="Survival curve, reasons",
            gaming="keeping absent people open",
            companion="the stay ends, for the measure, at the last presence; clients open and silent",
            how=How.STILL_THERE, day=DAY, days=180, version=2,
            read=cases(staying(DAY)),
        ),
        Measure(
            id="L5b",
            question="Does every early end have a reason, a view and a way back?",
            case="a stay that ended before day 90",
            counts="reason (never the calendar), client's view and way back recorded",
            target=1.0, source="mission", remedy="Complete the end", gaming="“other” as reason",
            companion="share of “other”", zero_tolerance=True, read=cases(_ENDS),
        ),
        _ended("left early", "left"),
        _ended("completed as planned", "completed"),
        _ended("died", "died"),
        _ended("jailed", "jailed"),
        Measure(
            id="L5-transferred", question="By day 90: transferred with confirmed hand-over",
            case="an admission", counts="the receiver confirmed; until then a move is left early",
            missing="Hand-overs confirmed by the receiver",
        ),
    ),
    companions=(
        Measure(
            id="L5-other", question="How many early ends have “other” as reason?",
            case="a stay that ended before day 90", counts="reason “other”", target=0.1, source="own",
            higher_is_better=False, read=cases(_OTHER),
        ),
        Measure(
            id="L5-silent", question="Who is open and silent?", case="an open stay",
            counts="14 days or longer without a presence", higher_is_better=False, is_state=True,
            read=cases(_SILENT),
        ),
    ),
)
