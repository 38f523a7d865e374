"""Writing, signing and renewing plans; prescribing hours."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import Conflict, command, may
from daybridge.care.assessment.queries import reasons_of
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.care.curriculum.queries import titles
from daybridge.care.placement.queries import stay_of
from daybridge.care.planning import queries, rows, rules
from daybridge.care.planning.library import came_from, slug_of
from daybridge.care.planning.models import (
    Addendum,
    CitedReason,
    Intervention,
    Objective,
    Plan,
    PrescribedHours,
    Problem,
)
from daybridge.kernel import text


class NotReady(ValueError):
    """The plan can't be saved or signed yet; the message says what to do next."""


@dataclass(frozen=True, slots=True)
class Does:
    """What somebody does for an objective: by a practice of the library, or why by none."""

    what: str
    who: str
    how_often: str = ""
    practice: str = ""
    no_practice_why: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """An objective as the editor sends it; `library` is the slug of the text it began from."""

    words: str
    measure: str
    target_on: date | None
    does: Sequence[Does] = ()
    library: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A problem with the client's goal and its steps, as the editor sends it."""

    words: str
    goal: str
    steps: Sequence[Step]
    need_id: int | None = None
    key: str = ""


@command(Can.WRITE_PLAN)
def start_plan(actor: Actor, /, *, client_id: int, at: datetime) -> int:
    """Begin the next plan: what is still open of the one before goes on. Twice is once."""
    open_one = Plan.objects.filter(client_id=client_id, signed_at=None, set_aside_at=None).first()
    if open_one is not None:
        return open_one.pk
    stay = stay_of(actor, client_id=client_id)
    if stay is None or stay.ended_at is not None:
        raise NotReady("There is no open stay. Admit the client first.")
    kinds = Plan.objects.filter(client_id=client_id, stay_id=stay.stay_id, set_aside_at=None)
    last = Plan.objects.filter(client_id=client_id).order_by("-number").first()
    former = queries.plan(actor, client_id=client_id, plan_id=last.pk) if last else None
    new = Plan.objects.create(
        client_id=client_id, stay_id=stay.stay_id, started_at=at,
        kind=rules.next_kind([rules.Kind(kind) for kind in kinds.values_list("kind", flat=True)]),
        number=last.number + 1 if last else 1, strengths=former.strengths if former else "",
    )
    if former is not None:
        _write(client_id, new.pk, _going_on(former), former.reason_ids)
    return new.pk


@command(Can.WRITE_PLAN)
def write_plan(
    actor: Actor, /, *, client_id: int, plan_id: int, items: Sequence[Item], version: int,
    at: datetime, strengths: str = "", reason_ids: Collection[int] = (),
) -> int:
    """Save the plan's words; somebody who saves an older version is shown both."""
    row = Plan.objects.select_for_update().get(pk=plan_id, client_id=client_id)
    if row.version != version:
        stored = queries.plan(actor, client_id=client_id, plan_id=plan_id)
        raise Conflict({"plan": stored.shown}, version=row.version)
    if row.clinician_signed_at or row.client_signed_at or row.set_aside_at:
        raise NotReady("Somebody has signed this plan: its words stand. Write an addendum, or set "
                       "this version aside and change the next one.")
    _check(actor, client_id, items, reason_ids, at)
    Problem.objects.filter(plan=row).delete()
    CitedReason.objects.filter(plan=row).delete()
    _write(client_id, plan_id, items, reason_ids)
    row.strengths = text.tidy_lines(strengths)
    row.version += 1
    row.save(update_fields=["version", "strengths"])
    return row.version


@command(Can.WRITE_PLAN)
def add_addendum(
    actor: Actor, /, *, client_id: int, plan_id: int, words: str, at: datetime
) -> None:
    """Add words to a signed plan."""
    said = text.tidy_lines(words)
    if not said:
        raise NotReady("Write what is added. The signed words stay as they are.")
    Plan.objects.get(pk=plan_id, client_id=client_id, signed_at__isnull=False)
    Addendum.objects.create(
        client_id=client_id, plan_id=plan_id, words=said, by_id=actor.user_id or 0, added_at=at,
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


def _check(
    actor: Actor, client_id: int, items: Sequence[Item], reason_ids: Collection[int],
    at: datetime,
) -> None:
    """Refuse what is too much, and needs, reasons and practices that aren't this client's."""
    if too_many := rules.too_many([[len(step.does) for step in item.steps] for item in items]):
        raise NotReady(too_many)
    needs = {item.need_id for item in items if item.need_id is not None}
    if (needs or reason_ids) and may(actor, Can.SEE_ASSESSMENT, client_id=client_id):
        known = {need.need_id for need in needs_of(actor, client_id=client_id, at=at)}
        said = {one.reason_id for one in reasons_of(actor, client_id=client_id)}
        if not needs <= known or not set(reason_ids) <= said:
            raise NotReady("A need or a reason is not on record for this client any more. Choose "
                           "from the list.")
    known_practices = titles(actor)
    for step in (step for item in items for step in item.steps):
        if any(one.practice and one.practice not in known_practices for one in step.does):
            raise NotReady("A practice is not in the library. Choose one from the list, or say why "
                           "there is none.")


def _write(
    client_id: int, plan_id: int, items: Sequence[Item], reason_ids: Collection[int]
) -> None:
    owner = {"client_id": client_id, "plan_id": plan_id}
    CitedReason.objects.bulk_create(
        CitedReason(**owner, reason_id=pk) for pk in sorted(set(reason_ids)))
    keys: set[UUID] = set()
    for place, item in enumerate(items):
        problem = Problem.objects.create(
            **owner, place=place, key=_key(item.key, keys), words=text.tidy(item.words),
            goal=text.tidy_lines(item.goal), need_id=item.need_id,
        )
        for order, step in enumerate(item.steps):
            words = text.tidy(step.words)
            objective = Objective.objects.create(
                **owner, problem=problem, place=order, key=_key(step.key, keys), words=words,
                library_words=came_from(words, step.library), measure=text.tidy(step.measure),
                target_on=step.target_on,
            )
            Intervention.objects.bulk_create(
                Intervention(
                    **owner, objective=objective, place=number, words=text.tidy(one.what),
                    who=text.tidy(one.who), how_often=text.tidy(one.how_often),
                    practice=one.practice,
                    no_practice_why="" if one.practice else text.tidy(one.no_practice_why),
                ) for number, one in enumerate(step.does)
            )


def _key(sent: str, taken: set[UUID]) -> UUID:
    """Return the key that goes on from the version before, or a new one; never one twice."""
    try:
        key = UUID(sent)
    except ValueError:
        key = uuid4()
    key = uuid4() if key in taken else key
    taken.add(key)
    return key


def _going_on(former: rows.PlanRow) -> list[Item]:
    """Return what the next version begins with: all but what is reached or left aside."""
    return [
        Item(one.words, one.goal, [_step(step) for step in one.objectives if not step.is_done],
             one.need_id, one.key)
        for one in former.problems
        if not one.objectives or not all(step.is_done for step in one.objectives)
    ]


def _step(one: rows.ObjectiveRow) -> Step:
    does = [Does(who.words, who.who, who.how_often, who.practice, who.no_practice_why)
            for who in one.interventions]
    library = slug_of(one.library_words)
    return Step(one.words, one.measure, one.target_on, does, library, one.key)
