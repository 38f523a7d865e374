"""Levels of care are data."""

from daybridge.quality.measure import Kept, Measure
from daybridge.quality.parts import DAYS
from daybridge.quality.reading import cases

_SQL = """, checked AS (
  SELECT d.client_id, d.day, (
    SELECT count(*) FILTER (WHERE l.level = ANY(%(levels)s)) = 1 AND count(*) = 1
    FROM placement_levelperiod l
    WHERE l.stay_id = d.id AND l.from_at < (d.day + 1)::timestamp AT TIME ZONE %(zone)s
      AND (l.until_at IS NULL OR l.until_at >= (d.day + 1)::timestamp AT TIME ZONE %(zone)s)) AS one
  FROM days d
)
SELECT client_id, one,
  CASE WHEN one THEN count(*) || ' days' ELSE count(*) || ' days without, the first ' || min(day) END,
  count(*) AS units
FROM checked GROUP BY client_id, one ORDER BY client_id
"""

L1 = Kept(
    id="L1",
    title="Levels of care are data",
    text="Each day in care has exactly one level, with its standard.",
    upheld_by=("care.placement.commands.change_level",),
    measures=(
        Measure(
            id="L1",
            question="Had each stay exactly one level with a standard, every day?",
            case="a client-day in a stay; an imported stay begins with the first in charge here",
            counts="exactly one level of care in force at the day's end, and a standard for it",
            target=1.0,
            source="mission",
            remedy="Set the level with its effective date",
            zero_tolerance=True,
            version=2,
            read=cases(DAYS, _SQL),
        ),
    ),
)
