"""The search of one site: build from last week, then anneal with the moves until the time is up."""

import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from daybridge.care.schedule.timetable.moves import Mover
from daybridge.care.schedule.timetable.problem import Problem
from daybridge.care.schedule.timetable.state import Meeting, State

HOT, COLD = 30.0, 1.5
CHECK_EVERY = 16  # moves between looks at the clock
OPEN_TRIES = 3


@dataclass(slots=True)
class Snapshot:
    """A week that was reached, to come back to."""

    cost: int
    meets: list[Meeting | None]
    members: list[list[int]]
    booked: list[list[tuple[int, int] | None]]


def snapshot(state: State) -> Snapshot:
    """Return the week as it is."""
    return Snapshot(state.cost, list(state.meets), [sorted(one) for one in state.members],
                    [list(one) for one in state.booked])


def restore(problem: Problem, found: Snapshot) -> State:
    """Return the state of a snapshot."""
    state = State(problem)
    for g, meeting in enumerate(found.meets):
        if meeting is not None:
            state.open(g, meeting)
            for c in found.members[g]:
                state.join(c, g)
    for c, booked in enumerate(found.booked):
        for place, one in enumerate(booked):
            if one is not None:
                state.book(c, place, *one)
    state.settle()
    state.keep()
    return state


def build(problem: Problem, dice: random.Random) -> State:
    """Return a first week: last week's groups where their members can, then services, then the rest."""
    state = State(problem)
    mover = Mover(state, dice)
    known = {g for g in range(len(problem.groups)) if problem.last_members[g]}
    while known:
        g = min(known, key=mover.tightness)
        known.remove(g)
        mover.bring_back(g)
    mover.weak = set(range(len(problem.groups)))
    mover.again = sorted(range(len(problem.clients)), key=lambda c: problem.client_free[c].bit_count())
    mover.finish()
    for g in range(len(problem.groups)):
        for _ in range(OPEN_TRIES):
            if state.meets[g] is None:
                _try(state, mover, lambda g=g: mover.shift(g), 0.0, dice)  # type: ignore[misc]
    state.settle()
    state.keep()
    return state


def anneal(
    state: State, dice: random.Random, *, until: float, clock: Callable[[], float] = time.monotonic,
    on_better: Callable[[Snapshot], None] | None = None,
) -> Snapshot:
    """Improve a week until the clock says so; return the best that was reached."""
    mover = Mover(state, dice)
    began, best = clock(), snapshot(state)
    heat, moves = HOT, 0
    while best.cost > 0:
        if moves % CHECK_EVERY == 0:
            now = clock()
            if now >= until:
                break
            heat = HOT * (COLD / HOT) ** ((now - began) / (until - began))
        moves += 1
        _try(state, mover, _choose(state, mover, dice), heat, dice)
        if state.cost < best.cost:
            best = snapshot(state)
            if on_better:
                on_better(best)
    return best


def _try(
    state: State, mover: Mover, move: Callable[[], None], heat: float, dice: random.Random
) -> None:
    before = state.cost
    move()
    mover.finish()
    worse = state.settle() - before
    if worse <= 0 or (heat > 0 and dice.random() < math.exp(-worse / heat)):
        state.keep()
    else:
        state.take_back()


def _choose(state: State, mover: Mover, dice: random.Random) -> Callable[[], None]:
    """Return the next move: mostly for whoever lacks something, sometimes for anybody."""
    p = state.p
    luck = dice.random()
    if luck < 0.45:
        g = _group(state, dice)
        if luck < 0.03:
            return lambda: mover.dissolve(g)
        if luck < 0.1:
            return lambda: mover.give_over(g)
        return lambda: mover.shift(g)
    lacking = [c for c, cost in enumerate(state.client_cost) if cost]
    c = dice.choice(lacking) if lacking and dice.random() < 0.8 else dice.randrange(len(p.clients))
    kinds = (mover.replan, mover.replan_related, mover.take_seat, mover.take_seat, mover.make_room)
    kind = dice.choice(kinds)
    return lambda: kind(c)


def _group(state: State, dice: random.Random) -> int:
    """Return a group to move: one that somebody who lacks something could be in, or any."""
    lacking = [c for c, cost in enumerate(state.client_cost) if cost]
    if lacking and dice.random() < 0.7:
        groups = state.p.groups_of[dice.choice(lacking)]
        if groups:
            return dice.choice(groups)
    return dice.randrange(len(state.p.groups))
