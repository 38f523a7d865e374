"""Minutes that really passed, and weeks of a place.

Contact hours are counted in elapsed UTC minutes: a session across a clock change lasts as
long as it lasts. Days and weeks are the site's own.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Interval = tuple[datetime, datetime]
MINUTES_AN_HOUR = 60
DAYS_A_WEEK = 7


def elapsed(start: datetime, end: datetime) -> int:
    """Return the whole minutes between two aware moments (0 when they are the wrong way)."""
    return max(0, int((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() // 60))


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the intervals in order, overlapping ones made one; empty ones go."""
    merged: list[Interval] = []
    for start, end in sorted((s, e) for s, e in intervals if e > s):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def clip(interval: Interval, bounds: Interval) -> Interval:
    """Return the part of an interval inside the bounds (may be empty)."""
    return max(interval[0], bounds[0]), min(interval[1], bounds[1])


def week_of(day: date, *, starts_on: int = 0) -> date:
    """Return the first day of the week that holds a day; starts_on: 0 is Monday."""
    return day - timedelta(days=(day.weekday() - starts_on) % DAYS_A_WEEK)


def local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return a local wall-clock time of a day as a moment in UTC."""
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def day_bounds(first: date, days: int, zone: ZoneInfo) -> Interval:
    """Return the moments between which so many local days lie (end excluded)."""
    return local(first, time(), zone), local(first + timedelta(days=days), time(), zone)


def hours(minutes: float) -> float:
    """Return hours, with one decimal."""
    return round(minutes / MINUTES_AN_HOUR, 1)
