"""Somebody is away: who could lead each of their sessions instead, the best first. Nobody is asked unseen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from daybridge.clinic.calendar.rules import Away, OneDay, Window, is_inside


class Hours(IntEnum):
    """How a session lies to somebody's hours; the smaller the better."""

    IN = 0
    NOT_GIVEN = 1
    OUT = 2


WORDS = {Hours.IN: "in their hours", Hours.NOT_GIVEN: "gave no hours", Hours.OUT: "outside their hours"}


@dataclass(frozen=True, slots=True)
class Span:
    """A time of a day, in minutes from midnight; the end is not in it."""

    day: date
    from_minute: int
    until_minute: int

    def touches(self, other: "Span") -> bool:
        """Tell whether the two share a minute."""
        return (self.day == other.day and self.from_minute < other.until_minute
                and other.from_minute < self.until_minute)

    @property
    def minutes(self) -> int:
        """Return how long it is."""
        return self.until_minute - self.from_minute


@dataclass(frozen=True, slots=True)
class Lost:
    """A session without its leader."""

    occurrence_id: int
    span: Span
    language: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may lead: what they speak, what they lead already, when they work.

    `leads_groups`: they lead groups anyway; who does not is a choice, never a proposal.
    """

    user_id: int
    languages: frozenset[str]
    taken: tuple[Span, ...]
    windows: tuple[Window, ...] | None
    away: tuple[Away, ...]
    others: tuple[OneDay, ...] = ()
    leads_groups: bool = True


@dataclass(frozen=True, slots=True)
class Fit:
    """Somebody who could lead a session, how it lies to their hours, what they lead that day already."""

    user_id: int
    hours: Hours
    minutes_that_day: int
    leads_groups: bool = True


def fits(one: Lost, people: Iterable[Person]) -> list[Fit]:
    """Return who is there, free and speaks the group's language, the best first."""
    found = []
    for person in people:
        gone = any(away.holds(one.span.day) for away in person.away)
        busy = any(one.span.touches(span) for span in person.taken)
        if gone or busy or one.language not in person.languages:
            continue
        inside = is_inside(person.windows, (), one.span.day, one.span.from_minute, one.span.until_minute,
                           person.others)
        hours = Hours.NOT_GIVEN if inside is None else Hours.IN if inside else Hours.OUT
        load = sum(span.minutes for span in person.taken if span.day == one.span.day)
        found.append(Fit(person.user_id, hours, load, person.leads_groups))
    return sorted(found, key=lambda fit: (
        not fit.leads_groups, fit.hours, fit.minutes_that_day, fit.user_id))


def proposal(lost: Iterable[Lost], people: Sequence[Person]) -> dict[int, int]:
    """Return who is proposed for each session: somebody who leads groups, not outside their hours.

    One leader's sessions never overlap, so each is given by itself; what was given counts as
    minutes led that day, so that nobody gets all of them.
    """
    given: dict[int, int] = {}
    extra: dict[tuple[int, date], int] = {}
    for one in sorted(lost, key=lambda row: (row.span.day, row.span.from_minute, row.occurrence_id)):
        able = [fit for fit in fits(one, people) if fit.leads_groups and fit.hours is not Hours.OUT]
        if able:
            best = min(able, key=lambda fit: (
                fit.hours, fit.minutes_that_day + extra.get((fit.user_id, one.span.day), 0), fit.user_id))
            given[one.occurrence_id] = best.user_id
            key = best.user_id, one.span.day
            extra[key] = extra.get(key, 0) + one.span.minutes
    return given
