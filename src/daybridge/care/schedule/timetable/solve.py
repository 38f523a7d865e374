"""Solving a whole instance: sites side by side, each in a process of its own, the best week kept.

The sites of a week don't touch each other. Each site builds a few first weeks, anneals each
for a moment, goes on with the best one, and reports every better week; whoever asked has the
best of all sites at any moment, so that stopping early loses nothing.
"""

import contextlib
import multiprocessing
import os
import queue
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.queues import Queue

from daybridge.care.schedule.timetable.instance import Instance
from daybridge.care.schedule.timetable.plan import Plan, merged, plan_of, state_of
from daybridge.care.schedule.timetable.problem import Problem
from daybridge.care.schedule.timetable.search import Snapshot, anneal, build, restore
from daybridge.care.schedule.timetable.state import State

FIRST_WEEKS = 8  # that are tried before one is improved
FIRST_SHARE = 0.25  # of the time goes into them
REPORT_EVERY = 0.5  # seconds
BUILD_SECONDS = 1.0  # kept back for starting, judging and writing
POLL = 0.05


@dataclass(frozen=True, slots=True)
class Better:
    """A better week of one site."""

    site: str
    cost: int
    plan: Plan


@dataclass(frozen=True, slots=True)
class Work:
    """One site's share."""

    instance: Instance
    site: str
    seconds: float
    seed: int
    previous: Plan | None


def solve_site(work: Work, report: Callable[[Better], None]) -> None:
    """Plan one site, reporting the first week at once and every better one after it."""
    began = time.monotonic()
    problem, dice = Problem(work.instance, work.site), random.Random(work.seed)
    teller = _Teller(work, problem, report)
    best = _first(problem, work, dice, teller, began)
    state = restore(problem, best)
    best = anneal(state, dice, until=began + work.seconds, on_better=teller.tell)
    teller.end(best)


def _first(problem: Problem, work: Work, dice: random.Random, teller: "_Teller", began: float) -> Snapshot:
    """Return the best of the first weeks."""
    found: list[Snapshot] = []
    for place in range(FIRST_WEEKS):
        state = _begin(problem, work, dice, place)
        until = began + work.seconds * FIRST_SHARE * (place + 1) / FIRST_WEEKS
        found.append(anneal(state, dice, until=until, on_better=teller.tell))
        teller.tell(found[-1])
        if time.monotonic() - began >= work.seconds * FIRST_SHARE or found[-1].cost == 0:
            break
    return min(found, key=lambda one: one.cost)


def _begin(problem: Problem, work: Work, dice: random.Random, place: int) -> State:
    if place == 0 and work.previous is not None:
        return state_of(problem, work.previous)
    return build(problem, dice)


class _Teller:
    """Tells of better weeks, at most every half second."""

    def __init__(self, work: Work, problem: Problem, report: Callable[[Better], None]) -> None:
        self.work, self.problem, self.report = work, problem, report
        self.least: int | None = None
        self.told_at = 0.0

    def tell(self, found: Snapshot) -> None:
        """Tell of a week if it is better and the last word was long enough ago."""
        now = time.monotonic()
        if (self.least is None or found.cost < self.least) and now - self.told_at >= REPORT_EVERY:
            self._send(found)
            self.told_at = now

    def end(self, found: Snapshot) -> None:
        """Tell of the last week, whatever it is."""
        self._send(found)

    def _send(self, found: Snapshot) -> None:
        self.least = found.cost
        self.report(Better(self.work.site, found.cost, plan_of(restore(self.problem, found))))


def solve(
    instance: Instance, *, seconds: float, seed: int = 1, previous: Plan | None = None,
    workers: int | None = None, on_better: Callable[[Plan, int, float], None] | None = None,
) -> Plan:
    """Return the best week found in so many seconds; `on_better` hears plan, cost and share of time.

    With more cores than sites each site is planned from several seeds and its best is kept.
    """
    best: dict[str, Better] = {}
    cores = max(1, workers or os.cpu_count() or 1)
    began = time.monotonic()
    for one in _better(instance, seconds, seed, previous, cores):
        known = best.get(one.site)
        if known is None or one.cost < known.cost:
            best[one.site] = one
        if on_better and len(best) == len(instance.sites):
            share = min(1.0, (time.monotonic() - began) / max(seconds, POLL))
            on_better(merged(b.plan for b in best.values()), sum(b.cost for b in best.values()), share)
    return merged(best[site].plan for site in instance.sites if site in best)


def _better(
    instance: Instance, seconds: float, seed: int, previous: Plan | None, cores: int
) -> Iterator[Better]:
    began = time.monotonic()
    # a first week of every site comes before any is improved, so that a plan is there at once
    yield from _here([Work(instance, site, 0.0, seed, previous) for site in instance.sites])
    share = seconds - BUILD_SECONDS - (time.monotonic() - began)
    if share > 0:
        copies = max(1, cores // max(1, len(instance.sites)))
        yield from _beside([Work(instance, site, share, seed + 1000 * copy, previous)
                            for copy in range(copies) for site in instance.sites])


def _here(works: list[Work]) -> Iterator[Better]:
    for work in works:
        found: list[Better] = []
        solve_site(work, found.append)
        yield from found


def _beside(works: list[Work]) -> Iterator[Better]:
    """Run each work in a process of its own, all at once; yield what they report.

    More sites than cores share them: each anneals by the clock, slower, for the whole time.
    """
    # fork: the command line has no threads and no database to share, and starts at once
    context = multiprocessing.get_context("fork")
    told = context.Queue()
    running = [context.Process(target=_run, args=(work, told, os.getpid()), daemon=True) for work in works]
    for process in running:
        process.start()
    try:
        while running:
            alive = [process for process in running if process.is_alive()]
            with contextlib.suppress(queue.Empty):
                while True:
                    yield told.get(timeout=POLL)
            running = alive
    finally:
        for process in running:
            process.terminate()


def _run(work: Work, told: "Queue[Better]", parent: int) -> None:
    """Plan one site, unless nobody listens any more."""
    def report(one: Better) -> None:
        if os.getppid() != parent:
            raise SystemExit
        told.put(one)

    with contextlib.suppress(KeyboardInterrupt):
        solve_site(work, report)
