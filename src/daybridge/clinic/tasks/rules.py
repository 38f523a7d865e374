"""Clocks of alerts, escalation, and who is on call."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

BACKUP_AFTER = timedelta(minutes=5)
DIRECTOR_AFTER = timedelta(minutes=10)


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
