"""Putting a message into the outbox, and what people do with it there.

Other code calls `queue` (a client) or `queue_to_address` (staff, or somebody who has just
asked for help). Both write a row even when the message must not go out, with the reason.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.fernet import Fernet
from django.conf import settings

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command, may
from daybridge.clinic.messaging import rules, rules_words
from daybridge.clinic.messaging.models import Message
from daybridge.clinic.messaging.queries import quiet_hours
from daybridge.clinic.messaging.receivers import AT_WORK, Point, points_of, why_not
from daybridge.clinic.messaging.rules import Permission, State, Via
from daybridge.clinic.messaging.rules_words import WORDINGS, Template
from daybridge.clinic.people import queries as people
from daybridge.clinic.programme import queries as programme

OURS = uuid.UUID("5f3f5b0e-6d0b-4a53-9f43-6f3b7a2a2f10")


class NotPossible(ValueError):
    """This can't be done with the message; the words say why."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a message says: a template, its pieces, and for how long it is of use.

    `once` names the occasion (as "reminder:123"): the same occasion is one message.
    """

    template: Template
    pieces: Mapping[str, str]
    due_at: datetime
    until: datetime | None = None
    is_safety: bool = False
    once: str = ""


@command(Can.SEND_MESSAGE)
def queue(
    actor: Actor, /, *, client_id: int, via: Via, note: Note, language: str | None = None,
    at: datetime,
) -> uuid.UUID:
    """Queue neutral words to a client, or write down why they are withheld.

    Without a language it is the client's own where the actor may know it, else English.
    """
    spoken = language or _language(actor, client_id)
    row = _message(actor, via, note, language=spoken, at=at)
    row.client_id = client_id
    return _put(row, why_not(via, points_of(client_id, via, at=at)), at)


@command(Can.SEND_MESSAGE)
def queue_to_address(
    actor: Actor, /, *, user_id: int | None, address: str, permission: Permission, via: Via,
    note: Note, language: str, at: datetime,
) -> uuid.UUID:
    """Queue neutral words to a member of staff (AT_WORK) or to somebody who asked for help.

    Who is not yet a client has said on the form what is allowed: the caller passes it on.
    """
    row = _message(actor, via, note, language=language, at=at)
    why = why_not(via, [Point(address, permission)] if address else [])
    row.user_id, row.address = user_id, address if rules.allows(permission) else ""
    return _put(row, why, at)


@command(Can.SEND_MESSAGE)
def send_again(actor: Actor, /, *, message_id: uuid.UUID, at: datetime) -> None:
    """Let a message wait once more that was not sent, or of which nobody knows: a person decides."""
    row = Message.objects.select_for_update().get(pk=message_id)
    shown = rules.shown_state(
        State(row.state), claimed_at=row.claimed_at, error=row.error, at=at)
    if shown in (rules.Shown.WAITING, rules.Shown.SENDING, rules.Shown.SENT):
        raise NotPossible(f"This message is {shown}. Look at the list again.")
    if WORDINGS[Template(row.template)].secret and not row.sealed:
        raise NotPossible("Its code is gone. A new one is made where the person asks for it.")
    if row.until_at is not None and row.until_at <= at:
        raise NotPossible(rules.TOO_LATE)
    why = _why(row, at)
    if why:
        raise NotPossible(why)
    row.state, row.error, row.attempts, row.claimed_at, row.done_at = (
        State.WAITING, "", 0, None, None)
    row.due_at = _not_before(actor, row, at, at)
    row.save(update_fields=["state", "error", "attempts", "claimed_at", "done_at", "due_at"])


@command(Can.SEND_MESSAGE)
def take_back(actor: Actor, /, *, message_id: uuid.UUID, at: datetime) -> None:
    """Keep a message back that still waits."""
    row = Message.objects.select_for_update().get(pk=message_id)
    if row.state != State.WAITING:
        raise NotPossible("This message no longer waits. Look at the list again.")
    row.state, row.error, row.done_at, row.sealed = State.WITHHELD, rules.TAKEN_BACK, at, ""
    row.save(update_fields=["state", "error", "done_at", "sealed"])


def _language(actor: Actor, client_id: int) -> str:
    if not may(actor, Can.SEE_DEMOGRAPHICS, client_id=client_id):
        return rules_words.LANGUAGES[0]
    return people.profile_of(actor, client_id=client_id).language


def _message(actor: Actor, via: Via, note: Note, *, language: str, at: datetime) -> Message:
    house = programme.house(actor)
    body = rules_words.compose(
        note.template, language, note.pieces, programme=house.name if house else "")
    wording = WORDINGS[note.template]
    row = Message(
        via=via, template=note.template, language=rules_words.in_language(language),
        body=rules_words.shown(note.template, language, note.pieces),
        sealed=Fernet(settings.FIELD_KEY).encrypt(body.encode()).decode() if wording.secret else "",
        any_hour=wording.any_hour or note.is_safety, made_by_id=actor.user_id, made_at=at,
        until_at=note.until,
    )
    row.due_at = _not_before(actor, row, note.due_at, at)
    if note.once:
        row.id = uuid.uuid5(OURS, note.once)
    return row


def _not_before(actor: Actor, row: Message, wanted: datetime, at: datetime) -> datetime:
    """Return when a message may go out: text messages wait for the end of the quiet hours."""
    if row.via == Via.EMAIL or row.any_hour:
        return wanted
    return quiet_hours(actor, at=at).after(wanted)


def _why(row: Message, at: datetime) -> str:
    via = Via(row.via)
    if row.client_id is not None:
        return why_not(via, points_of(row.client_id, via, at=at))
    return why_not(via, [Point(row.address, AT_WORK)]) if row.address else row.error


def _put(row: Message, why: str, at: datetime) -> uuid.UUID:
    if why:
        row.state, row.error, row.done_at, row.sealed = State.WITHHELD, why, at, ""
    # without reading back: not every writer is a reader, and the same occasion is once
    Message.objects.bulk_create([row], ignore_conflicts=True)
    return row.pk
