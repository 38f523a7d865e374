"""Writing the evaluation part by part, resuming it, finishing and signing it (S1)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import Conflict, command
from daybridge.access.signatures import Signer, sign
from daybridge.care.assessment import rules, steps
from daybridge.care.assessment.models import (
    Addendum,
    AreaRating,
    CriterionAnswer,
    Evaluation,
    SubstanceRating,
    Visit,
)
from daybridge.care.assessment.queries import licence_line, state_of
from daybridge.care.intake.commands import mark_evaluated
from daybridge.clinic.programme.queries import sites
from daybridge.clinic.tasks.commands import open_alert
from daybridge.kernel import text

Part = Literal["medical", "mental"]


class Signed(ValueError):
    """The evaluation is signed: only an addendum can be written."""


class Incomplete(ValueError):
    """Something that S1 asks for is missing; `lacks` names section and words."""

    def __init__(self, lacks: list[tuple[str, str]]) -> None:
        super().__init__("The evaluation is not complete yet.")
        self.lacks = lacks


class NotLicensed(ValueError):
    """Only somebody with a licence that is valid today signs an evaluation."""


class TooOld(ValueError):
    """An outside evaluation is older than 30 days, or not yet made."""


@command(Can.ASSESS)
def start_evaluation(actor: Actor, /, *, client_id: int, at: datetime) -> int:
    """Begin an evaluation, or go on with the one begun; each day and person is a visit."""
    row, _ = Evaluation.objects.exclude(state="signed").get_or_create(
        client_id=client_id,
        defaults={"evaluator_id": actor.user_id or 0, "started_at": at},
    )
    Visit.objects.get_or_create(
        evaluation=row, client_id=client_id, on=sites(actor)[0].day(at), by_id=actor.user_id or 0)
    return row.pk


@command(Can.ASSESS)
def save_substance(
    actor: Actor, /, *, client_id: int, evaluation_id: int, substance: str,
    answers: Sequence[str], as_prescribed: bool = False, last_use: str = "",
    frequency: str = "", route: str = "", words: str = "", at: datetime,
) -> int:
    """Save one substance: eleven answers are counted to a severity by the scorer."""
    row = _open(client_id, evaluation_id)
    met = [number for number, answer in enumerate(answers) if answer == "yes"]
    count = rules.counted(substance, met, as_prescribed=as_prescribed)
    rating, _ = SubstanceRating.objects.update_or_create(
        evaluation=row, client_id=client_id, substance=substance,
        defaults={
            "answers": list(answers), "as_prescribed": as_prescribed,
            "last_use": text.tidy(last_use)[:120], "frequency": text.tidy(frequency)[:120],
            "route": text.tidy(route)[:120], "words": text.tidy(words)[:120], "count": count,
            "severity": rules.severity(count).value, "scorer_version": rules.SCORER_VERSION,
        },
    )
    _reopen_if_lacking(row)
    return rating.pk


@command(Can.ASSESS)
def save_conditions(
    actor: Actor, /, *, client_id: int, evaluation_id: int, part: Part, found: str,
    words: str = "", version: int, at: datetime,
) -> None:
    """Save the medical or the mental part: what was found, or that none was found."""
    row = _open(client_id, evaluation_id)
    if row.version != version:
        raise Conflict({"found": getattr(row, part), "words": getattr(row, f"{part}_words")},
                       version=row.version,
                       labels={"found": "What was found", "words": "In words"},
                       choices=["found"])
    setattr(row, part, found)
    setattr(row, f"{part}_words", text.tidy_lines(words))
    row.version += 1
    row.save(update_fields=[part, f"{part}_words", "version"])
    _reopen_if_lacking(row)


@command(Can.ASSESS)
def save_areas(
    actor: Actor, /, *, client_id: int, evaluation_id: int,
    ratings: Mapping[str, tuple[int, str]], at: datetime,
) -> None:
    """Save ratings of the six areas with reasons; W, B or M = 4 opens an alert at once."""
    row = _open(client_id, evaluation_id)
    before = dict(AreaRating.objects.filter(evaluation=row).values_list("area", "rating"))
    found: list[steps.Emergency] = []
    for area, (rating, reason) in ratings.items():
        AreaRating.objects.update_or_create(
            evaluation=row, client_id=client_id, area=area,
            defaults={"rating": rating, "reason": text.tidy_lines(reason)})
        found += steps.of_area(area, rating, before.get(area))
    _raise_alarm(actor, row, found, at)


@command(Can.ASSESS)
def save_criteria(
    actor: Actor, /, *, client_id: int, evaluation_id: int,
    answers: Mapping[str, tuple[str, str]], at: datetime,
) -> None:
    """Save W1 and W2 criteria and flags, each yes, no or not known, with the reason why."""
    row = _open(client_id, evaluation_id)
    rows = CriterionAnswer.objects.filter(evaluation=row).values_list("key", "answer")
    before = dict(rows)
    found: list[steps.Emergency] = []
    for key, (answer, why) in answers.items():
        CriterionAnswer.objects.update_or_create(
            evaluation=row, client_id=client_id, key=key,
            defaults={"answer": answer, "why": text.tidy(why)[:500]})
        found += steps.of_answer(key, answer, before.get(key, ""))
    _raise_alarm(actor, row, found, at)


@command(Can.ASSESS)
def save_self_harm(
    actor: Actor, /, *, client_id: int, evaluation_id: int, answer: str, at: datetime
) -> None:
    """Save the answer about thoughts of self-harm; a yes opens an alert at once."""
    row = _open(client_id, evaluation_id)
    found = steps.of_answer("self_harm", answer, row.self_harm)
    row.self_harm = answer
    row.save(update_fields=["self_harm"])
    _raise_alarm(actor, row, found, at)


@command(Can.ASSESS)
def save_safety(
    actor: Actor, /, *, client_id: int, evaluation_id: int, self_harm: str, in_danger: str,
    at: datetime,
) -> None:
    """Save both safety questions of the evaluation; what is not asked stays as it was."""
    if self_harm != "not_asked":
        save_self_harm(actor, client_id=client_id, evaluation_id=evaluation_id,
                       answer=self_harm, at=at)
    if in_danger:
        save_criteria(actor, client_id=client_id, evaluation_id=evaluation_id,
                      answers={"imminent_danger": (in_danger, "")}, at=at)


@command(Can.ASSESS)
def take_over_outside(
    actor: Actor, /, *, client_id: int, evaluation_id: int, source: str, made_on: date,
    at: datetime,
) -> None:
    """Note that this evaluation rests on an outside one, looked at by the actor."""
    row = _open(client_id, evaluation_id)
    if not rules.may_take_over(made_on, sites(actor)[0].day(at)):
        raise TooOld("An outside evaluation can be taken over for 30 days. This one is older, "
                     "or its date lies ahead. Evaluate anew, or look at the date again.")
    row.outside_source, row.outside_on = text.tidy(source)[:200], made_on
    row.outside_reviewed_by_id = actor.user_id
    row.save(update_fields=["outside_source", "outside_on", "outside_reviewed_by"])


@command(Can.ASSESS)
def finish_evaluation(
    actor: Actor, /, *, client_id: int, evaluation_id: int, at: datetime
) -> None:
    """Call the evaluation complete, or raise Incomplete with exactly what is missing."""
    row = _open(client_id, evaluation_id)
    lacks = rules.missing(state_of(row))
    if lacks:
        raise Incomplete(lacks)
    if row.state == "draft":
        row.state, row.finished_at = "complete", at
        row.save(update_fields=["state", "finished_at"])
    mark_evaluated(actor, client_id=client_id, evaluated_at=at, at=at)


@command(Can.SIGN_EVALUATION)
def sign_evaluation(
    actor: Actor, /, *, client_id: int, evaluation_id: int, shown: str, at: datetime
) -> None:
    """Sign a complete evaluation; from then on nothing in it changes.

    The view has asked for the password (`signatures.is_really`).
    """
    row = _open(client_id, evaluation_id)
    lacks = rules.missing(state_of(row))
    if lacks:
        raise Incomplete(lacks)
    licence = licence_line(actor, sites(actor)[0].day(at))
    if licence is None:
        raise NotLicensed("Signing needs a licence that is valid today. Ask the clinical "
                          "supervisor to look it through and sign.")
    name, credential, number = licence
    sign(actor, client_id=client_id, kind="evaluation", object_id=row.pk, shown=shown,
         signer=Signer(name, credential, number), meaning="I made or reviewed this evaluation.",
         as_client=False, at=at)
    row.state, row.signed_at, row.finished_at = "signed", at, row.finished_at or at
    row.save(update_fields=["state", "signed_at", "finished_at"])
    mark_evaluated(actor, client_id=client_id, evaluated_at=row.finished_at, at=at)


@command(Can.ASSESS)
def add_addendum(
    actor: Actor, /, *, client_id: int, evaluation_id: int, words: str, at: datetime
) -> int:
    """Add words to an evaluation; the only way once it is signed."""
    row = Evaluation.objects.get(pk=evaluation_id, client_id=client_id)
    return Addendum.objects.create(
        client_id=client_id, evaluation=row, words=text.tidy_lines(words), at=at,
        by_id=actor.user_id or 0,
    ).pk


def _open(client_id: int, evaluation_id: int) -> Evaluation:
    row = Evaluation.objects.select_for_update().get(pk=evaluation_id, client_id=client_id)
    if row.state == "signed":
        raise Signed("This evaluation is signed and stands. Write an addendum instead.")
    return row


def _reopen_if_lacking(row: Evaluation) -> None:
    """Make a complete evaluation a draft again when a change has left a hole in it."""
    if row.state == "complete" and rules.missing(state_of(row)):
        row.state, row.finished_at = "draft", None
        row.save(update_fields=["state", "finished_at"])


def _raise_alarm(
    actor: Actor, row: Evaluation, found: Iterable[steps.Emergency], at: datetime
) -> None:
    for one in found:
        open_alert(
            actor, client_id=row.client_id, kind="alert", title=one.title, why=one.steps,
            clock_minutes=one.minutes, source_kind=f"assessment.emergency.{one.key}",
            source_id=str(row.pk), at=at,
        )
