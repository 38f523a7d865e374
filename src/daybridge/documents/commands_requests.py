"""Taking, extending and answering what clients ask about their record."""

from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.documents import rules_requests as rules
from daybridge.documents.models import Request, RequestAnswer, RequestExtension, Restriction
from daybridge.documents.rules_requests import Outcome, RequestKind
from daybridge.kernel import text


class NotPossible(ValueError):
    """It can't be done this way; the message says what to do."""


@command(Can.MAKE_REQUEST)
def make_request(
    actor: Actor, /, *, client_id: int, kind: RequestKind, words: str, received_on: date,
    party: str = "", today: date, at: datetime,
) -> int:
    """Write down what a client asks; the clock runs from the day we received it."""
    if received_on > today:
        raise NotPossible("It can't have come on a day that is still ahead.")
    if kind is RequestKind.RESTRICTION and not text.tidy(party):
        raise NotPossible("Write whom we shall tell nothing more.")
    if kind is RequestKind.AMENDMENT and not text.tidy(words):
        raise NotPossible("Write what is wrong in the record, and how it should read.")
    return Request.objects.create(
        client_id=client_id, kind=kind.value, words=text.tidy_lines(words), party=text.tidy(party),
        received_on=received_on, due_on=rules.due_on(received_on),
        entered_by_id=actor.user_id or 0, entered_at=at,
    ).pk


@command(Can.ANSWER_REQUEST)
def extend_request(
    actor: Actor, /, *, client_id: int, request_id: int, words: str, at: datetime
) -> None:
    """Take the one extension of 30 days; the words are what we wrote to the client."""
    row = _open(client_id, request_id)
    if RequestExtension.objects.filter(request=row).exists():
        raise NotPossible("It was extended once; a second time the law does not allow. Answer it now.")
    if not text.tidy(words):
        raise NotPossible("Write to the client why, and by which day they get the answer.")
    RequestExtension.objects.create(
        client_id=client_id, request=row, due_on=rules.extended(row.due_on),
        words=text.tidy_lines(words), by_id=actor.user_id or 0, at=at,
    )


@command(Can.ANSWER_REQUEST)
def answer_request(
    actor: Actor, /, *, client_id: int, request_id: int, outcome: Outcome, ground: str, words: str,
    at: datetime,
) -> None:
    """Answer a request; a restriction that is agreed to binds the door at once."""
    row = _open(client_id, request_id)
    kind = RequestKind(row.kind)
    wrong = rules.answer_faults(kind, outcome, ground, words)
    if wrong:
        raise NotPossible(" ".join(wrong))
    RequestAnswer.objects.create(
        client_id=client_id, request=row, outcome=outcome.value,
        ground="" if outcome is Outcome.GRANTED else ground, words=text.tidy_lines(words),
        by_id=actor.user_id or 0, at=at,
    )
    if kind is RequestKind.RESTRICTION and outcome is not Outcome.REFUSED:
        Restriction.objects.create(
            client_id=client_id, party=row.party, request_id=row.pk, agreed_at=at)


def _open(client_id: int, request_id: int) -> Request:
    row = Request.objects.filter(pk=request_id, client_id=client_id).first()
    if row is None:
        raise NotPossible("There is no such request.")
    if RequestAnswer.objects.filter(request=row).exists():
        raise NotPossible("It is answered already: the answer stands.")
    return row
