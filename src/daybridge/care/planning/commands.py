"""Writing, signing and renewing plans; prescribing hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import Conflict, command
from daybridge.access.signatures import Signer, sign
from daybridge.care.placement.queries import stay_of
from daybridge.care.planning import queries, rules
from daybridge.care.planning.models import (
    Addendum,
    Intervention,
    Objective,
    Plan,
    PrescribedHours,
    Problem,
)
from daybridge.kernel import text


class NotReady(ValueError):
    """The plan can't be signed yet; the message lists what it lacks."""


@dataclass(frozen=True, slots=True)
class Step:
    """An objective with the one thing somebody does for it, as the editor sends it."""

    words: str
    measure: str
    target_on: date | None
    who: str
    what: str
    how_often: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A problem with the client's goal and its steps, as the editor sends it."""

    words: str
    goal: str
    steps: Sequence[Step]
    need_id: int | None = None
    cites_reason: bool = False


@command(Can.WRITE_PLAN)
def start_plan(actor: Actor, /, *, client_id: int, at: datetime) -> int:
    """Begin the next plan; it starts as a copy of the one in force. Twice is once."""
    open_one = Plan.objects.filter(client_id=client_id, signed_at=None).first()
    if open_one is not None:
        return open_one.pk
    stay = stay_of(actor, client_id=client_id)
    if stay is None or stay.ended_at is not None:
        raise NotReady("There is no open stay. Admit the client first.")
    kinds = Plan.objects.filter(client_id=client_id, stay_id=stay.stay_id)
    last = Plan.objects.filter(client_id=client_id).order_by("-number").first()
    new = Plan.objects.create(
        client_id=client_id, stay_id=stay.stay_id, started_at=at,
        kind=rules.next_kind([rules.Kind(kind) for kind in kinds.values_list("kind", flat=True)]),
        number=last.number + 1 if last else 1,
    )
    former = queries.plan_in_force(actor, client_id=client_id)
    if former is not None:
        _write(client_id, new.pk, [_copied(problem) for problem in former.problems])
    return new.pk


@command(Can.WRITE_PLAN)
def write_plan(
    actor: Actor, /, *, client_id: int, plan_id: int, items: Sequence[Item], version: int,
    at: datetime,
) -> int:
    """Save the plan's words; somebody who saves an older version is shown both."""
    row = Plan.objects.select_for_update().get(pk=plan_id, client_id=client_id)
    if row.version != version:
        stored = queries.plan(actor, client_id=client_id, plan_id=plan_id)
        raise Conflict({"plan": stored.shown}, version=row.version)
    if row.clinician_signed_at or row.client_signed_at:
        raise NotReady("Somebody has signed this plan: its words stand. Write an addendum.")
    Problem.objects.filter(plan=row).delete()
    _write(client_id, plan_id, items)
    row.version += 1
    row.save(update_fields=["version"])
    return row.version


@command(Can.SIGN_PLAN)
def sign_as_clinician(
    actor: Actor, /, *, client_id: int, plan_id: int, signer: Signer, at: datetime
) -> None:
    """Sign the plan as the clinician (the page has asked for the password again)."""
    _sign(actor, client_id, plan_id, signer, at, as_client=False)


@command(Can.SIGN_OWN_PLAN)
def sign_as_client(
    actor: Actor, /, *, client_id: int, plan_id: int, name: str, at: datetime
) -> None:
    """Sign the plan as the client: on their own account, or on a clinician's device."""
    _sign(actor, client_id, plan_id, Signer(name), at, as_client=True)


def _sign(
    actor: Actor, client_id: int, plan_id: int, signer: Signer, at: datetime, *, as_client: bool
) -> None:
    row = Plan.objects.select_for_update().get(pk=plan_id, client_id=client_id)
    stored = queries.plan(actor, client_id=client_id, plan_id=plan_id)
    if stored.lacks:
        raise NotReady(" ".join(stored.lacks))
    if as_client:
        row.client_signed_at = row.client_signed_at or at
    else:
        row.clinician_signed_at = row.clinician_signed_at or at
    if row.client_signed_at and row.clinician_signed_at:
        row.signed_at = at
    row.version += 1
    row.save()
    sign(actor, client_id=client_id, kind="plan", object_id=plan_id, shown=stored.shown,
         signer=signer, meaning="treatment plan", as_client=as_client, at=at)


@command(Can.WRITE_PLAN)
def add_addendum(
    actor: Actor, /, *, client_id: int, plan_id: int, words: str, at: datetime
) -> None:
    """Add words to a signed plan."""
    Plan.objects.get(pk=plan_id, client_id=client_id, signed_at__isnull=False)
    Addendum.objects.create(
        client_id=client_id, plan_id=plan_id, words=text.tidy_lines(words),
        by_id=actor.user_id or 0, added_at=at,
    )


@command(Can.WRITE_PLAN)
def prescribe_hours(
    actor: Actor, /, *, client_id: int, hours: Decimal, from_day: date, reason: str, at: datetime
) -> int:
    """Prescribe contact hours a week from a day on; the past stays as it was."""
    if not 0 < hours <= 60:  # noqa: PLR2004 - as the database says
        raise NotReady("Hours a week are more than 0 and at most 60.")
    return PrescribedHours.objects.create(
        client_id=client_id, hours=hours, from_day=from_day, reason=text.tidy(reason),
        by_id=actor.user_id or 0, entered_at=at,
    ).pk


def _write(client_id: int, plan_id: int, items: Sequence[Item]) -> None:
    for place, item in enumerate(items):
        problem = Problem.objects.create(
            client_id=client_id, plan_id=plan_id, place=place, words=text.tidy(item.words),
            goal=text.tidy_lines(item.goal), need_id=item.need_id, cites_reason=item.cites_reason,
        )
        for order, step in enumerate(item.steps):
            objective = Objective.objects.create(
                client_id=client_id, plan_id=plan_id, problem=problem, place=order,
                words=text.tidy(step.words), measure=text.tidy(step.measure),
                target_on=step.target_on,
            )
            if step.what.strip():
                Intervention.objects.create(
                    client_id=client_id, plan_id=plan_id, objective=objective,
                    words=text.tidy(step.what), who=text.tidy(step.who),
                    how_often=text.tidy(step.how_often),
                )


def _copied(problem: queries.ProblemRow) -> Item:
    steps = [
        Step(one.words, one.measure, one.target_on,
             one.interventions[0].who if one.interventions else "",
             one.interventions[0].words if one.interventions else "",
             one.interventions[0].how_often if one.interventions else "")
        for one in problem.objectives
    ]
    return Item(problem.words, problem.goal, steps, cites_reason=problem.cites_reason)
