"""A clinician is away all week: who leads instead, with as few changes for clients as can be.

A group that somebody else leads at the same time changes nothing for its members. Whoever
could lead it but leads another one then hands that one on, a few steps deep; an individual
session in the way is booked again. Only what can't be saved so is moved or taken off.
"""

import random
from dataclasses import dataclass, replace

from daybridge.care.schedule.timetable.instance import Instance
from daybridge.care.schedule.timetable.moves import Mover
from daybridge.care.schedule.timetable.plan import Plan, merged, plan_of, seat, state_of
from daybridge.care.schedule.timetable.problem import STRIDE, Problem, bits, span
from daybridge.care.schedule.timetable.refill import refill
from daybridge.care.schedule.timetable.state import Meeting, State

DEPTH = 3  # groups that are handed on for the sake of one


@dataclass(frozen=True, slots=True)
class _Lost:
    group: int
    start: int
    room: int
    members: tuple[str, ...]


def without(instance: Instance, clinician: str) -> Instance:
    """Return the week in which somebody works no hour."""
    return replace(instance, clinicians=tuple(
        replace(one, windows=()) if one.id == clinician else one for one in instance.clinicians))


def repair(instance: Instance, previous: Plan, clinician: str, *, seed: int = 1) -> Plan:
    """Return the week without this clinician; the other sites stay as they are."""
    site = next(one.site for one in instance.clinicians if one.id == clinician)
    problem = Problem(without(instance, clinician), site)
    state = state_of(problem, previous, without=frozenset({clinician}))
    mender = _Mender(state, random.Random(seed))
    for one in sorted(_lost(problem, previous, clinician), key=lambda lost: -len(lost.members)):
        mender.save(one)
    mender.see_instead(previous, clinician)
    mender.end()
    here = set(problem.group_at), set(problem.client_at)
    elsewhere = Plan({pk: one for pk, one in previous.groups.items() if pk not in here[0]},
                     tuple(one for one in previous.sessions if one.client not in here[1]))
    return merged([elsewhere, plan_of(state)])


def place(instance: Instance, previous: Plan, client: str, *, seed: int = 1, tries: int = 20) -> Plan:
    """Return the week in which one client is planned again, beside everybody else as they are."""
    site = next(one.site for one in instance.clients if one.id == client)
    problem, dice = Problem(instance, site), random.Random(seed)
    state = state_of(problem, previous)
    c = problem.client_at[client]
    for _ in range(tries):
        before = state.cost
        for g in sorted(state.mine[c]):
            if len(state.members[g]) > problem.groups[g].min_size:
                state.leave(c, g)
        for at, found in enumerate(state.booked[c]):
            if found is not None:
                state.give_up(c, at)
        refill(state, c, dice)
        if state.settle() > before:
            state.take_back()
        else:
            state.keep()
    others = Plan({pk: one for pk, one in previous.groups.items() if pk not in problem.group_at},
                  tuple(one for one in previous.sessions if one.client not in problem.client_at))
    return merged([others, plan_of(state)])


def _lost(problem: Problem, previous: Plan, clinician: str) -> list[_Lost]:
    rooms = {room.id: r for r, room in enumerate(problem.group_rooms)}
    return [
        _Lost(problem.group_at[pk], one.day * STRIDE + one.start, rooms.get(one.room, 0), one.members)
        for pk, one in previous.groups.items()
        if one.clinician == clinician and pk in problem.group_at
    ]


class _Mender:
    def __init__(self, state: State, dice: random.Random) -> None:
        self.s, self.p, self.dice = state, state.p, dice
        self.mover = Mover(state, dice)
        self.out: list[int] = []  # clients whose week has lost something

    def save(self, lost: _Lost) -> None:
        """Find somebody to lead the group when it meets; else move it, else take it off."""
        mask = span(lost.start, self.p.groups[lost.group].dur)
        k = self._freed(lost.group, mask, DEPTH, set(), len(lost.members))
        if k is not None:
            self._open(lost, k, mask)
            return
        members = [self.p.client_at[pk] for pk in lost.members if pk in self.p.client_at]
        self.mover.bring_back(lost.group, members)
        if self.s.meets[lost.group] is not None and self.mover.is_small(lost.group):
            self.mover.dissolve(lost.group)
        self.out += [c for c in members if lost.group not in self.s.mine[c]]

    def _open(self, lost: _Lost, k: int, mask: int) -> None:
        group = self.p.groups[lost.group]
        seats = min(group.capacity, self.p.group_rooms[lost.room].capacity - 1)
        self.s.open(lost.group, Meeting(lost.start, k, lost.room, mask, seats))
        seat(self.s, lost.group, lost.members)

    def _freed(self, g: int, mask: int, depth: int, asked: set[int], worth: int) -> int | None:
        """Return somebody who is free for a group, or is made free for it."""
        dur = self.p.groups[g].dur
        able = [k for k in self.p.leaders[g] if k not in asked
                and self.s.load[k] + dur <= self.p.clinicians[k].max_slots
                and self.p.clinician_free[k] & mask == mask]
        for k in sorted(able, key=lambda k: self.s.load[k]):
            if self.s.staff_free[k] & mask == mask:
                return k
        if depth == 0:
            return None
        for k in able:
            asked.add(k)
            if self._free_of(k, mask, depth, asked, worth):
                return k
        return None

    def _free_of(self, k: int, mask: int, depth: int, asked: set[int], worth: int) -> bool:
        """Hand on whatever this clinician does at that time; take it back when it doesn't all go."""
        mark = len(self.s.journal)
        theirs = [(c, at) for c, booked in enumerate(self.s.booked) for at, one in enumerate(booked)
                  if one is not None and one[1] == k
                  and span(one[0], self.p.clients[c].services[at].dur) & mask]
        groups = [g for g, one in enumerate(self.s.meets) if one is not None and one.clinician == k
                  and one.mask & mask]
        if len(theirs) < worth and all(self._hand_on(g, depth, asked, worth) for g in groups):
            for c, at in theirs:
                self.s.give_up(c, at)
                if not self._see_again(c, at, k, mask):
                    self.s.take_back(mark)
                    return False
            return True
        self.s.take_back(mark)
        return False

    def _hand_on(self, g: int, depth: int, asked: set[int], worth: int) -> bool:
        meeting, members = self.s.meets[g], sorted(self.s.members[g])
        if meeting is None:
            return False
        k = self._freed(g, meeting.mask, depth - 1, asked, worth)
        if k is None:
            return False
        for c in members:
            self.s.leave(c, g)
        self.s.close(g)
        self.s.open(g, replace(meeting, clinician=k))
        for c in members:
            self.s.join(c, g)
        return True

    def _see_again(self, c: int, at: int, k: int, mask: int) -> bool:
        """Book a service at another time with the same clinician, else with another one."""
        dur = self.p.clients[c].services[at].dur
        for giver in [k, *(one for one in self.p.givers[c][at] if one != k)]:
            for start in bits(self.s.bookable(c, at, giver)):
                if not (giver == k and span(start, dur) & mask) and self.s.can_book(c, at, start):
                    self.s.book(c, at, start, giver)
                    return True
        return False

    def see_instead(self, previous: Plan, clinician: str) -> None:
        """Book the clinician's individual sessions with somebody else, at the same time if that goes."""
        for one in previous.sessions:
            c = self.p.client_at.get(one.client)
            if one.clinician != clinician or c is None:
                continue
            at = next(place for place, s in enumerate(self.p.clients[c].services) if s.type == one.type)
            start = one.day * STRIDE + one.start
            same = [k for k in self.p.givers[c][at] if self.s.bookable(c, at, k) >> start & 1]
            if same and self.s.can_book(c, at, start):
                self.s.book(c, at, start, min(same, key=lambda k: self.s.load[k]))
            else:
                self.out.append(c)

    def end(self) -> None:
        """Plan again whoever has lost something; nobody else is touched.

        A group that some could not come back to, and that is too small now, does not meet.
        """
        for g, meeting in enumerate(self.s.meets):
            if meeting is not None and self.mover.is_small(g):
                self.out += sorted(self.s.members[g])
                self.mover.dissolve(g)
        for c in self.out:
            refill(self.s, c, self.dice)
        self.s.settle()
        self.s.keep()
