"""Referring out, following each referral until its loop is closed; referrals in."""

from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.clinic.programme.queries import setting, sites
from daybridge.clinic.referrals import rules
from daybridge.clinic.referrals.models import Partner, Referral, ReferralIn, ReferralStep
from daybridge.clinic.tasks.commands import settle
from daybridge.documents.queries import consents_of
from daybridge.kernel import text
from daybridge.kernel.text import fold

CHASE, LATE = "referral", "referral-late"


class NotReferred(ValueError):
    """Something is missing; `field` names what."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@command(Can.REFER)
def refer(
    actor: Actor, /, *, client_id: int, kind: str, why: str, partner_id: int | None = None,
    to_words: str = "", for_need_id: int | None = None, urgency: str = "routine",
    within_days: int | None = None, at: datetime,
) -> int:
    """Send a client on to a partner, or to somebody in words, for a service.

    The loop is open from now on, with dates by which the client is seen and we have acted.
    """
    today = sites(actor)[0].day(at)
    words, to = text.tidy(why)[:1000], text.tidy(to_words)[:200]
    if kind not in rules.SERVICES:
        raise NotReferred("kind", "Choose the service that is needed.")
    if not words:
        raise NotReferred("why", "Say what is asked for, and why.")
    if partner_id is None and not to:
        raise NotReferred("partner", "Choose the partner, or write to whom.")
    if partner_id is not None and not _is_live(partner_id, today):
        raise NotReferred("partner", "That partner has ended. Choose another one.")
    dates = rules.due(at, rules.Urgency(urgency), within_days, _clocks(actor, today))
    row = Referral.objects.create(
        client_id=client_id, partner_id=partner_id, to_words=to, kind=kind, need_id=for_need_id,
        urgency=urgency, why=words, owner_id=actor.user_id or 0, sent_at=at,
        seen_due_at=dates.seen_at, loop_due_at=dates.loop_at, state_at=at,
    )
    _note(actor, row, rules.State.SENT, words, today, at)
    return row.pk


@command(Can.REFER)
def take_step(
    actor: Actor, /, *, client_id: int, referral_id: int, to: str, words: str = "",
    on: date | None = None, at: datetime,
) -> tuple[int | None, str, int]:
    """Note the next step of a referral; a step that doesn't follow is refused.

    Returns the need it was for, the new state and the referral, for what follows.
    """
    row = Referral.objects.select_for_update().get(pk=referral_id, client_id=client_id)
    today, said = sites(actor)[0].day(at), text.tidy(words)[:1000]
    state = rules.step(rules.State(row.state), rules.State(to))
    day = on or today
    if state in rules.NEEDS_WORDS and not said:
        raise NotReferred("words", "Write what was said, in a few words.")
    if not sites(actor)[0].day(row.sent_at) <= day <= today:
        raise NotReferred("on", "The day lies between the referral and today.")
    row.state, row.state_at = state, at
    row.closed_at = at if state in rules.CLOSED else None
    row.save(update_fields=["state", "state_at", "closed_at"])
    _note(actor, row, state, said, day, at)
    settle(actor, client_id=client_id, source_kinds=[CHASE, LATE], source_id=str(row.pk),
           outcome=f"The referral has moved on: {rules.STATE_WORDS[state]}.", at=at)
    return row.need_id, state.value, row.pk


@command(Can.REFER)
def chase(
    actor: Actor, /, *, client_id: int, referral_id: int, words: str, at: datetime
) -> None:
    """Note that somebody has asked what became of it; it is quiet for three days."""
    row = Referral.objects.select_for_update().get(pk=referral_id, client_id=client_id)
    said = text.tidy(words)[:1000]
    if row.closed_at is not None:
        raise NotReferred("words", "This loop is closed already.")
    if not said:
        raise NotReferred("words", "Write whom you asked, and what was said.")
    row.chased_at = at
    row.save(update_fields=["chased_at"])
    ReferralStep(client_id=client_id, referral=row, step="chased", words=said,
                 on=sites(actor)[0].day(at), at=at, by_id=actor.user_id or 0).save(force_insert=True)
    settle(actor, client_id=client_id, source_kinds=[CHASE], source_id=str(row.pk),
           outcome=said, at=at)


@command(Can.REFER)
def take_in(
    actor: Actor, /, *, client_id: int, from_kind: str, from_words: str, asks: str = "",
    partner_id: int | None = None, came_on: date, at: datetime,
) -> int:
    """Write down who sent a client to us, and what they ask."""
    who = text.tidy(from_words)[:200]
    if not who:
        raise NotReferred("from_words", "Write who sent the client.")
    if came_on > sites(actor)[0].day(at):
        raise NotReferred("came_on", "That day is still to come.")
    return ReferralIn.objects.create(
        client_id=client_id, from_kind=from_kind, from_words=who, asks=text.tidy(asks)[:1000],
        partner_id=partner_id, came_on=came_on, entered_at=at, by_id=actor.user_id or 0,
    ).pk


@command(Can.REFER)
def answer_in(
    actor: Actor, /, *, client_id: int, in_id: int, told: str, words: str, at: datetime
) -> None:
    """Write down what they were told; whether anything may be told is the consent's to say."""
    said = text.tidy(words)[:1000]
    if not said:
        raise NotReferred("words", "Write what they were told, or why nothing.")
    row = ReferralIn.objects.select_for_update().get(pk=in_id, client_id=client_id)
    if row.answered_on is not None:
        raise NotReferred("words", "Somebody has answered already. Look at the page again.")
    if told == "answer" and not _may_be_told(actor, row, at):
        raise NotReferred("told", "No live consent names them. Make one with the client, or tell nothing.")
    row.answered_on, row.told, row.answer_words = sites(actor)[0].day(at), told, said
    row.answered_by_id = actor.user_id
    row.save(update_fields=["answered_on", "told", "answer_words", "answered_by"])


def _clocks(actor: Actor, on: date) -> rules.Clocks:
    """Return the programme's choices that hold on a day."""
    return rules.Clocks(
        setting(actor, key="referral_seen_days", on=on),
        setting(actor, key="referral_loop_days", on=on),
        setting(actor, key="referral_high_hours", on=on),
    )


def _may_be_told(actor: Actor, row: ReferralIn, at: datetime) -> bool:
    known = Partner.objects.filter(pk=row.partner_id or 0).first()
    names = {fold(row.from_words)} | ({fold(known.name)} if known else set())
    return any(one.state(at) == "live" and fold(one.recipient) in names
               for one in consents_of(actor, client_id=row.client_id))


def _is_live(partner_id: int, today: date) -> bool:
    row = Partner.objects.filter(pk=partner_id).first()
    return row is not None and (row.ended_on is None or row.ended_on > today)


def _note(
    actor: Actor, row: Referral, state: rules.State, words: str, on: date, at: datetime
) -> None:
    ReferralStep(client_id=row.client_id, referral=row, step=state, words=words, on=on, at=at,
                 by_id=actor.user_id or 0).save(force_insert=True)
