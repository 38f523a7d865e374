"""Six hours a day is another level."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
SELECT a.client_id, sum(a.clinical_minutes) < 360, a.day::text FROM hours_attendance a
JOIN placement_stay s ON s.client_id = a.client_id AND a.day >= s.admitted_at::date
JOIN placement_levelperiod l ON l.stay_id = s.id AND l.level = 'iop' AND l.until_at IS NULL
WHERE a.day BETWEEN %(first)s AND %(last)s GROUP BY a.client_id, a.day
HAVING sum(a.clinical_minutes) > 0
"""

L3 = Kept(
    id="L3",
    title="Six hours a day is another level",
    text="Planned days that fit another level are flagged beforehand.",
    upheld_by=("care.hours.board.long_days",),
    measures=(
        Measure(
            id="L3",
            question="Did an IOP day stay under six hours?",
            case="a day of an IOP client with contact hours",
            counts="under six hours",
            excludes="",
            target=0.95,
            source="own",
            remedy="Level review",
            gaming="stopping at 5 h 59",
            companion="days between 5.5 and 6 h",
            zero_tolerance=False,
            read=cases(_SQL),
        ),
    ),
)
