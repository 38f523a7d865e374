"""From a day or moment until another: the first belongs to it, the last does not."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

Point = TypeVar("Point", date, datetime)


@dataclass(frozen=True, slots=True)
class Period(Generic[Point]):
    """Days or aware moments from `start` until before `end`; no end is for ever.

    Moments are compared as what they are in UTC, also in the hour that comes twice.
    """

    start: Point
    end: Point | None = None

    def __post_init__(self) -> None:
        """Refuse days mixed with moments, moments without a zone, and an end too early."""
        points: list[date] = [self.start] if self.end is None else [self.start, self.end]
        if len({isinstance(point, datetime) for point in points}) > 1:
            raise ValueError("A period has two days or two moments, not one of each.")
        for point in points:
            if isinstance(point, datetime) and point.utcoffset() is None:
                raise ValueError("A moment needs its time zone.")
        if self.end is not None and _key(self.end) < _key(self.start):
            raise ValueError("A period does not end before it starts.")

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing lies in it."""
        return self.end is not None and _key(self.end) == _key(self.start)

    def contains(self, point: Point) -> bool:
        """Tell whether a day or moment lies in it; its end does not."""
        return _key(self.start) <= _key(point) and (
            self.end is None or _key(point) < _key(self.end)
        )

    def clip(self, bounds: "Period[Point]") -> "Period[Point] | None":
        """Return the part inside the bounds, or None if there is none."""
        start = max(self.start, bounds.start, key=_key)
        ends = [end for end in (self.end, bounds.end) if end is not None]
        end = min(ends, key=_key) if ends else None
        if end is not None and _key(end) <= _key(start):
            return None
        return Period(start, end)

    def overlaps(self, other: "Period[Point]") -> bool:
        """Tell whether both share a day or moment; touching ends don't."""
        return self.clip(other) is not None


def _key(point: date) -> tuple[float, int]:
    """Return what orders days among days and moments among moments."""
    if isinstance(point, datetime):
        return point.timestamp() // 1, point.microsecond
    return point.toordinal(), 0
