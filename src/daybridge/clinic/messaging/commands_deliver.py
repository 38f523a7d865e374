"""The messenger's work: claim, and afterwards write down what came of it.

A claim is committed before anything leaves the house. If the program stops in between, the
claim stays and is shown as "not known whether sent"; only a person lets it go out again.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db.models import Q, QuerySet

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.clinic.messaging import rules, rules_words
from daybridge.clinic.messaging.models import Message
from daybridge.clinic.messaging.queries import quiet_hours
from daybridge.clinic.messaging.receivers import AT_WORK, Point, points_of, why_not
from daybridge.clinic.messaging.rules import State, Via

UNREADABLE = "Its code can no longer be read. A new one is made where the person asks for it."


class NotClaimed(ValueError):
    """Nobody is sending this message."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed message, ready to leave the house."""

    message_id: uuid.UUID
    via: Via
    to: str
    subject: str
    body: str


@command(Can.DELIVER_MESSAGES)
def claim(actor: Actor, /, *, at: datetime) -> Letter | None:
    """Take the next message that is due, once only; None when nothing is.

    Permission is asked again here: what was agreed yesterday may be withdrawn today.
    """
    due = _due(actor, at)
    while (row := due.first()) is not None:
        letter = _letter(row, at)
        if letter is None:
            continue
        row.state, row.claimed_at, row.attempts = State.CLAIMED, at, row.attempts + 1
        row.error = ""
        row.save(update_fields=["state", "claimed_at", "attempts", "error"])
        return letter
    return None


@command(Can.DELIVER_MESSAGES)
def mark_sent(actor: Actor, /, *, message_id: uuid.UUID, reference: str, at: datetime) -> None:
    """Write down that the provider has it; a code is forgotten now."""
    row = _claimed(message_id)
    row.state, row.reference, row.done_at, row.sealed = State.SENT, reference[:120], at, ""
    row.save(update_fields=["state", "reference", "done_at", "sealed"])


@command(Can.DELIVER_MESSAGES)
def mark_failed(
    actor: Actor, /, *, message_id: uuid.UUID, error: str, may_help: bool, at: datetime
) -> None:
    """Write down that it did not go out; it waits again while another try may help."""
    row = _claimed(message_id)
    again = rules.next_try(row.attempts, at) if may_help else None
    row.error = error[:200]
    if again is None:
        row.state, row.done_at = State.FAILED, at
    else:
        row.state, row.due_at, row.claimed_at = State.WAITING, again, None
    row.save(update_fields=["state", "error", "done_at", "due_at", "claimed_at"])


@command(Can.DELIVER_MESSAGES)
def mark_unsure(actor: Actor, /, *, message_id: uuid.UUID, error: str, at: datetime) -> None:
    """Write down that no answer came: the claim stays, nothing goes out by itself."""
    row = _claimed(message_id)
    row.error = f"{error} {rules.NO_ANSWER}"[:200]
    row.save(update_fields=["error"])


def _due(actor: Actor, at: datetime) -> QuerySet[Message]:
    rows = Message.objects.filter(state=State.WAITING, due_at__lte=at)
    if quiet_hours(actor, at=at).holds(at):
        rows = rows.filter(Q(via=Via.EMAIL) | Q(any_hour=True))
    return rows.order_by("due_at", "pk").select_for_update(skip_locked=True)


def _letter(row: Message, at: datetime) -> Letter | None:
    """Return what is sent and where to; None when the message is withheld instead."""
    via, points = Via(row.via), [Point(row.address, AT_WORK)]
    if row.client_id is not None:
        points = points_of(row.client_id, via, at=at)
    is_late = row.until_at is not None and row.until_at <= at
    why = rules.TOO_LATE if is_late else why_not(via, points)
    body = _body(row)
    if why or body is None:
        _withhold(row, why or UNREADABLE, at)
        return None
    to = next(point.value for point in points if rules.allows(point.permission))
    return Letter(row.pk, via, to, rules_words.SUBJECT[row.language], body)


def _body(row: Message) -> str | None:
    if not row.sealed:
        return row.body
    try:
        return Fernet(settings.FIELD_KEY).decrypt(row.sealed.encode()).decode()
    except InvalidToken:
        return None


def _withhold(row: Message, why: str, at: datetime) -> None:
    row.state, row.error, row.done_at, row.sealed = State.WITHHELD, why, at, ""
    row.save(update_fields=["state", "error", "done_at", "sealed"])


def _claimed(message_id: uuid.UUID) -> Message:
    row = Message.objects.select_for_update().get(pk=message_id)
    if row.state != State.CLAIMED:
        raise NotClaimed(f"Message {message_id} is {row.state}.")
    return row
