"""What the group room shows: who is expected, who has come, what is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, may_for
from daybridge.access.policy import Role
from daybridge.care.hours.queries import PresenceRow, arrivals_at, presence_at
from daybridge.care.hours.queries_video import CheckRow, video_at
from daybridge.care.hours.rules_video import why_not_counted
from daybridge.care.schedule.commands_lead import let_leader_in
from daybridge.care.schedule.queries import SessionRow, roster, seats, session
from daybridge.care.schedule.queries_interpreter import interpreters_at
from daybridge.clinic.people.queries import StaffRow, names, staff
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
    by_video: bool = False
    asked: CheckRow | None = None
    interpreter: str = ""
    video_lacks: str = ""  # why minutes by video would not count, as it stands


@dataclass(frozen=True, slots=True)
class Room:
    """The session and its clients; those the viewer may not write are only counted."""

    session: SessionRow
    seats: tuple[Seat, ...]
    hidden: int
    has_begun: bool
    may_take: bool
    minutes: int
    substitutes: tuple[StaffRow, ...]
    choices: tuple[tuple[str, str], ...] = (
        ("here", "Here"), ("late", "Late"), ("early", "Left early"), ("missing", "Missing"),
    )


def room_of(viewer: Actor, occurrence_id: int, *, at: datetime) -> Room:
    """Put together what the room shows, in a fixed number of queries."""
    one = session(viewer, occurrence_id=occurrence_id)
    let_in(viewer, [one], at=at)
    ids = set(roster(viewer, occurrence_id=occurrence_id))
    mine = may_for(viewer, Can.TAKE_ATTENDANCE, ids) or may_for(viewer, Can.SEE_ATTENDANCE, ids)
    known = names(viewer, of=set(mine))
    came = arrivals_at(viewer, occurrence_id=occurrence_id)
    saved = presence_at(viewer, occurrence_id=occurrence_id)
    video = video_at(viewer, occurrence_id=occurrence_id)
    interpreters = interpreters_at(viewer, occurrence_id=occurrence_id, of=set(known))
    seats = [
        replace(_with_video(_seat(one, pk, known[pk], came.get(pk), saved.get(pk)), video, one.service),
                interpreter=interpreters.get(pk, ""))
        for pk in sorted(known, key=lambda pk: known[pk].casefold())
    ]
    return Room(
        one, tuple(seats), len(ids) - len(seats), one.starts_at <= at,
        may(viewer, Can.TAKE_ATTENDANCE), elapsed(one.starts_at, one.ends_at),
        _substitutes(viewer, one),
    )


def _with_video(seat: Seat, video: Mapping[int, CheckRow | None], service: str) -> Seat:
    if seat.client_id not in video:
        return seat
    check = video[seat.client_id]
    return replace(seat, by_video=True, asked=check,
                   video_lacks=why_not_counted(check.asked if check else None, service))


def _substitutes(viewer: Actor, one: SessionRow) -> tuple[StaffRow, ...]:
    """Return who could lead instead, for those who may say so before it is opened."""
    if one.state != "planned" or not may(viewer, Can.MANAGE_SLOTS):
        return ()
    return tuple(row for row in staff(viewer) if row.user_id != one.leader_id)


def let_in(viewer: Actor, sessions: list[SessionRow], *, at: datetime) -> None:
    """Let the leader of a day's sessions see whom they expect; writes only if one is hidden."""
    mine = [one for one in sessions if one.leader_id == viewer.user_id]
    if not mine or not may(viewer, Can.SEE_SCHEDULE):
        return
    day = mine[0].day
    seen = seats(viewer, first=day, last=day, led_by=viewer.user_id)
    if len(seen) < sum(one.taken for one in mine):
        let_leader_in(system(Role.SESSIONS), user_id=viewer.user_id or 0, day=day, at=at)


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
