"""What follows from what: one flat table, command -> what is done next.

A reaction runs in the same transaction as the command, so that it lives or dies with it,
as the system role it names. Keys are `domain.command`; a test resolves every one.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.policy import Role
from daybridge.access.posting import NotDelivered
from daybridge.care.assessment.commands_needs import find_need, follow_referral
from daybridge.care.assessment.commands_person import set_rulers
from daybridge.care.hours.rules import MISSED
from daybridge.care.instruments.queries import needs_found, rulers_of
from daybridge.care.medical.commands_checks import check_medicines
from daybridge.care.medical.sitting import waits
from daybridge.care.placement.queries import stays_by_client
from daybridge.care.retention.commands import open_due_outreach
from daybridge.care.schedule.commands_days import close_day, open_day_again
from daybridge.care.schedule.queries import memberships_of, still_held
from daybridge.clinic.messaging.channels import Later, Never, Unsure, channel
from daybridge.clinic.messaging.rules import Via
from daybridge.clinic.people.commands_same import NotFolded
from daybridge.clinic.people.queries_same import folded
from daybridge.clinic.programme.commands import NotPossible
from daybridge.clinic.programme.rules_closing import ALL_DAY
from daybridge.clinic.tasks.commands import open_task, settle
from daybridge.documents.rules_requests import KIND_WORDS, due_on

A_DAY = timedelta(days=1)
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


def look_at_medicines(_actor: Actor, kwargs: Mapping[str, Any], _result: object) -> None:
    """A new fact may turn a check around, for what is taken and for what is considered (P10)."""
    nightly, at = system(Role.NIGHTLY), kwargs["at"]
    if waits(kwargs["client_id"]):
        return
    with identity.acting(nightly, at=at):
        check_medicines(nightly, client_id=kwargs["client_id"], at=at)


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
    """A closed day has no sessions: what is planned is called off, and its clients are told."""
    close_day(actor, site_id=kwargs["site_id"], day=kwargs["day"], part=kwargs.get("part", ALL_DAY),
              at=kwargs["at"])


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


def only_an_idle_chart(_actor: Actor, kwargs: Mapping[str, Any], _result: object) -> None:
    """A chart under which somebody is in care, or has a place in a group, is not folded away."""
    sessions, at = system(Role.SESSIONS), kwargs["at"]
    with identity.acting(sessions, at=at):
        into = folded(sessions)
        for other in (pk for pk in kwargs["client_ids"] if pk in into):
            spans = stays_by_client(sessions, of={other}).get(other, [])
            if any(one.ended_at is None for one in spans):
                raise NotFolded("That chart has an open stay. Keep it, or end its stay first.")
            if memberships_of(sessions, client_id=other, on=at.date()):
                raise NotFolded("That chart has places in groups. End them first.")


def follow_the_referral(
    actor: Actor, kwargs: Mapping[str, Any], result: int | tuple[int | None, str, int]
) -> None:
    """A need follows its referral: sent is its answer, an end without help opens it again (S4)."""
    need_id, state, referral_id = (
        (kwargs.get("for_need_id"), "sent", result) if isinstance(result, int) else result
    )
    if need_id is None:
        return
    nightly, at = system(Role.NIGHTLY), kwargs["at"]
    with identity.acting(nightly, at=at):
        follow_referral(nightly, client_id=kwargs["client_id"], need_id=need_id, state=state,
                        referral_id=referral_id, by_user_id=actor.user_id, at=at)


def watch_the_clock(_actor: Actor, kwargs: Mapping[str, Any], result: int) -> None:
    """A client's request is a task with the day of its answer, for whoever answers requests."""
    night, at = system(Role.NIGHTLY), kwargs["at"]
    due = datetime.combine(due_on(kwargs["received_on"]), time(17), UTC)
    with identity.acting(night, at=at):
        open_task(
            night, client_id=kwargs["client_id"], title="Answer a request about the record",
            why=KIND_WORDS[kwargs["kind"]], due_at=due, source_kind="request",
            source_id=str(result), assignee_user_id=None, at=at)


def ask_for_the_note_anew(
    _actor: Actor, kwargs: Mapping[str, Any], author_id: int | None
) -> None:
    """Once two people have withdrawn a note, its author is asked to enter it in the right chart."""
    if author_id is None:
        return
    sessions, at = system(Role.SESSIONS), kwargs["at"]
    with identity.acting(sessions, at=at):
        open_task(
            sessions, client_id=kwargs["client_id"], title="Enter a note in the right chart",
            why="A note of yours was withdrawn from this chart. Take its words along to the right one.",
            source_kind="note withdrawn", source_id=str(kwargs["note_id"]), due_at=at + A_DAY,
            assignee_user_id=author_id, at=at,
        )


def text(to: str, words: str) -> None:
    """Send a sign-in code or a link as a text message, by the provider of all messages."""
    provider = channel(Via.TEXT)
    if provider is None:
        raise NotDelivered("No provider for text messages is set up.")
    try:
        provider.send(to, "", words)
    except (Later, Never, Unsure) as error:
        raise NotDelivered(str(error)) from error


NEEDS_A_PHYSICIAN = frozenset({"medical", "mental"})
NEW_MEDICAL_FACTS = (
    "assessment.sign_evaluation", "assessment.find_need", "placement.admit",
    "medicines.list_medicine", "medicines.change_dose", "medicines.end_medicine",
    "medicines.list_allergy", "medicines.end_allergy", "medicines.say_none", "medicines.consider",
    "medicines.settle_considered", "medicines.give_kit", "medicines.has_kit", "medical.observe",
    "medical.save_screen", "medical.strike", "medical.record_scale", "medical.strike_scale",
    "medical.offer",
)


def keep_the_rulers(actor: Actor, kwargs: Mapping[str, Any], result: int | None) -> None:
    """Three rulers filled as a form are readiness like those set in the evaluation (P03)."""
    response_id = result or kwargs["response_id"]
    said = rulers_of(actor, client_id=kwargs["client_id"], response_id=response_id)
    if said is not None:
        importance, confidence, readiness = said
        set_rulers(actor, client_id=kwargs["client_id"], importance=importance,
                   confidence=confidence, readiness=readiness, at=kwargs["at"])


def note_the_needs(actor: Actor, kwargs: Mapping[str, Any], result: int | None) -> None:
    """A need that a form found stands among the client's needs; a medical one is looked at."""
    nightly, at, client_id = system(Role.NIGHTLY), kwargs["at"], kwargs["client_id"]
    found = needs_found(actor, client_id=client_id, response_id=result or kwargs["response_id"])
    if not found:
        return
    with identity.acting(nightly, at=at):
        for name, domain, title in found:
            find_need(nightly, client_id=client_id, domain=domain, words=f"Found by {title}",
                      source=f"{name}.{domain}"[:60], source_words=title, at=at)
    if any(domain in NEEDS_A_PHYSICIAN for _, domain, _ in found):
        look_at_medicines(actor, kwargs, None)


def the_clock_stops(_actor: Actor, kwargs: Mapping[str, Any], _result: object) -> None:
    """A request that has its answer is no task any more."""
    night, at = system(Role.NIGHTLY), kwargs["at"]
    with identity.acting(night, at=at):
        settle(night, client_id=kwargs["client_id"], source_kinds=["request"],
               source_id=str(kwargs["request_id"]), outcome="The request has its answer.", at=at)


WIRING: dict[str, tuple[Follow, ...]] = {
    "programme.close_site": (call_the_day_off,),
    "programme.take_back_closure": (hold_the_day_again,),
    "programme.end_room": (only_when_empty,),
    "programme.end_site": (only_when_empty,),
    "people.confirm_fold": (only_an_idle_chart,),
    "documents.make_request": (watch_the_clock,),
    "documents.answer_request": (the_clock_stops,),
    **dict.fromkeys(("instruments.finish", "instruments.fill_whole"), (keep_the_rulers, note_the_needs)),
    "hours.take_attendance": (reach_out_to_the_missing,),
    "referrals.refer": (follow_the_referral,),
    "referrals.take_step": (follow_the_referral,),
    **dict.fromkeys(NEW_MEDICAL_FACTS, (look_at_medicines,)),
    "notes.withdraw_note": (ask_for_the_note_anew,),
    "messaging.queue": (send_soon,),
    "messaging.queue_to_address": (send_soon,),
    "messaging.send_again": (send_soon,),
}


def react(actor: Actor, act: str, kwargs: Mapping[str, Any], result: object) -> None:
    """Do what the table says follows from this command."""
    for follow in WIRING.get(act, ()):
        follow(actor, kwargs, result)
