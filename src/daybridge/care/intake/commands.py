"""Taking a call for help and staying with it: contacts, safety, hurdles, help, an end."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.models import Standing
from daybridge.access.relate import set_standing
from daybridge.care.intake import rules
from daybridge.care.intake.call import Call
from daybridge.care.intake.commands_slots import SlotTaken, book_evaluation
from daybridge.care.intake.models import (
    ContactLog,
    HelpDesk,
    Hurdle,
    Inquiry,
    InterimHelp,
    SafetyAnswers,
)
from daybridge.care.intake.queries_slots import free_slot_ids
from daybridge.clinic.people.commands import add_contact_point, register_client
from daybridge.clinic.people.rules import is_minor
from daybridge.clinic.programme.queries import setting, sites
from daybridge.clinic.tasks.commands import open_alert
from daybridge.kernel import text

LIVE = ("open", "evaluated")
HURDLE_DUE = timedelta(days=2)
NO_PARTNER = "A partner for people under 18 (named by the director)"
Answers = Mapping[str, str]


class AlreadyInCare(ValueError):
    """The person is in care here: no inquiry is needed."""


class NotOpen(ValueError):
    """The inquiry has ended; a new contact opens a new one."""


@command(Can.TAKE_INQUIRY)
def take_inquiry(
    actor: Actor, /, *, call: Call, client_id: int | None = None,
    answers: Answers | None = None, slot_id: int | None = None,
    first_contact_at: datetime | None = None, at: datetime,
) -> int:
    """Write down a call for help and return the inquiry's id; a missing name stops nothing.

    A person known here (`client_id`) keeps the record they have; one whose inquiry is still
    open gets another contact on it. Any yes to a safety question opens an alert at once.
    Somebody under the programme's adult age is led to the named partner. A slot that
    somebody else has just taken loses the slot, never the inquiry.
    """
    first_at = min(first_contact_at or at, at)
    if client_id is None:
        client_id = _register(actor, call, first_at, at)
    else:
        known = _again(actor, client_id, call, first_at, answers, at)
        if known is not None:
            _book(actor, client_id, slot_id, at)
            return known
    row = Inquiry.objects.create(
        client_id=client_id, came_by=call.came_by, asked_by=call.asked_by,
        asker_name=text.tidy(call.asker_name)[:120],
        asker_relation=text.tidy(call.asker_relation)[:60],
        asker_phone=text.tidy(call.asker_phone)[:40], reason=text.tidy_lines(call.reason),
        language=call.language, first_contact_at=first_at, entered_at=at,
        offered_in_contact=1 if free_slot_ids(at, how_many=1) else None,
        questions=call.questions,
    )
    _begin(actor, row, answers, at)
    if not _lead_on_a_minor(actor, row, call.birth_date, at):
        _book(actor, client_id, slot_id, at)
    return row.pk


@command(Can.TAKE_INQUIRY)
def answer_safety(
    actor: Actor, /, *, client_id: int, inquiry_id: int, answers: Answers,
    last_use: Mapping[str, str] | None = None, at: datetime,
) -> None:
    """Write down answers to the safety questions; each new yes opens an alert at once."""
    row = _live(client_id, inquiry_id)
    _answer(actor, row, answers, at)
    if last_use:
        SafetyAnswers.objects.filter(inquiry=row).update(
            **{f"last_{key}": text.tidy(words)[:60] for key, words in last_use.items()
               if key in {"alcohol", "sedative", "opioid"}}
        )


@command(Can.TAKE_INQUIRY)
def log_contact(
    actor: Actor, /, *, client_id: int, inquiry_id: int, how: str, words: str = "",
    reached: bool = True, happened_at: datetime | None = None, at: datetime,
) -> int:
    """Write down another contact with the person or whoever asks for them."""
    row = _live(client_id, inquiry_id)
    entry = ContactLog.objects.create(
        client_id=client_id, inquiry=row, at=min(happened_at or at, at), entered_at=at, how=how,
        reached=reached, words=text.tidy_lines(words), by_id=actor.user_id,
    )
    if reached:
        row.contacts += 1
        row.save(update_fields=["contacts"])
    return entry.pk


@command(Can.TAKE_INQUIRY)
def name_hurdle(
    actor: Actor, /, *, client_id: int, inquiry_id: int, what: str,
    owner_id: int | None = None, due_at: datetime | None = None, at: datetime,
) -> int:
    """Name what stands in the way; it has an owner and is due within two days."""
    row = _live(client_id, inquiry_id)
    return Hurdle.objects.create(
        client_id=client_id, inquiry=row, what=text.tidy(what)[:200], named_at=at,
        owner_id=owner_id or actor.user_id or 0, due_at=due_at or at + HURDLE_DUE,
    ).pk


@command(Can.TAKE_INQUIRY)
def answer_hurdle(
    actor: Actor, /, *, client_id: int, hurdle_id: int, how: str, at: datetime
) -> None:
    """Say how a hurdle was taken away."""
    hurdle = Hurdle.objects.select_for_update().get(pk=hurdle_id, client_id=client_id)
    if hurdle.answered_at is None:
        hurdle.answered_at, hurdle.how = at, text.tidy(how)[:300]
        hurdle.save(update_fields=["answered_at", "how"])


@command(Can.TAKE_INQUIRY)
def record_interim_help(
    actor: Actor, /, *, client_id: int, inquiry_id: int, what: str,
    given_at: datetime | None = None, at: datetime,
) -> int:
    """Write down help given while somebody waits; the next is due 48 hours later."""
    row = _live(client_id, inquiry_id)
    return InterimHelp.objects.create(
        client_id=client_id, inquiry=row, what=text.tidy(what)[:200],
        at=min(given_at or at, at), entered_at=at, given_by_id=actor.user_id or 0,
    ).pk


@command(Can.TAKE_INQUIRY)
def close_inquiry(
    actor: Actor, /, *, client_id: int, inquiry_id: int, reason: str, alternative: str,
    reviewer_id: int, at: datetime,
) -> None:
    """End an inquiry without admission: a reason, an alternative and a reviewer, all three."""
    _close(actor, _live(client_id, inquiry_id), reason, alternative, reviewer_id, at)


@command(Can.TAKE_INQUIRY)
def mark_evaluated(
    actor: Actor, /, *, client_id: int, evaluated_at: datetime, at: datetime
) -> None:
    """Note on the open inquiry, if there is one, that the evaluation is done."""
    Inquiry.objects.filter(client_id=client_id, state="open").update(
        state="evaluated", evaluated_at=evaluated_at)


@command(Can.TAKE_INQUIRY)
def mark_admitted(
    actor: Actor, /, *, client_id: int, admitted_at: datetime, at: datetime
) -> None:
    """Note on the open inquiry, if there is one, that the person is admitted."""
    Inquiry.objects.filter(client_id=client_id, state__in=LIVE).update(
        state="admitted", admitted_at=admitted_at)


def _live(client_id: int, inquiry_id: int) -> Inquiry:
    row = Inquiry.objects.select_for_update().get(pk=inquiry_id, client_id=client_id)
    if row.state not in LIVE:
        raise NotOpen("This inquiry has ended. A new call opens a new one.")
    return row


def _begin(actor: Actor, row: Inquiry, answers: Answers | None, at: datetime) -> None:
    SafetyAnswers.objects.create(client_id=row.client_id, inquiry=row)
    ContactLog.objects.create(client_id=row.client_id, inquiry=row, at=row.first_contact_at,
                              entered_at=at, how=row.came_by, by_id=actor.user_id)
    if answers:
        _answer(actor, row, answers, at)


def _register(actor: Actor, call: Call, first_at: datetime, at: datetime) -> int:
    client_id = register_client(
        actor, preferred_name=text.tidy(call.name)[:255] or _nameless(actor, first_at),
        birth_date=call.birth_date, language=call.language, at=at,
    )
    for kind, value in (("phone", call.phone), ("email", call.email)):
        if text.tidy(value):
            add_contact_point(actor, client_id=client_id, kind=kind, value=value[:254],
                              may_call=call.may_call, may_text=call.may_text, at=at)
    return client_id


def _book(actor: Actor, client_id: int, slot_id: int | None, at: datetime) -> None:
    if slot_id is not None:
        # the inquiry is kept; the page offers the next free times
        with suppress(SlotTaken):
            book_evaluation(actor, client_id=client_id, slot_id=slot_id, at=at)


def _nameless(actor: Actor, at: datetime) -> str:
    """Return what to call somebody whose name nobody has heard yet."""
    zone = sites(actor)[0].zone
    return f"No name yet, {at.astimezone(zone):%a %-d %b, %H:%M}"


def _again(
    actor: Actor, client_id: int, call: Call, first_at: datetime, answers: Answers | None,
    at: datetime,
) -> int | None:
    """Add a contact to the inquiry that is open; None when a new one must begin."""
    if Standing.objects.filter(client_id=client_id, kind="in_care", until_at=None).exists():
        raise AlreadyInCare("This person is in care here. Tell the care team instead.")
    row = Inquiry.objects.select_for_update().filter(
        client_id=client_id, state__in=LIVE).first()
    if row is None:
        set_standing(actor, client_id=client_id, kind="pending", at=at)
        return None
    log_contact(actor, client_id=client_id, inquiry_id=row.pk, how=call.came_by,
                words=call.reason, happened_at=first_at, at=at)
    row.refresh_from_db()
    if answers:
        _answer(actor, row, answers, at)
    return row.pk


def _answer(actor: Actor, row: Inquiry, answers: Answers, at: datetime) -> None:
    """Store the answers given and raise an alarm for each yes that is new."""
    safety = SafetyAnswers.objects.select_for_update().get(inquiry=row)
    fresh: dict[rules.Question, rules.Answer] = {}
    for key, value in answers.items():
        question, answer = rules.Question(key), rules.Answer(value)
        if answer is not rules.Answer.NOT_ASKED and getattr(safety, key) != answer:
            fresh[question] = answer
            setattr(safety, key, answer.value)
    if not fresh:
        return
    safety.asked_at, safety.asked_by_id = at, actor.user_id
    safety.save()
    Inquiry.objects.filter(pk=row.pk).update(questions=row.questions + len(fresh))
    for question, alarm in rules.alarms(fresh):
        open_alert(
            actor, client_id=row.client_id, kind="alert", title=alarm.title,
            why=alarm.first_step, clock_minutes=alarm.minutes,
            source_kind=f"intake.safety.{question.value}", source_id=str(row.pk), at=at,
        )


def _lead_on_a_minor(
    actor: Actor, row: Inquiry, born: date | None, at: datetime
) -> bool:
    today = sites(actor)[0].day(at)
    adult_from = setting(actor, key="adult_from", on=today)
    if born is None or not is_minor(born, today, adult_from=adult_from):
        return False
    desk = HelpDesk.objects.first()
    partner = desk.partner_for_minors if desk else ""
    _close(actor, row, f"Under {adult_from}", partner or NO_PARTNER, actor.user_id or 0, at)
    return True


def _close(
    actor: Actor, row: Inquiry, reason: str, alternative: str, reviewer_id: int, at: datetime
) -> None:
    row.state, row.closed_at, row.reviewer_id = "closed", at, reviewer_id
    row.closed_reason = text.tidy(reason)[:200]
    row.alternative = text.tidy(alternative)[:300]
    row.save(update_fields=["state", "closed_at", "reviewer", "closed_reason", "alternative"])
    set_standing(actor, client_id=row.client_id, kind=None, at=at)
