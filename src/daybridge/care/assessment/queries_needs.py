"""Reading needs with their one current answer."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.assessment import rules
from daybridge.care.assessment import rules_needs as needs
from daybridge.care.assessment.models import CriterionAnswer, Evaluation, Need, NeedAnswer
from daybridge.care.assessment.rows import AnswerRow, NeedRow
from daybridge.clinic.people.queries import staff_lines
from daybridge.clinic.programme.queries import sites

MOST = 200
NO_ANSWER = "none_yet"


@query(Can.SEE_ASSESSMENT)
def needs_of(viewer: Actor, /, *, client_id: int, at: datetime) -> list[NeedRow]:
    """Return the needs: those without a current answer first, urgent ones on top, by domain."""
    rows = list(Need.objects.filter(client_id=client_id).order_by("found_at", "pk")[:MOST])
    answers: dict[int, list[NeedAnswer]] = {row.pk: [] for row in rows}
    for one in NeedAnswer.objects.filter(client_id=client_id).order_by("from_at", "pk"):
        if one.need_id in answers:
            answers[one.need_id].append(one)
    people = staff_lines(viewer, user_ids={
        user for row in rows for user in (row.found_by_id, *(a.by_id for a in answers[row.pk]))
        if user is not None})
    today = sites(viewer)[0].day(at)
    found = [_row(row, answers[row.pk], people, today, at) for row in rows]
    return sorted(found, key=_first)


@query(Can.SEE_ASSESSMENT)
def open_counts(viewer: Actor, /, *, of: Collection[int], on: date) -> dict[int, int]:
    """Return how many needs of each of these clients have no current answer."""
    held = NeedAnswer.objects.filter(need=OuterRef("pk"), until_at=None).filter(
        ~Q(answer=needs.Answer.DEFERRED) | Q(again_on__gt=on))
    found: dict[int, int] = {}
    for client_id in Need.objects.filter(~Exists(held), client_id__in=of).values_list(
            "client_id", flat=True).order_by("client_id", "pk"):
        found[client_id] = found.get(client_id, 0) + 1
    return found


@query(Can.SEE_ASSESSMENT)
def with_criterion(viewer: Actor, /, *, of: Collection[int], key: str) -> dict[int, bool]:
    """Return yes or no to one criterion in each client's newest evaluation; not known is left out."""
    newest = Evaluation.objects.filter(client_id__in=of).order_by(
        "client_id", "-started_at", "-pk").distinct("client_id").values("pk")
    rows = CriterionAnswer.objects.filter(evaluation__in=newest, key=key, answer__in=("yes", "no"))
    return {client_id: answer == "yes" for client_id, answer in rows.values_list("client_id", "answer")}


def _first(row: NeedRow) -> tuple[bool, int, int, datetime, int]:
    order = {domain: place for place, domain in enumerate(rules.NEED_DOMAINS)}
    press = {"high": 0, "soon": 1, "routine": 2}
    return (not row.is_open, press[row.urgency] if row.is_open else 0,
            order.get(row.domain, len(order)), row.found_at, row.need_id)


def _row(
    row: Need, answers: list[NeedAnswer], people: dict[int, str], today: date, at: datetime
) -> NeedRow:
    now = next((one for one in answers if one.until_at is None), None)
    former = [one for one in answers if one is not now]
    held = needs.Current(needs.Answer(now.answer), now.again_on) if now else None
    stands = needs.standing(held, today, had_one=bool(former))
    last = former[-1] if former and now is None else None
    since = last.until_at if last is not None and last.until_at else row.found_at
    return NeedRow(
        need_id=row.pk, client_id=row.client_id, domain=row.domain, words=row.words, urgency=row.urgency,
        answer=now.answer if now else NO_ANSWER,
        answer_words=needs.ANSWER_WORDS[needs.Answer(now.answer)] if now else "no answer yet",
        how=now.words if now else "", found_at=row.found_at,
        found_by=row.source_words or people.get(row.found_by_id or 0, ""), standing=stands.value,
        answer_id=now.pk if now else 0, answered_at=now.from_at if now else None,
        answered_by=people.get(now.by_id or 0, "") if now else "",
        again_on=now.again_on if now else None, referral_id=now.referral_id if now else None,
        open_since=since, days_open=needs.days_open(since, at),
        ended_why=last.ended_why if last else "",
        former=tuple(AnswerRow(
            needs.ANSWER_WORDS[needs.Answer(one.answer)], one.words, one.from_at, one.until_at,
            one.ended_why, people.get(one.by_id or 0, "")) for one in reversed(former)),
    )
