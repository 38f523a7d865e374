"""When somebody can come or work: weekly windows on the site's wall clock, and days away (L2).

Nothing given means nobody has asked: unknown, never "always free".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_MINUTES = 24 * 60
A_DAY = 2  # windows at most
LONGEST_AWAY_DAYS = 366


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A time of the week: weekday (0 = Monday), minutes of the day, the last one excluded."""

    weekday: int
    from_minute: int
    until_minute: int


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which somebody can't, both included."""

    first_day: date
    last_day: date

    def holds(self, day: date) -> bool:
        """Tell whether a day is one of them."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True, order=True)
class OneDay:
    """Other times on one day: they stand for that weekday's. Minutes of the day, the last one excluded."""

    day: date
    from_minute: int
    until_minute: int


def problems(windows: Iterable[Window]) -> dict[int, str]:
    """Return what is wrong with each weekday's windows; nothing when they can be kept."""
    found: dict[int, str] = {}
    by_day: dict[int, list[Window]] = {}
    for one in windows:
        by_day.setdefault(one.weekday, []).append(one)
    for day, rows in by_day.items():
        rows.sort()
        if any(one.until_minute <= one.from_minute or one.until_minute > DAY_MINUTES or one.from_minute < 0
               for one in rows):
            found[day] = "ends_first"
        elif any(one.until_minute > other.from_minute for one, other in pairwise(rows)):
            found[day] = "overlap"
        elif len(rows) > A_DAY:
            found[day] = "too_many"
    return found


def joined(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Return windows in order, those that touch as one."""
    found: list[Window] = []
    for one in sorted(windows):
        last = found[-1] if found else None
        if last and last.weekday == one.weekday and last.until_minute >= one.from_minute:
            found[-1] = Window(one.weekday, last.from_minute, max(last.until_minute, one.until_minute))
        else:
            found.append(one)
    return tuple(found)


def is_inside(
    windows: Sequence[Window] | None, away: Sequence[Away], day: date, from_minute: int, until_minute: int,
    others: Sequence[OneDay] = (),
) -> bool | None:
    """Tell whether a session lies in the times given; None when nobody has asked.

    `others` are days with times of their own: on such a day the weekly ones don't hold.
    """
    if any(one.holds(day) for one in away):
        return False
    special = [Window(day.weekday(), one.from_minute, one.until_minute) for one in others if one.day == day]
    if windows is None and not special:
        return None
    return any(one.weekday == day.weekday() and one.from_minute <= from_minute
               and until_minute <= one.until_minute for one in joined(special or windows or ()))


def by_day(windows: Iterable[Window]) -> Mapping[int, list[Window]]:
    """Return the windows of each weekday, in order."""
    found: dict[int, list[Window]] = {day: [] for day in range(7)}
    for one in sorted(windows):
        found[one.weekday].append(one)
    return found
