"""What the group room shows: who is expected, who has come, what is saved."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, may_for
from daybridge.care.hours.queries import PresenceRow, arrivals_at, presence_at
from daybridge.care.schedule.queries import SessionRow, roster, session
from daybridge.clinic.people.queries import names
from daybridge.kernel.minutes import elapsed


@dataclass(frozen=True, slots=True)
class Seat:
    """One client of the session."""

    client_id: int
    name: str
    arrived_at: datetime | None
    saved: PresenceRow | None
    state: str
    late: int
    early: int


@dataclass(frozen=True, slots=True)
class Room:
    """The session and its clients; those the viewer may not write are only counted."""

    session: SessionRow
    seats: tuple[Seat, ...]
    hidden: int
    has_begun: bool
    may_take: bool
    minutes: int
    choices: tuple[tuple[str, str], ...] = (
        ("here", "Here"), ("late", "Late"), ("early", "Left early"), ("missing", "Missing"),
    )


def room_of(viewer: Actor, occurrence_id: int, *, at: datetime) -> Room:
    """Put together what the room shows, in a fixed number of queries."""
    one = session(viewer, occurrence_id=occurrence_id)
    ids = set(roster(viewer, occurrence_id=occurrence_id))
    mine = may_for(viewer, Can.TAKE_ATTENDANCE, ids) or may_for(viewer, Can.SEE_ATTENDANCE, ids)
    known = names(viewer, of=set(mine))
    came = arrivals_at(viewer, occurrence_id=occurrence_id)
    saved = presence_at(viewer, occurrence_id=occurrence_id)
    seats = [
        _seat(one, pk, known[pk], came.get(pk), saved.get(pk))
        for pk in sorted(known, key=lambda pk: known[pk].casefold())
    ]
    return Room(
        one, tuple(seats), len(ids) - len(seats), one.starts_at <= at,
        may(viewer, Can.TAKE_ATTENDANCE), elapsed(one.starts_at, one.ends_at),
    )


def _seat(
    one: SessionRow, client_id: int, name: str, arrived: datetime | None, saved: PresenceRow | None
) -> Seat:
    if saved is None:
        return Seat(client_id, name, arrived, None, "here" if arrived else "", 0, 0)
    if saved.present_from is None or saved.present_until is None:
        return Seat(client_id, name, arrived, saved, "missing", 0, 0)
    late = elapsed(one.starts_at, saved.present_from)
    early = elapsed(saved.present_until, one.ends_at)
    state = "late" if late else "early" if early else "here"
    return Seat(client_id, name, arrived, saved, state, late, early)
