"""The client's week: prescribed, delivered, booked, can still reach (L4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from daybridge.kernel.minutes import MINUTES_AN_HOUR


class State(StrEnum):
    """How a week stands; "at risk" can be mended by a make-up that exists."""

    ON_TRACK = "on track"
    AT_RISK = "at risk"
    SHORT = "short"


WORST_FIRST = {State.SHORT: 0, State.AT_RISK: 1, State.ON_TRACK: 2}


@dataclass(frozen=True, slots=True)
class Week:
    """Minutes of one client's week. `possible` comes on top of what is booked."""

    prescribed: int
    delivered: int
    booked: int
    possible: int

    @property
    def reachable(self) -> int:
        """Return delivered + booked + what make-ups that fit could add."""
        return self.delivered + self.booked + self.possible

    @property
    def missing(self) -> int:
        """Return what delivered and booked leave open."""
        return max(0, self.prescribed - self.delivered - self.booked)

    @property
    def short_by(self) -> int:
        """Return what not even the make-ups can fill."""
        return max(0, self.prescribed - self.reachable)

    @property
    def state(self) -> State:
        """Return how the week stands."""
        if self.missing == 0:
            return State.ON_TRACK
        return State.SHORT if self.short_by else State.AT_RISK


def long_days(
    minutes_by_day: Mapping[date, int], level: str, php_day_minutes: int
) -> list[date]:
    """Return the days with PHP's hours of a client whose level is not PHP (L3).

    Give planned minutes to warn in time, delivered ones to see what happened.
    """
    if level == "php":
        return []
    return sorted(
        day for day, minutes in minutes_by_day.items() if minutes >= php_day_minutes
    )


def counts(weeks: Iterable[Week]) -> dict[State, int]:
    """Return how many weeks stand how."""
    found = dict.fromkeys(State, 0)
    for week in weeks:
        found[week.state] += 1
    return found


class Fit(StrEnum):
    """How a week's hours fit the client's own level of care."""

    BELOW = "below the level's hours"
    WITHIN = "within"
    ABOVE = "above the level's hours"


def week_fits(
    minutes: int, *, lowest_hours: float | None, highest_hours: float | None
) -> Fit:
    """Return how a week's minutes fit the band of a level; a bound of None is no bound (L3).

    Both ends belong to the band. Unit: the band in hours a week. Source: MISSION L1-L3.
    """
    if lowest_hours is not None and minutes < lowest_hours * MINUTES_AN_HOUR:
        return Fit.BELOW
    if highest_hours is not None and minutes > highest_hours * MINUTES_AN_HOUR:
        return Fit.ABOVE
    return Fit.WITHIN
