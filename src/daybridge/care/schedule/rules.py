"""Groups as endless weekly series: when they meet, who may join, what collides."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from daybridge.kernel.minutes import Interval, local

ROLLING_WEEKS = 12


class Service(StrEnum):
    """What a session is; `hours.rules` says which of them count."""

    GROUP = "group"
    EDUCATION = "education"
    INDIVIDUAL = "individual"
    FAMILY = "family"
    FAMILY_WITHOUT_CLIENT = "family_without_client"
    PEER = "peer"
    MEDICAL = "medical"
    COLLECTION = "collection"
    RECREATION = "recreation"


@dataclass(frozen=True, slots=True)
class Weekly:
    """A weekly time: weekday (0 = Monday), local start, minutes, first and last day."""

    weekday: int
    starts: time
    minutes: int
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """What a group asks of its members."""

    capacity: int
    levels: frozenset[str]
    language: str
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What matters of a client who wants to join."""

    level: str
    languages: frozenset[str]
    gender: str = ""
    is_adult: bool = True


def days(weekly: Weekly, first: date, last: date, closed: Collection[date] = ()) -> Iterator[date]:
    """Yield the days between two days (both included) on which the group meets."""
    day = max(first, weekly.first)
    day += timedelta(days=(weekly.weekday - day.weekday()) % 7)
    end = last if weekly.last is None else min(last, weekly.last)
    while day <= end:
        if day not in closed:
            yield day
        day += timedelta(days=7)


def occurrence(weekly: Weekly, day: date, zone: ZoneInfo) -> Interval:
    """Return start and end of one meeting in UTC: 10:30 stays 10:30 across clock changes."""
    start = local(day, weekly.starts, zone)
    return start, start + timedelta(minutes=weekly.minutes)


def is_member(from_day: date, until_day: date | None, day: date) -> bool:
    """Tell whether a membership holds on a day; the last day is included."""
    return from_day <= day and (until_day is None or day <= until_day)


def why_not_join(group: Group, newcomer: Newcomer, *, members: int, meets_no_contact: bool) -> list[str]:
    """Return the reasons against joining, in words; empty when nothing speaks against it.

    A no-contact pair is kept silently: the reason never says with whom.
    """
    reasons = []
    if members >= group.capacity:
        reasons.append(f"The group is full ({group.capacity}).")
    if group.levels and newcomer.level not in group.levels:
        reasons.append("The group is for another level of care.")
    if group.language not in newcomer.languages:
        reasons.append("The group is held in another language.")
    if group.gender and newcomer.gender.casefold() != group.gender.casefold():
        reasons.append("The group is gender-specific.")
    if not newcomer.is_adult:
        reasons.append("The group is for adults.")
    if meets_no_contact:
        reasons.append("This group does not fit. Choose another one.")
    return reasons


def collide(one: Weekly, other: Weekly) -> bool:
    """Tell whether two weekly times ever overlap on the wall clock (weekday and dates)."""
    if one.weekday != other.weekday:
        return False
    if one.last is not None and one.last < other.first:
        return False
    if other.last is not None and other.last < one.first:
        return False
    start, begin = _minute(one.starts), _minute(other.starts)
    return start < begin + other.minutes and begin < start + one.minutes


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def overlap(one: Interval, other: Interval) -> bool:
    """Tell whether two intervals share a moment (touching ends don't)."""
    return one[0] < other[1] and other[0] < one[1]


def horizon(now: datetime, zone: ZoneInfo) -> date:
    """Return the last day for which occurrences are made: a rolling 12 weeks."""
    return now.astimezone(zone).date() + timedelta(weeks=ROLLING_WEEKS)
