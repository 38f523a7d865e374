"""Reading plans, their versions and prescribed hours."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.access.signatures import signatures_of
from daybridge.care.planning import rules_change
from daybridge.care.planning.models import (
    Addendum,
    CitedReason,
    Intervention,
    Objective,
    Plan,
    PrescribedHours,
    Problem,
    Progress,
)
from daybridge.care.planning.rows import (
    ChangesRow,
    InterventionRow,
    ObjectiveRow,
    PlanRow,
    ProblemRow,
    ProgressRow,
    VersionRow,
)

MOST_VERSIONS = 200
MOST_PROGRESS = 2000
PROGRESS_STATES = Progress.STATE


@query(Can.SEE_PLAN)
def plan_in_force(viewer: Actor, /, *, client_id: int) -> PlanRow | None:
    """Return the newest plan that both have signed."""
    row = (
        Plan.objects.filter(client_id=client_id, signed_at__isnull=False).order_by("-number").first()
    )
    return _plan(row) if row else None


@query(Can.SEE_PLAN)
def plan_in_work(viewer: Actor, /, *, client_id: int) -> PlanRow | None:
    """Return the plan that is being written or waits for a signature."""
    row = Plan.objects.filter(client_id=client_id, signed_at=None, set_aside_at=None).first()
    return _plan(row) if row else None


@query(Can.SEE_PLAN)
def plan(viewer: Actor, /, *, client_id: int, plan_id: int) -> PlanRow:
    """Return one version of a client's plan."""
    return _plan(Plan.objects.get(pk=plan_id, client_id=client_id))


@query(Can.SEE_PLAN)
def versions(viewer: Actor, /, *, client_id: int) -> list[VersionRow]:
    """Return every version of a client's plan, newest first."""
    rows = Plan.objects.filter(client_id=client_id).order_by("-number")[:MOST_VERSIONS]
    return [VersionRow(row.pk, row.number, row.kind, row.started_at, row.signed_at, row.set_aside_at)
            for row in rows]


@query(Can.SEE_PLAN)
def changes_since(
    viewer: Actor, /, *, client_id: int, since: int, until: int
) -> ChangesRow | None:
    """Return what changed from version `since` to version `until`; None without both."""
    rows = {row.number: row
            for row in Plan.objects.filter(client_id=client_id, number__in={since, until})}
    if since not in rows or until not in rows:
        return None
    old, new = _plan(rows[since]), _plan(rows[until])
    (strengths,) = rules_change.compare([_strengths(old)], [_strengths(new)])
    return ChangesRow(old, new, rules_change.compare(_things(old), _things(new)), strengths)


@query(Can.SEE_PLAN)
def prescribed(viewer: Actor, /, *, of: Iterable[int], on: date) -> dict[int, Decimal]:
    """Return the prescribed hours a week of these clients on a day, in one query."""
    rows = PrescribedHours.objects.filter(client__in=set(of), from_day__lte=on)
    newest: dict[int, Decimal] = {}
    for client_id, hours in rows.order_by("from_day", "pk").values_list("client_id", "hours"):
        newest[client_id] = hours
    return newest


def _strengths(row: PlanRow) -> rules_change.Thing:
    return rules_change.Thing("strengths", {"What already works": row.strengths})


def _things(row: PlanRow) -> list[rules_change.Thing]:
    return [
        rules_change.Thing(
            problem.key, {"Problem": problem.words, "Goal": problem.goal},
            [rules_change.Thing(one.key, _texts(one)) for one in problem.objectives],
        ) for problem in row.problems
    ]


def _texts(one: ObjectiveRow) -> dict[str, str]:
    does = "\n".join(f"{who.who}: {who.words}{', ' if who.how_often else ''}{who.how_often}"
                     for who in one.interventions)
    until = one.target_on.strftime("%d %b %Y") if one.target_on else ""
    return {"Step": one.words, "How we see it": one.measure, "Until": until, "Who does what": does}


def _plan(row: Plan) -> PlanRow:
    problems = tuple(
        ProblemRow(p.pk, str(p.key), p.words, p.goal, p.need_id, objectives)
        for p, objectives in _problems(row)
    )
    addenda = Addendum.objects.filter(plan=row).order_by("added_at", "pk")
    cited = CitedReason.objects.filter(plan=row).order_by("reason_id")
    return PlanRow(
        row.pk, row.client_id, row.kind, row.number, row.strengths,
        tuple(cited.values_list("reason_id", flat=True)), row.started_at, row.clinician_signed_at,
        row.client_signed_at, row.signed_at, row.set_aside_at, row.set_aside_why,
        row.cosign_due and not row.cosigned_at, row.cosigner_id, row.clinician_id, row.version,
        problems, tuple(signatures_of("plan", [row.pk])[row.pk]),
        tuple((one.added_at, one.words) for one in addenda),
    )


def _problems(row: Plan) -> list[tuple[Problem, tuple[ObjectiveRow, ...]]]:
    does: dict[int, list[InterventionRow]] = {}
    for one in Intervention.objects.filter(plan=row).order_by("place", "pk"):
        does.setdefault(one.objective_id, []).append(InterventionRow(
            one.pk, one.words, one.who, one.how_often, one.practice, one.no_practice_why))
    progress = _progress(row.client_id)
    objectives: dict[int, list[ObjectiveRow]] = {}
    for step in Objective.objects.filter(plan=row).order_by("place", "pk"):
        objectives.setdefault(step.problem_id, []).append(ObjectiveRow(
            step.pk, str(step.key), step.words, step.library_words, step.measure, step.target_on,
            tuple(does.get(step.pk, ())), tuple(progress.get(str(step.key), ()))))
    return [(problem, tuple(objectives.get(problem.pk, ())))
            for problem in Problem.objects.filter(plan=row).order_by("place", "pk")]


def _progress(client_id: int) -> dict[str, list[ProgressRow]]:
    """Return the progress of a client's objectives by key, oldest first."""
    words = dict(Progress.STATE)
    found: dict[str, list[ProgressRow]] = {}
    rows = Progress.objects.filter(client_id=client_id).order_by("at", "pk")
    for key, state, said, at in rows.values_list(
        "objective__key", "state", "words", "at"
    )[:MOST_PROGRESS]:
        found.setdefault(str(key), []).append(ProgressRow(state, words[state], said, at))
    return found
