"""The golden thread: need, problem, objective, the notes that cite it; and what hangs loose."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.care.assessment.rows import NeedRow
from daybridge.care.notes.queries import notes_by_objective
from daybridge.care.notes.rows import CitingRow
from daybridge.care.planning.queries import ObjectiveRow, ProblemRow, plan_in_force
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
    sees_needs = may(viewer, Can.SEE_ASSESSMENT, client_id=client_id)
    threads = _threads(needs_of(viewer, client_id=client_id, at=at) if sees_needs else [], knots)
    context = {
        "client": name_of(viewer, client_id=client_id), "plan": plan, "at": at,
        "threads": threads, "uncited": notes.get(0, ()),
        "signs": _signs(threads, len(notes.get(0, ())), sees_needs=sees_needs, has_plan=plan is not None),
        "former": {row.note_id: row for rows in former.values() for row in rows}.values(),
    }
    return render(request, "pages/thread.html", context)


def _signs(
    threads: list[Thread], uncited: int, *, sees_needs: bool, has_plan: bool
) -> list[tuple[str, str]]:
    """Return how whole the thread is, as marks: what hangs loose is never left out."""
    loose = sum(one.loose for one in threads)
    quiet = sum(one.quiet for row in threads for knot in row.knots for one in knot.strands)
    marks = [("neutral", "Needs: not for you to see")] if not sees_needs else []
    if loose:
        marks.append(("risk", f"Needs without an answer: {loose}"))
    if not has_plan:
        marks.append(("risk", "No plan in force"))
    elif quiet:
        marks.append(("risk", f"Objectives without a note for 14 days: {quiet}"))
    if uncited:
        marks.append(("risk", f"Notes that cite no objective: {uncited}"))
    if sees_needs and has_plan and not (loose or quiet or uncited):
        marks.append(("ok", "Nothing hangs loose"))
    return marks


def _knot(problem: ProblemRow, notes: dict[int, tuple[CitingRow, ...]], at: datetime) -> Knot:
    return Knot(problem, tuple(
        Strand(one, found, one.state == "open" and not any(row.event_at > at - QUIET for row in found))
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
