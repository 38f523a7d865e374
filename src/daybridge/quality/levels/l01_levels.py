"""Levels of care are data."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.reading import cases

_SQL = """
SELECT s.client_id, (SELECT count(*) FROM placement_levelperiod l
                     WHERE l.stay_id = s.id AND l.until_at IS NULL) = 1, ''
FROM placement_stay s WHERE s.ended_at IS NULL
"""

L1 = Kept(
    id="L1",
    title="Levels of care are data",
    text="Each day in care has exactly one level, with its standard.",
    upheld_by=("care.placement.commands.change_level",),
    measures=(
        Measure(
            id="L1",
            question="Has each stay exactly one level today?",
            case="an open stay",
            counts="one level of care in force",
            excludes="",
            target=1.0,
            source="mission",
            remedy="Set the level",
            gaming="",
            companion="",
            zero_tolerance=True,
            read=cases(_SQL),
        ),
    ),
)
