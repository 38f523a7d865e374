"""A plan: who leads which group when, with whom, and every individual session. As a file, JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from daybridge.care.schedule.timetable.problem import STRIDE, Problem, span
from daybridge.care.schedule.timetable.state import Meeting, State


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """One group's meeting of the week."""

    day: int
    start: int
    clinician: str
    room: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """One client's individual or family session."""

    client: str
    type: str
    clinician: str
    day: int
    start: int
    room: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A week."""

    groups: dict[str, GroupPlan] = field(default_factory=dict)
    sessions: tuple[SessionPlan, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the plan as TIMETABLE files hold it."""
        return {
            "groups": {pk: {"day": one.day, "start": one.start, "clinician": one.clinician,
                            "room": one.room, "members": list(one.members)}
                       for pk, one in self.groups.items()},
            "individual": [{"client": one.client, "type": one.type, "clinician": one.clinician,
                            "day": one.day, "start": one.start, "room": one.room} for one in self.sessions],
        }


class BadPlan(Exception):
    """The file is no plan."""


def read_plan(data: object) -> Plan:
    """Return the plan of a parsed JSON document."""
    if not isinstance(data, Mapping) or not isinstance(data.get("groups"), Mapping):
        raise BadPlan("A plan is a JSON object with groups and individual.")
    try:
        return Plan(
            {str(pk): GroupPlan(int(one["day"]), int(one["start"]), str(one["clinician"]),
                                str(one.get("room", "")), tuple(str(pk) for pk in one["members"]))
             for pk, one in data["groups"].items()},
            tuple(SessionPlan(str(one["client"]), str(one["type"]), str(one["clinician"]), int(one["day"]),
                              int(one["start"]), str(one.get("room", "")))
                  for one in data.get("individual", [])))
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise BadPlan(f"The plan has a value that is missing or of the wrong type: {error}.") from None


def merged(plans: Iterable[Plan]) -> Plan:
    """Return the week of several sites."""
    groups: dict[str, GroupPlan] = {}
    sessions: list[SessionPlan] = []
    for one in plans:
        groups |= one.groups
        sessions += one.sessions
    return Plan(groups, tuple(sessions))


def plan_of(state: State) -> Plan:
    """Return the plan of a site's state, with an office for each individual session."""
    p, groups = state.p, {}
    for g, meets in enumerate(state.meets):
        if meets is not None:
            groups[p.groups[g].id] = GroupPlan(
                meets.start // STRIDE, meets.start % STRIDE, p.clinicians[meets.clinician].id,
                p.group_rooms[meets.room].id, tuple(p.clients[c].id for c in sorted(state.members[g])))
    return Plan(groups, tuple(_in_offices(state)))


def _in_offices(state: State) -> Iterable[SessionPlan]:
    """Give each session the first office that is free: there are never more sessions than offices."""
    p = state.p
    rows = sorted((found[0], c, place, found[1]) for c, booked in enumerate(state.booked)
                  for place, found in enumerate(booked) if found is not None)
    until = [0] * len(p.offices)
    for start, c, place, k in rows:
        service = p.clients[c].services[place]
        room = next(r for r, end in enumerate(until) if end <= start)
        until[room] = start + service.dur
        yield SessionPlan(p.clients[c].id, service.type, p.clinicians[k].id, start // STRIDE,
                          start % STRIDE, p.offices[room].id)


def state_of(problem: Problem, plan: Plan, *, without: frozenset[str] = frozenset()) -> State:
    """Return a site's state with all of a plan that the hard rules allow; `without` = clinicians away."""
    state = State(problem)
    for pk, one in plan.groups.items():
        g = problem.group_at.get(pk)
        if g is None or one.clinician in without:
            continue
        meeting = meeting_of(state, g, one)
        if meeting is None:
            continue
        state.open(g, meeting)
        seat(state, g, one.members)
        if len(state.members[g]) < problem.groups[g].min_size:
            for c in sorted(state.members[g]):
                state.leave(c, g)
            state.close(g)
    for session in plan.sessions:
        if session.clinician not in without:
            _book(state, session)
    state.settle()
    state.keep()
    return state


def seat(state: State, g: int, members: Iterable[str]) -> None:
    """Let those of these clients join who can."""
    for pk in members:
        c = state.p.client_at.get(pk)
        if c is not None and g in state.p.groups_of[c] and state.can_join(c, g):
            state.join(c, g)


def meeting_of(state: State, g: int, one: GroupPlan) -> Meeting | None:
    """Return a planned meeting as the state holds it; None when the hard rules forbid it."""
    p, group = state.p, state.p.groups[g]
    k, start = p.clinician_at.get(one.clinician), one.day * STRIDE + one.start
    mask = span(start, group.dur)
    if k is None or k not in p.leaders[g] or state.staff_free[k] & mask != mask:
        return None
    rooms = [r for r, room in enumerate(p.group_rooms)
             if state.room_free[r] & mask == mask and room.capacity > group.min_size]
    if not rooms or state.load[k] + group.dur > p.clinicians[k].max_slots:
        return None
    room = next((r for r in rooms if p.group_rooms[r].id == one.room), rooms[-1])
    return Meeting(start, k, room, mask, min(group.capacity, p.group_rooms[room].capacity - 1))


def _book(state: State, one: SessionPlan) -> None:
    p = state.p
    c, k, start = p.client_at.get(one.client), p.clinician_at.get(one.clinician), one.day * STRIDE + one.start
    if c is None or k is None:
        return
    for place, service in enumerate(p.clients[c].services):
        if (service.type == one.type and state.booked[c][place] is None and k in p.givers[c][place]
                and state.bookable(c, place, k) >> start & 1 and state.can_book(c, place, start)):
            state.book(c, place, start, k)
