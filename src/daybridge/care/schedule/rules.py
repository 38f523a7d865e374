"""Groups as endless weekly series: when they meet, who may join, what collides."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from daybridge.kernel.minutes import Interval, local

ROLLING_WEEKS = 12
_MINUTES_A_DAY = 24 * 60


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
    stages: frozenset[int] = frozenset()
    adults_only: bool = True
    dual_only: bool = False
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Joining:
    """What a group asks beyond level, language and gender, and where it meets by video."""

    stages: frozenset[int] = frozenset()
    dual_only: bool = False
    closed_after: date | None = None
    video_link: str = ""

    @property
    def stage_words(self) -> str:
        """Return the stages as a list to read."""
        return ", ".join(str(one) for one in sorted(self.stages))

    def is_closed(self, day: date) -> bool:
        """Tell whether nobody joins any more on a day."""
        return self.closed_after is not None and day > self.closed_after


NO_RULES = Joining()


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What matters of a client who wants to join."""

    level: str
    languages: frozenset[str]
    gender: str = ""
    is_adult: bool = True
    stage: int | None = None
    dual: bool | None = None  # None: not known, or not for the asker to know


def days(
    weekly: Weekly, first: date, last: date, closed: Collection[date] = ()
) -> Iterator[date]:
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


def occurrences(
    weekly: Weekly, first: date, last: date, zone: ZoneInfo, closed: Collection[date] = ()
) -> Iterator[tuple[date, Interval]]:
    """Yield each meeting between two days (both included): its local day, its UTC times."""
    for day in days(weekly, first, last, closed):
        yield day, occurrence(weekly, day, zone)


def why_not_join(
    group: Group, newcomer: Newcomer, *, members: int, meets_no_contact: bool
) -> list[str]:
    """Return the reasons against joining, in words; empty when nothing speaks against it.

    A no-contact pair is kept silently: it reads like a group that is full.
    """
    reasons = []
    if members >= group.capacity or meets_no_contact:
        reasons.append("There is no seat for this client in this group. Choose another one.")
    if group.levels and newcomer.level not in group.levels:
        reasons.append("The group is for another level of care.")
    reasons += _stands_in(group, newcomer)
    if group.language not in newcomer.languages:
        reasons.append("The group is held in another language.")
    if group.gender and newcomer.gender.casefold() != group.gender.casefold():
        reasons.append("The group is gender-specific.")
    if group.adults_only and not newcomer.is_adult:
        reasons.append("The group is for adults.")
    return reasons


def _stands_in(group: Group, newcomer: Newcomer) -> list[str]:
    """Return what stage, disorder and a closed group say; what isn't known is never a yes."""
    reasons = []
    if group.is_closed:
        reasons.append("The group is closed: nobody joins it any more.")
    if group.stages and newcomer.stage is None:
        reasons.append("The group is for some stages only, and no stage is decided for this client.")
    elif group.stages and newcomer.stage not in group.stages:
        reasons.append("The group is for another stage.")
    if group.dual_only and newcomer.dual is None:
        reasons.append("Places in this group are given by the client's team, from the evaluation.")
    elif group.dual_only and not newcomer.dual:
        reasons.append("The group is for people with a co-occurring disorder.")
    return reasons


def collide(one: Weekly, other: Weekly) -> bool:
    """Tell whether two weekly times ever overlap on the wall clock, also past midnight."""
    start, begin = _minute(one.starts), _minute(other.starts)
    for shift in (-1, 0, 1):  # days from a meeting of one to a meeting of the other
        if (one.weekday + shift) % 7 != other.weekday % 7:
            continue
        there = begin + shift * _MINUTES_A_DAY
        overlapping = start < there + other.minutes and there < start + one.minutes
        if overlapping and _meet(one, other, timedelta(days=shift)):
            return True
    return False


def _meet(one: Weekly, other: Weekly, shift: timedelta) -> bool:
    """Tell whether one meets on some day and the other that many days from it."""
    first = max(one.first, other.first - shift)
    ends = [last for last in (one.last, other.last and other.last - shift) if last]
    return not ends or next(days(one, first, min(ends)), None) is not None


def conflicts(claim: Weekly, others: Iterable[tuple[int, Weekly]]) -> list[int]:
    """Return the ids of the weekly claims with which this one collides."""
    return [number for number, other in others if collide(claim, other)]


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def overlap(one: Interval, other: Interval) -> bool:
    """Tell whether two intervals share a moment (touching ends don't)."""
    return one[0] < other[1] and other[0] < one[1]


def horizon(now: datetime, zone: ZoneInfo) -> date:
    """Return the last day for which occurrences are made: a rolling 12 weeks."""
    return now.astimezone(zone).date() + timedelta(weeks=ROLLING_WEEKS)
