"""Reading evaluations, needs, reasons and readiness."""

from collections.abc import Mapping
from datetime import date

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.access.signatures import signatures_of
from daybridge.care.assessment import rules, steps
from daybridge.care.assessment.models import (
    Addendum,
    AreaRating,
    CriterionAnswer,
    Evaluation,
    Readiness,
    Reason,
    SubstanceRating,
    Visit,
)
from daybridge.care.assessment.rows import (
    AddendumRow,
    AreaRow,
    CriterionRow,
    EvaluationRow,
    RatingsAndFlags,
    ReasonRow,
    RulerRow,
    SignedLine,
    SubstanceRow,
)
from daybridge.clinic.people.queries import StaffRow, staff_by_user, staff_lines

TITLES = {**rules.BENEFITS, **rules.UNSUITED, **rules.OTHER_FLAGS}
MOST = 200


@query(Can.SEE_ASSESSMENT)
def evaluation_of(viewer: Actor, /, *, client_id: int) -> EvaluationRow | None:
    """Return the client's newest evaluation with all parts, or None."""
    row = _newest(client_id)
    if row is None:
        return None
    addenda = list(Addendum.objects.filter(evaluation=row).order_by("at", "pk")[:MOST])
    people = staff_by_user(viewer, user_ids={
        user for user in (row.evaluator_id, row.outside_reviewed_by_id,
                          *(one.by_id for one in addenda)) if user is not None})
    state = state_of(row)
    signed = signatures_of("evaluation", [row.pk])[row.pk]
    return EvaluationRow(
        evaluation_id=row.pk, client_id=client_id, state=row.state,
        evaluator=_line(people, row.evaluator_id), started_at=row.started_at,
        finished_at=row.finished_at, signed_at=row.signed_at,
        visits=Visit.objects.filter(evaluation=row).count(),
        medical=row.medical, medical_words=row.medical_words, mental=row.mental,
        mental_words=row.mental_words, self_harm=row.self_harm,
        outside_source=row.outside_source, outside_on=row.outside_on,
        outside_reviewed_by=_line(people, row.outside_reviewed_by_id), version=row.version,
        substances=_substances(row), areas=_areas(row), criteria=_criteria(row),
        lacks=tuple(rules.missing(state)),
        addenda=tuple(AddendumRow(a.words, a.at, _line(people, a.by_id)) for a in addenda),
        signature=SignedLine(signed[0].name, signed[0].credential, signed[0].licence,
                             signed[0].signed_at) if signed else None,
    )


@query(Can.SEE_ASSESSMENT)
def is_complete_and_signed(viewer: Actor, /, *, client_id: int) -> bool:
    """Tell whether the client has an evaluation that is complete and signed (S1)."""
    return Evaluation.objects.filter(client_id=client_id, state="signed").exists()


@query(Can.SEE_ASSESSMENT)
def ratings_and_flags(viewer: Actor, /, *, client_id: int) -> RatingsAndFlags | None:
    """Return ratings and the flags answered yes of the newest evaluation, or None."""
    row = _newest(client_id)
    if row is None:
        return None
    answers = list(CriterionAnswer.objects.filter(evaluation=row).order_by("key"))
    yes = {one.key for one in answers if one.answer == "yes"}
    return RatingsAndFlags(
        evaluation_id=row.pk,
        ratings=dict(AreaRating.objects.filter(evaluation=row).values_list("area", "rating")),
        flags=frozenset(yes), whys={one.key: one.why for one in answers if one.why},
        not_known=frozenset(one.key for one in answers if one.answer == "not_known"),
        is_signed=row.state == "signed",
    )


@query(Can.SEE_ASSESSMENT)
def emergencies_of(viewer: Actor, /, *, client_id: int) -> list[steps.Emergency]:
    """Return what in the newest evaluation calls for emergency steps, with the steps."""
    row = _newest(client_id)
    if row is None:
        return []
    areas = AreaRating.objects.filter(evaluation=row, rating=rules.FULL).order_by("area")
    found = [steps.STEPS[one.area] for one in areas if one.area in steps.AREAS_WITH_EMERGENCIES]
    if CriterionAnswer.objects.filter(
        evaluation=row, key="imminent_danger", answer="yes"
    ).exists():
        found.append(steps.STEPS["imminent_danger"])
    if row.self_harm == "yes":
        found.append(steps.STEPS["self_harm"])
    return found


@query(Can.SEE_ASSESSMENT)
def reasons_of(viewer: Actor, /, *, client_id: int) -> list[ReasonRow]:
    """Return the person's reasons, newest first."""
    rows = list(Reason.objects.filter(client_id=client_id, ended_at=None)
                .order_by("-said_at", "-pk")[:MOST])
    lines = staff_lines(viewer, user_ids={row.written_by_id for row in rows})
    return [ReasonRow(row.pk, row.words, row.said_at, row.by_client,
                      lines.get(row.written_by_id, "")) for row in rows]


@query(Can.SEE_ASSESSMENT)
def readiness_of(viewer: Actor, /, *, client_id: int) -> list[RulerRow]:
    """Return the rulers, oldest first, at most the last 52."""
    rows = Readiness.objects.filter(client_id=client_id).order_by("-at", "-pk")[:52]
    return [RulerRow(row.at, row.importance, row.confidence, row.readiness)
            for row in reversed(rows)]


@query(Can.SEE_ASSESSMENT)
def client_ids_without_reasons(viewer: Actor, /, *, client_ids: list[int]) -> list[int]:
    """Return those of these clients of whom no reason is written down."""
    known = set(Reason.objects.filter(client_id__in=client_ids, ended_at=None)
                .values_list("client_id", flat=True))
    return [client for client in client_ids if client not in known]


def state_of(row: Evaluation) -> rules.State:
    """Return what the evaluation holds so far, for the rules."""
    criteria = CriterionAnswer.objects.filter(evaluation=row).values_list("key", "answer")
    return rules.State(
        rated_substances=list(SubstanceRating.objects.filter(evaluation=row)
                              .order_by("substance").values_list("substance", flat=True)),
        medical_answered=bool(row.medical), mental_answered=bool(row.mental),
        areas=dict(AreaRating.objects.filter(evaluation=row).values_list("area", "rating")),
        criteria=dict(criteria),
    )


def licence_line(actor: Actor, day: date) -> tuple[str, str, str] | None:
    """Return name, credential and the licence of the actor that is valid that day, or None."""
    staff = staff_by_user(actor, user_ids={actor.user_id or 0}).get(actor.user_id or 0)
    if staff is None:
        return None
    valid = [one for one in staff.licences if one.valid_from <= day <= one.valid_until]
    if not valid:
        return None
    newest = valid[-1]
    return staff.name, staff.credential, f"{newest.kind} {newest.number}, {newest.state}"


def _newest(client_id: int) -> Evaluation | None:
    return Evaluation.objects.filter(client_id=client_id).order_by("-started_at", "-pk").first()


def _substances(row: Evaluation) -> tuple[SubstanceRow, ...]:
    rows = SubstanceRating.objects.filter(evaluation=row).order_by("-count", "substance")
    return tuple(
        SubstanceRow(one.substance, rules.SUBSTANCES.get(one.substance, one.substance), one.words,
                     tuple(one.answers), one.as_prescribed, one.last_use, one.frequency,
                     one.route, one.count, one.severity) for one in rows)


def _areas(row: Evaluation) -> tuple[AreaRow, ...]:
    rated = {one.area: one for one in AreaRating.objects.filter(evaluation=row)}
    return tuple(
        AreaRow(area, title, rated[area].rating if area in rated else None,
                rated[area].reason if area in rated else "")
        for area, title in rules.AREAS.items())


def _criteria(row: Evaluation) -> tuple[CriterionRow, ...]:
    known = {one.key: one for one in CriterionAnswer.objects.filter(evaluation=row)}
    return tuple(
        CriterionRow(key, title, known[key].answer if key in known else "",
                     known[key].why if key in known else "")
        for key, title in TITLES.items())


def _line(people: Mapping[int, StaffRow], user_id: int | None) -> str:
    return people[user_id].line if user_id is not None and user_id in people else ""
