"""Nine contact hours a week."""

from daybridge.quality.measure import How, Kept, Measure
from daybridge.quality.parts import WEEKS
from daybridge.quality.reading import cases

_SQL = """
SELECT client_id, given >= due,
  round(given / 60.0, 1) || ' of ' || round(due / 60.0, 1) || ' h, week of ' || monday,
  given AS value, due AS due,
  CASE WHEN NOT iop THEN 'another level, week of ' || monday
       WHEN NOT whole THEN 'partial week of ' || monday END AS left_out
FROM weeks ORDER BY monday, client_id
"""
_PARTIAL = """
SELECT client_id, given >= due * enrolled / 7,
  round(given / 60.0, 1) || ' of ' || round(due * enrolled / 7 / 60.0, 1) || ' h, week of ' || monday
FROM weeks WHERE iop AND NOT whole ORDER BY monday, client_id
"""
_LOWERED = """
SELECT client_id, due < 60 * %(iop_week_hours)s, round(due / 60.0, 1) || ' h, week of ' || monday
FROM weeks WHERE iop AND whole ORDER BY monday, client_id
"""
_ALIKE = """
SELECT 0, count(DISTINCT a.clinical_minutes) = 1, 'session of ' || min(a.day)
FROM hours_attendance a WHERE a.kind LIKE 'attended%%' AND a.day BETWEEN %(first)s AND %(last)s
GROUP BY a.occurrence_id HAVING count(*) > 1 ORDER BY min(a.day)
"""

L2 = Kept(
    id="L2",
    title="Nine contact hours a week",
    text="The standard in force is reached, week by week.",
    upheld_by=("care.hours.commands.take_attendance",),
    measures=(
        Measure(
            id="L2",
            question="Were the hours of the standard delivered in each full week?",
            case="a full IOP week of a client (Monday to Sunday in care); illness and closure are in",
            counts="delivered contact hours reach the standard in force (9 when none is prescribed)",
            excludes="partial weeks (shown apart), weeks at another level",
            target=0.65,
            source="own: with 85 % attendance 61 % attend all three",
            remedy="Hours board",
            gaming="prescribing fewer hours; padding minutes",
            companion="weeks on a lowered standard; sessions in which all have the same minutes",
            version=2,
            read=cases(WEEKS, _SQL),
        ),
        Measure(
            id="L2b", question="How much of the prescribed hours was delivered?",
            case="a full IOP week of a client", counts="sum of delivered / sum of prescribed hours",
            excludes="partial weeks, weeks at another level", target=0.85, source="own",
            remedy="Hours board", how=How.RATIO, read=cases(WEEKS, _SQL),
        ),
        Measure(
            id="L2-partial", question="Were the hours delivered in partial weeks, pro rata?",
            case="a week in which an IOP stay began or ended",
            counts="delivered hours reach the standard for the days enrolled",
            read=cases(WEEKS, _PARTIAL),
        ),
    ),
    companions=(
        Measure(
            id="L2-lowered", question="How many weeks were on a lowered standard?",
            case="a full IOP week of a client", counts="fewer hours prescribed than IOP stands for",
            higher_is_better=False, read=cases(WEEKS, _LOWERED),
        ),
        Measure(
            id="L2-alike", question="In how many sessions have all the same minutes?",
            case="a session with two or more present", counts="identical minutes for everybody",
            target=0.9, source="own", higher_is_better=False, read=cases(_ALIKE),
        ),
    ),
)
