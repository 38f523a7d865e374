"""The golden thread: need, problem, objective, the notes that cite it; and what hangs loose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.assessment.rows import NeedRow
from daybridge.care.notes.queries import notes_by_objective
from daybridge.care.notes.rows import CitingRow
from daybridge.care.planning.queries import plan_in_force
from daybridge.care.planning.queries_thread import NO_ANSWER, thread_of
from daybridge.care.planning.rows import ObjectiveRow, ProblemRow
from daybridge.clinic.people.queries import name_of

QUIET = timedelta(days=14)
Notes = Mapping[str, tuple[CitingRow, ...]]


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
        return self.need is not None and not self.knots and self.need.answer == NO_ANSWER


@page(Can.SEE_NOTES)
def thread(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show how needs, plan and notes hang together, in both directions."""
    viewer, at = request.actor, clock.now()
    notes = notes_by_objective(viewer, client_id=client_id)
    sees_plan = may(viewer, Can.SEE_PLAN, client_id=client_id)
    plan = plan_in_force(viewer, client_id=client_id) if sees_plan else None
    threads = [
        Thread(row.need, tuple(_knot(one, notes, at) for one in row.problems))
        for row in (thread_of(viewer, client_id=client_id, at=at) if sees_plan else ())
    ]
    known = {one.objective.key for row in threads for knot in row.knots for one in knot.strands}
    former = [row for key, rows in notes.items() if key and key not in known for row in rows]
    signs = _signs(
        threads, len(notes.get("", ())), has_plan=plan is not None,
        sees_needs=may(viewer, Can.SEE_ASSESSMENT, client_id=client_id),
    )
    context = {
        "client": name_of(viewer, client_id=client_id), "at": at, "threads": threads, "signs": signs,
        "uncited": notes.get("", ()), "former": {row.note_id: row for row in former}.values(),
    }
    return render(request, "pages/thread.html", context)


def _signs(
    threads: Sequence[Thread], uncited: int, *, sees_needs: bool, has_plan: bool
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


def _knot(problem: ProblemRow, notes: Notes, at: datetime) -> Knot:
    return Knot(problem, tuple(
        Strand(one, found, not one.is_done and not any(row.event_at > at - QUIET for row in found))
        for one in problem.objectives for found in [notes.get(one.key, ())]
    ))
