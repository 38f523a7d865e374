"""Reading plans and prescribed hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.access.signatures import Signed, signatures_of
from daybridge.care.placement.queries import StayRow, stays_in_care
from daybridge.care.planning import rules
from daybridge.care.planning.models import (
    Addendum,
    Intervention,
    Objective,
    Plan,
    PrescribedHours,
    Problem,
)
from daybridge.clinic.programme.queries import setting


@dataclass(frozen=True, slots=True)
class InterventionRow:
    """Who does what."""

    intervention_id: int
    words: str
    who: str
    how_often: str


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """A step that can be seen."""

    objective_id: int
    words: str
    measure: str
    target_on: date | None
    state: str
    interventions: tuple[InterventionRow, ...]


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem, the client's goal, the steps."""

    problem_id: int
    words: str
    goal: str
    cites_reason: bool
    objectives: tuple[ObjectiveRow, ...]
    need_id: int | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One version of a plan with everything in it."""

    plan_id: int
    client_id: int
    kind: str
    number: int
    started_at: datetime
    clinician_signed_at: datetime | None
    client_signed_at: datetime | None
    signed_at: datetime | None
    version: int
    problems: tuple[ProblemRow, ...]
    signatures: tuple[Signed, ...]
    addenda: tuple[tuple[datetime, str], ...]

    @property
    def is_frozen(self) -> bool:
        """Tell whether somebody has signed: then the words stand."""
        return bool(self.clinician_signed_at or self.client_signed_at)

    @property
    def lacks(self) -> list[str]:
        """Return what the plan still lacks."""
        return rules.lacks([_rule_problem(p) for p in self.problems], rules.Kind(self.kind))

    @property
    def shown(self) -> str:
        """Return the plan's words, exactly as they are signed."""
        lines = [f"Plan {self.number}, {self.kind}"]
        for problem in self.problems:
            lines += [f"Problem: {problem.words}", f"Goal: {problem.goal}"]
            for objective in problem.objectives:
                lines.append(f"Objective: {objective.words} | {objective.measure} | "
                             f"{objective.target_on or ''}")
                lines += [f"{one.who}: {one.words} {one.how_often}" for one in objective.interventions]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class DueRow:
    """A plan that is due: whose, which, until when."""

    client_id: int
    kind: str
    due_on: date
    days_over: int


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
    row = Plan.objects.filter(client_id=client_id, signed_at=None).first()
    return _plan(row) if row else None


@query(Can.SEE_PLAN)
def plan(viewer: Actor, /, *, client_id: int, plan_id: int) -> PlanRow:
    """Return one version of a client's plan."""
    return _plan(Plan.objects.get(pk=plan_id, client_id=client_id))


@query(Can.SEE_PLAN)
def prescribed(viewer: Actor, /, *, of: Iterable[int], on: date) -> dict[int, Decimal]:
    """Return the prescribed hours a week of these clients on a day, in one query."""
    rows = PrescribedHours.objects.filter(client__in=set(of), from_day__lte=on)
    newest: dict[int, Decimal] = {}
    for client_id, hours in rows.order_by("from_day", "pk").values_list("client_id", "hours"):
        newest[client_id] = hours
    return newest


@query(Can.SEE_PLAN)
def plans_due(viewer: Actor, /, *, on: date, within_days: int = 3) -> list[DueRow]:
    """Return the plans due soon or overdue of the stays the viewer sees, worst first."""
    stays = stays_in_care(viewer)
    signed: dict[int, list[Plan]] = {}
    for row in Plan.objects.filter(client__in=[s.client_id for s in stays], signed_at__isnull=False):
        signed.setdefault(row.client_id, []).append(row)
    full = setting(viewer, key="full_plan_days", on=on)
    review = setting(viewer, key="plan_review_days", on=on)
    due = [_due(stay, signed.get(stay.client_id, []), on, full, review) for stay in stays]
    return sorted(
        (row for row in due if row.days_over >= -within_days),
        key=lambda row: (-row.days_over, row.client_id),
    )


def _due(stay: StayRow, signed: list[Plan], on: date, full: int, review: int) -> DueRow:
    of_stay = [row for row in signed if row.stay_id == stay.stay_id]
    kind = rules.next_kind([rules.Kind(row.kind) for row in of_stay])
    last = max((row.signed_at for row in of_stay if row.signed_at), default=None)
    due_on = rules.due_on(
        kind, admitted_on=stay.admitted_at.date(), last_signed_on=last.date() if last else None,
        full_days=full, review_days=review,
    )
    return DueRow(stay.client_id, kind, due_on, (on - due_on).days)


def _rule_problem(row: ProblemRow) -> rules.Problem:
    return rules.Problem(
        row.words, row.goal,
        [rules.Objective(one.words, one.measure, one.target_on, len(one.interventions))
         for one in row.objectives],
    )


def _plan(row: Plan) -> PlanRow:
    steps: dict[int, list[InterventionRow]] = {}
    for one in Intervention.objects.filter(plan=row).order_by("place", "pk"):
        steps.setdefault(one.objective_id, []).append(
            InterventionRow(one.pk, one.words, one.who, one.how_often)
        )
    objectives: dict[int, list[ObjectiveRow]] = {}
    for step in Objective.objects.filter(plan=row).order_by("place", "pk"):
        objectives.setdefault(step.problem_id, []).append(
            ObjectiveRow(step.pk, step.words, step.measure, step.target_on, step.state,
                         tuple(steps.get(step.pk, ())))
        )
    problems = tuple(
        ProblemRow(p.pk, p.words, p.goal, p.cites_reason, tuple(objectives.get(p.pk, ())), p.need_id)
        for p in Problem.objects.filter(plan=row).order_by("place", "pk")
    )
    addenda = Addendum.objects.filter(plan=row).order_by("added_at", "pk")
    return PlanRow(
        row.pk, row.client_id, row.kind, row.number, row.started_at, row.clinician_signed_at,
        row.client_signed_at, row.signed_at, row.version, problems,
        tuple(signatures_of("plan", [row.pk])[row.pk]),
        tuple((one.added_at, one.words) for one in addenda),
    )
