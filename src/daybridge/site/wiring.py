"""What follows from what: one flat table, command -> what is done next.

A reaction runs in the same transaction as the command, so that it lives or dies with it,
as the system role it names. Keys are `domain.command`; a test resolves every one.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.policy import Role
from daybridge.access.posting import NotDelivered
from daybridge.care.assessment.commands_person import set_rulers
from daybridge.care.hours.rules import MISSED
from daybridge.care.instruments.queries import rulers_of
from daybridge.care.retention.commands import open_due_outreach
from daybridge.care.schedule.commands_days import call_off_day, open_day_again
from daybridge.care.schedule.queries import still_held
from daybridge.clinic.messaging.channels import Later, Never, Unsure, channel
from daybridge.clinic.messaging.rules import Via
from daybridge.clinic.programme.commands import NotPossible

Follow = Callable[[Actor, Mapping[str, Any], Any], None]


def reach_out_to_the_missing(
    _actor: Actor, kwargs: Mapping[str, Any], _result: object
) -> None:
    """Open a row for everybody who missed the session that was just closed (P05)."""
    if not any(line.kind in MISSED for line in kwargs["lines"]):
        return
    sessions, at = system(Role.SESSIONS), kwargs["at"]
    with identity.acting(sessions, at=at):
        open_due_outreach(sessions, at=at, occurrence_id=kwargs["occurrence_id"])


def send_soon(_actor: Actor, kwargs: Mapping[str, Any], _result: object) -> None:
    """Wake the messenger as soon as the message is on record: somebody may wait for a code.

    Should this be lost, the timetable sends it within a minute.
    """
    transaction.on_commit(lambda: _wake(kwargs["at"]))


def _wake(at: datetime) -> None:
    job = app.configure_task("daybridge.send_messages", queueing_lock="send")
    with suppress(AlreadyEnqueued):
        job.defer(timestamp=int(at.timestamp()))


def call_the_day_off(actor: Actor, kwargs: Mapping[str, Any], _result: object) -> None:
    """A closed day has no sessions: what is planned is called off."""
    call_off_day(actor, site_id=kwargs["site_id"], day=kwargs["day"], at=kwargs["at"])


def hold_the_day_again(
    actor: Actor, kwargs: Mapping[str, Any], result: tuple[int, date]
) -> None:
    """A day that is open again gets the sessions that were left out."""
    site_id, day = result
    open_day_again(actor, site_id=site_id, day=day, at=kwargs["at"])


def only_when_empty(actor: Actor, kwargs: Mapping[str, Any], _result: object) -> None:
    """A room or a site in which sessions stand is not given up: nobody stands before a shut door."""
    where = {key: kwargs[key] for key in ("room_id", "site_id") if key in kwargs}
    number = still_held(actor, from_day=kwargs["on"], **where)
    if number:
        raise NotPossible(f"{number} sessions stand there from that day on. Move them first.")


def text(to: str, words: str) -> None:
    """Send a sign-in code or a link as a text message, by the provider of all messages."""
    provider = channel(Via.TEXT)
    if provider is None:
        raise NotDelivered("No provider for text messages is set up.")
    try:
        provider.send(to, "", words)
    except (Later, Never, Unsure) as error:
        raise NotDelivered(str(error)) from error


def keep_the_rulers(actor: Actor, kwargs: Mapping[str, Any], _result: object) -> None:
    """Three rulers filled as a form are readiness like those set in the evaluation (P03)."""
    said = rulers_of(actor, client_id=kwargs["client_id"], response_id=kwargs["response_id"])
    if said is not None:
        importance, confidence, readiness = said
        set_rulers(actor, client_id=kwargs["client_id"], importance=importance,
                   confidence=confidence, readiness=readiness, at=kwargs["at"])


WIRING: dict[str, tuple[Follow, ...]] = {
    "programme.close_site": (call_the_day_off,),
    "programme.take_back_closure": (hold_the_day_again,),
    "programme.end_room": (only_when_empty,),
    "programme.end_site": (only_when_empty,),
    "instruments.finish": (keep_the_rulers,),
    "hours.take_attendance": (reach_out_to_the_missing,),
    "messaging.queue": (send_soon,),
    "messaging.queue_to_address": (send_soon,),
    "messaging.send_again": (send_soon,),
}


def react(actor: Actor, act: str, kwargs: Mapping[str, Any], result: object) -> None:
    """Do what the table says follows from this command."""
    for follow in WIRING.get(act, ()):
        follow(actor, kwargs, result)
