"""Twelve months of a measure: as frozen, as the records say now, and drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.schedule.queries import zone
from daybridge.quality.estimate import Estimate, estimate
from daybridge.quality.figures import shown
from daybridge.quality.measure import Kept, Measure
from daybridge.quality.models import FrozenValue
from daybridge.quality.windows import month_of, months_over

WIDTH, HEIGHT, EDGE = 88, 24, 3  # of the drawing, in its own units
SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Point:
    """One month: its value, what it was when it was frozen, and whether both differ."""

    month: date
    value: float | None
    words: str
    frozen: str
    version: int | None
    is_restated: bool
    is_new_version: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sparkline: its path, the last point and the target's height."""

    path: str
    x: float
    y: float
    target: float | None


def of_month(viewer: Actor, one: Measure, month: date, here: ZoneInfo) -> Estimate:
    """Compute a measure of a month from the records as they stand now."""
    return estimate(one, one.read(viewer, month_of(one, month, here)) if one.read else None)


@query(Can.SEE_QUALITY)
def months(viewer: Actor, /, *, kept: Kept, one: Measure, now: datetime, outside: bool) -> list[Point]:
    """Return the twelve months that are over, oldest first; a corrected one says both values."""
    if one.read is None or one.is_state:
        return []
    here = zone(viewer)
    known = {row.month: row for row in FrozenValue.objects.filter(measure=one.id)}
    points, version = [], None
    for month in months_over(now, here):
        reading = one.read(viewer, month_of(one, month, here))
        figure, row = shown(kept, one, reading, outside=outside), known.get(month)
        hidden = outside and not figure.of
        value = None if hidden else figure.estimate.value
        points.append(Point(
            month, value, figure.now if value is not None or hidden else "",
            "" if row is None or row.value is None or hidden else one.words(round(row.value, 3)),
            row.version if row else None,
            row is not None and row.version == one.version and _differ(row.value, figure.estimate.value),
            row is not None and version not in {None, row.version},
        ))
        version = row.version if row else version
    return points


@query(Can.SEE_QUALITY)
def frozen_values(viewer: Actor, /, *, now: datetime) -> dict[str, list[float | None]]:
    """Return the frozen values of the last twelve months by measure, in one query."""
    wanted = months_over(now, zone(viewer))
    found: dict[str, list[float | None]] = {}
    for row in FrozenValue.objects.filter(month__in=wanted):
        found.setdefault(row.measure, [None] * len(wanted))[wanted.index(row.month)] = row.value
    return found


def _differ(frozen: float | None, now: float | None) -> bool:
    if frozen is None or now is None:
        return frozen is not now
    return abs(frozen - now) > SAME


def drawing(one: Measure, values: Sequence[float | None]) -> Drawing | None:
    """Draw the months that have a value; a gap stays a gap. Nothing below two values."""
    known = [value for value in values if value is not None and value != float("inf")]
    if len(known) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    top = 1.0 if one.unit == "%" else max(*known, one.target or 0.0, 1.0)

    def height(value: float) -> float:
        return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * min(value / top, 1.0), 1)

    step, path, pen = (WIDTH - 2 * EDGE) / (len(values) - 1), "", "M"
    x = y = 0.0
    for place, value in enumerate(values):
        if value is None or value == float("inf"):
            pen = "M"
            continue
        x, y = round(EDGE + place * step, 1), height(value)
        path += f"{pen}{x} {y}"
        pen = "L"
    return Drawing(path, x, y, None if one.target is None else height(one.target))
