"""Minutes that really passed, and weeks of a place.

Contact hours are counted in elapsed UTC minutes: a session across a clock change lasts as
long as it lasts. Days and weeks are the site's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Interval = tuple[datetime, datetime]
MINUTES_AN_HOUR = 60
SECONDS_A_MINUTE = 60
DAYS_A_WEEK = 7
_TENTHS = 10


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """Hours to show, in tenths: nine and a half hours are 95 tenths and read 9.5."""

    tenths: int

    def __str__(self) -> str:
        sign, tenths = "-" if self.tenths < 0 else "", abs(self.tenths)
        return f"{sign}{tenths // _TENTHS}.{tenths % _TENTHS}"


@dataclass(frozen=True, slots=True, order=True)
class Minutes:
    """Whole minutes, kept exact; only showing rounds."""

    count: int

    def __add__(self, other: "Minutes") -> "Minutes":
        return Minutes(self.count + other.count)

    def __sub__(self, other: "Minutes") -> "Minutes":
        return Minutes(self.count - other.count)

    @property
    def hours(self) -> Hours:
        """Return hours rounded down: 8 h 59 never reads 9.0 while nine are not reached."""
        return Hours(self.count * _TENTHS // MINUTES_AN_HOUR)

    @property
    def hours_up(self) -> Hours:
        """Return hours rounded up, for what is missing: one missing minute reads 0.1."""
        return Hours(-(-self.count * _TENTHS // MINUTES_AN_HOUR))


def elapsed(start: datetime, end: datetime) -> int:
    """Return the whole minutes between two aware moments (0 when they are the wrong way)."""
    return elapsed_seconds(start, end) // SECONDS_A_MINUTE


def elapsed_minutes(start_utc: datetime, end_utc: datetime) -> Minutes:
    """Return the whole minutes that really passed, also in a night of a clock change."""
    return Minutes(elapsed(start_utc, end_utc))


def elapsed_seconds(start: datetime, end: datetime) -> int:
    """Return the whole seconds between two aware moments (0 when they are the wrong way)."""
    return max(0, int((_utc(end) - _utc(start)).total_seconds()))


def total(intervals: Iterable[Interval]) -> int:
    """Return the whole minutes of all intervals together, overlaps counted once."""
    seconds = sum(elapsed_seconds(start, end) for start, end in merge(intervals))
    return seconds // SECONDS_A_MINUTE


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the intervals in order and in UTC, overlapping ones made one; empty ones go.

    In UTC, because local times of the hour that comes twice would compare by the clock face.
    """
    merged: list[Interval] = []
    for start, end in sorted((_utc(start), _utc(end)) for start, end in intervals):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def clip(interval: Interval, bounds: Interval) -> Interval:
    """Return the part of an interval inside the bounds, in UTC (may be empty)."""
    return max(_utc(interval[0]), _utc(bounds[0])), min(_utc(interval[1]), _utc(bounds[1]))


def common(one: Iterable[Interval], other: Iterable[Interval]) -> list[Interval]:
    """Return what lies in both sets of intervals."""
    others = merge(other)
    return merge(clip(first, second) for first in merge(one) for second in others)


def week_of(day: date, *, starts_on: int = 0) -> date:
    """Return the first day of the week that holds a day; starts_on: 0 is Monday."""
    return day - timedelta(days=(day.weekday() - starts_on) % DAYS_A_WEEK)


def local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return a local wall-clock time of a day as a moment in UTC."""
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def day_bounds(first: date, days: int, zone: ZoneInfo) -> Interval:
    """Return the moments between which so many local days lie (end excluded)."""
    return local(first, time(), zone), local(first + timedelta(days=days), time(), zone)


def week_bounds(day: date, zone: ZoneInfo, *, starts_on: int = 0) -> Interval:
    """Return the moments in UTC between which the local week of a day lies (end excluded).

    A week with a clock change has 167 or 169 hours.
    """
    return day_bounds(week_of(day, starts_on=starts_on), DAYS_A_WEEK, zone)


def hours(minutes: float) -> float:
    """Return hours, with one decimal."""
    return round(minutes / MINUTES_AN_HOUR, 1)


def _utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("A moment needs its time zone.")
    return moment.astimezone(UTC)


def of_day(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """Return when a session begins and ends, in minutes of the local day; the end may pass midnight."""
    begins = starts_at.astimezone(zone)
    first = begins.hour * 60 + begins.minute
    return first, first + round((ends_at - starts_at).total_seconds() / 60)
