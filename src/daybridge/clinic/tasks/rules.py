"""Clocks of alerts, escalation, and who is on call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from daybridge.kernel.minutes import elapsed, total

BACKUP_AFTER = timedelta(minutes=5)
DIRECTOR_AFTER = timedelta(minutes=10)
ROTA_AHEAD = timedelta(days=14)


class Level(StrEnum):
    """Whom an alert that nobody has taken reaches."""

    OWNERS = "owners"
    BACKUP = "backup"
    DIRECTOR = "director"


class Part(StrEnum):
    """A place in the rota."""

    PRIMARY = "primary"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody's hours on call (end excluded)."""

    user_id: int
    part: Part
    starts: datetime
    ends: datetime


def level(opened: datetime, now: datetime, *, taken: bool) -> Level:
    """Return whom an alert reaches now: after 5 minutes the back-up, after 10 the director."""
    if taken or now - opened < BACKUP_AFTER:
        return Level.OWNERS
    return Level.BACKUP if now - opened < DIRECTOR_AFTER else Level.DIRECTOR


def is_overdue(due: datetime, now: datetime) -> bool:
    """Tell whether the clock has run out."""
    return now > due


def on_call(shifts: Iterable[Shift], part: Part, now: datetime) -> Shift | None:
    """Return who has this part now, or None: then the director stands in, shown as uncovered."""
    return next((s for s in shifts if s.part is part and s.starts <= now < s.ends), None)


def holes(
    shifts: Iterable[Shift], part: Part, first: datetime, last: datetime
) -> list[tuple[datetime, datetime]]:
    """Return the times between two moments for which nobody has this part."""
    gaps, reached = [], first
    for shift in sorted((s for s in shifts if s.part is part), key=lambda s: s.starts):
        if shift.ends <= reached or shift.starts >= last:
            continue
        if shift.starts > reached:
            gaps.append((reached, shift.starts))
        reached = max(reached, shift.ends)
    if reached < last:
        gaps.append((reached, last))
    return gaps


class State(StrEnum):
    """How far an alert or task has come; taken is not closed."""

    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Cover:
    """Who answers for a part of the rota; a default fill is a person, but no cover (S8)."""

    user_id: int
    part: Part
    covered: bool


def state(*, taken_at: datetime | None, closed_at: datetime | None) -> State:
    """Return how far it has come."""
    if closed_at is not None:
        return State.CLOSED
    return State.OPEN if taken_at is None else State.TAKEN


def reached(
    shifts: Iterable[Shift], who: Level, now: datetime, *, director_id: int
) -> list[int]:
    """Return whom a page goes to at a level: on call, then the back-up, then all three.

    Each person once. A hole in the rota reaches the director, so nobody is never reached.
    Source: PROGRAMME.md 7: after 5 minutes the back-up, after 10 both and the director.
    """
    rota = list(shifts)
    primary = cover(rota, Part.PRIMARY, now, director_id=director_id).user_id
    backup = cover(rota, Part.BACKUP, now, director_id=director_id).user_id
    people = {
        Level.OWNERS: (primary,),
        Level.BACKUP: (backup,),
        Level.DIRECTOR: (primary, backup, director_id),
    }
    return list(dict.fromkeys(people[who]))


def cover(shifts: Iterable[Shift], part: Part, now: datetime, *, director_id: int) -> Cover:
    """Return who answers now: the person set, else the director, which stays uncovered."""
    shift = on_call(shifts, part, now)
    if shift is None:
        return Cover(director_id, part, covered=False)
    return Cover(shift.user_id, part, covered=True)


def holes_ahead(
    shifts: Iterable[Shift], now: datetime
) -> list[tuple[Part, datetime, datetime]]:
    """Return the holes of both parts in the next 14 days, the earliest first."""
    rota = list(shifts)
    found = [
        (part, *gap) for part in Part for gap in holes(rota, part, now, now + ROTA_AHEAD)
    ]
    return sorted(found, key=lambda hole: (hole[1], hole[0]))


def covered_minutes(
    shifts: Iterable[Shift], first: datetime, last: datetime
) -> tuple[int, int]:
    """Return minutes with both parts set by a person, and all minutes (measure S8)."""
    rota = list(shifts)
    gaps = [gap for part in Part for gap in holes(rota, part, first, last)]
    return elapsed(first, last) - total(gaps), elapsed(first, last)
