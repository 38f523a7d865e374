"""The golden thread: need, problem, objective, the notes that cite it; and what hangs loose."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.care.assessment.rows import NeedRow
from daybridge.care.notes.queries import notes_by_objective
from daybridge.care.notes.rows import CitingRow
from daybridge.care.planning.queries import plan_in_force
from daybridge.care.planning.rows import ObjectiveRow, ProblemRow
from daybridge.clinic.people.queries import name_of

QUIET = timedelta(days=14)
UNANSWERED = {"", "none_yet"}


@dataclass(frozen=True, slots=True)
class Strand:
    """An objective with the notes that cite it; quiet when none did for 14 days."""

    objective: ObjectiveRow
    notes: tuple[CitingRow, ...]
    quiet: bool


@dataclass(frozen=True, slots=True)
class Knot:
    """A problem with its objectives."""

    problem: ProblemRow
    strands: tuple[Strand, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """A need (or none) with the problems that answer it."""

    need: NeedRow | None
    knots: tuple[Knot, ...]

    @property
    def loose(self) -> bool:
        """Tell whether nothing answers the need: no problem of the plan, and no answer on record."""
        return self.need is not None and not self.knots and self.need.answer in UNANSWERED


@page(Can.SEE_NOTES)
def thread(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show how needs, plan and notes hang together, in both directions."""
    viewer, at = request.actor, clock.now()
    notes = notes_by_objective(viewer, client_id=client_id)
    sees_plan = may(viewer, Can.SEE_PLAN, client_id=client_id)
    plan = plan_in_force(viewer, client_id=client_id) if sees_plan else None
    knots = [_knot(one, notes, at) for one in (plan.problems if plan else ())]
    known = {one.objective.objective_id for knot in knots for one in knot.strands}
    former = {key: rows for key, rows in notes.items() if key and key not in known}
    threads = _threads(_needs(viewer, client_id, at), knots)
    context = {
        "client": name_of(viewer, client_id=client_id), "plan": plan, "at": at,
        "threads": threads, "loose": sum(one.loose for one in threads),
        "quiet": sum(one.quiet for knot in knots for one in knot.strands),
        "uncited": notes.get(0, ()),
        "former": {row.note_id: row for rows in former.values() for row in rows}.values(),
        "sees_needs": may(viewer, Can.SEE_ASSESSMENT, client_id=client_id),
    }
    return render(request, "pages/thread.html", context)


def _needs(viewer: Actor, client_id: int, at: datetime) -> list[NeedRow]:
    sees = may(viewer, Can.SEE_ASSESSMENT, client_id=client_id)
    return needs_of(viewer, client_id=client_id, at=at) if sees else []


def _knot(problem: ProblemRow, notes: dict[int, tuple[CitingRow, ...]], at: datetime) -> Knot:
    return Knot(problem, tuple(
        Strand(one, found, not one.is_done and not any(row.event_at > at - QUIET for row in found))
        for one in problem.objectives for found in [notes.get(one.objective_id, ())]
    ))


def _threads(needs: list[NeedRow], knots: list[Knot]) -> list[Thread]:
    """Return the needs that hang loose first, then the others, then problems without a need."""
    by_need = {
        need.need_id: tuple(knot for knot in knots if knot.problem.need_id == need.need_id)
        for need in needs
    }
    found = [Thread(need, by_need[need.need_id]) for need in needs]
    alone = tuple(knot for knot in knots if knot.problem.need_id not in by_need)
    found.sort(key=lambda one: not one.loose)
    return [*found, Thread(None, alone)] if alone else found
