"""The golden thread: from each need to what is done for it, for others to continue."""

from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.care.assessment.rows import NeedRow
from daybridge.care.planning.queries import plan_in_force
from daybridge.care.planning.rows import ProblemRow, ThreadRow

NO_ANSWER = "none_yet"


@query(Can.SEE_ASSESSMENT)
def needs_by_answer(
    viewer: Actor, /, *, client_id: int, at: datetime
) -> tuple[list[NeedRow], list[NeedRow]]:
    """Return the needs without an answer, and those with one."""
    needs = needs_of(viewer, client_id=client_id, at=at)
    return ([need for need in needs if need.answer == NO_ANSWER],
            [need for need in needs if need.answer != NO_ANSWER])


@query(Can.SEE_PLAN)
def thread_of(viewer: Actor, /, *, client_id: int, at: datetime) -> list[ThreadRow]:
    """Return need -> problem -> objective -> intervention of the plan in force.

    Needs that no problem answers come first; problems without a need on record come last.
    Whoever knows more (sessions, notes) joins it by the objectives' ids, or by their keys,
    which stay the same from version to version.
    """
    plan = plan_in_force(viewer, client_id=client_id)
    sees = may(viewer, Can.SEE_ASSESSMENT, client_id=client_id)
    both = needs_by_answer(viewer, client_id=client_id, at=at) if sees else ([], [])
    needs = [*both[0], *both[1]]
    by_need: dict[int | None, list[ProblemRow]] = {}
    known = {need.need_id for need in needs}
    for problem in plan.problems if plan else ():
        need_id = problem.need_id if problem.need_id in known else None
        by_need.setdefault(need_id, []).append(problem)
    rows = [ThreadRow(need, tuple(by_need.get(need.need_id, ()))) for need in needs]
    rows.sort(key=lambda row: bool(row.problems))
    without = by_need.get(None, [])
    return [*rows, ThreadRow(None, tuple(without))] if without else rows
