"""Needs: found once, each with at most one current answer, former answers kept (S4, P06)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import Conflict, command
from daybridge.access.models import TeamMember
from daybridge.care.assessment import rules
from daybridge.care.assessment import rules_needs as needs
from daybridge.care.assessment.models import Need, NeedAnswer
from daybridge.clinic.programme.queries import sites
from daybridge.clinic.referrals.commands import refer
from daybridge.clinic.referrals.queries import referral_line
from daybridge.clinic.referrals.rules import WITHOUT_HELP, State
from daybridge.clinic.tasks.commands import open_task, settle
from daybridge.kernel import text

AGAIN = "need"
A_DAY = timedelta(days=1)


class NotAnswered(ValueError):
    """The need or its answer lacks something; `field` names what."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class SendTo:
    """To whom a need is referred: a partner or somebody in words, for which service."""

    partner_id: int | None = None
    to_words: str = ""
    kind: str = ""
    urgency: str = "routine"
    within_days: int | None = None
    referral_id: int | None = None


@command(Can.FIND_NEED)
def find_need(
    actor: Actor, /, *, client_id: int, domain: str, words: str, source: str = "",
    source_words: str = "", urgency: str = "routine", at: datetime,
) -> int:
    """Write down a need; it stands without an answer until it has one.

    A source (like "instrument:17") finds a need once: asked again it returns the same one.
    """
    if domain not in rules.NEED_DOMAINS:
        raise NotAnswered("domain", f"Choose one of: {', '.join(rules.NEED_DOMAINS)}.")
    said = text.tidy(words)[:500]
    if not said:
        raise NotAnswered("words", "Say in a few words what is needed.")
    known = {
        "domain": domain, "words": said, "source_words": text.tidy(source_words)[:120],
        "urgency": needs.Urgency(urgency), "found_at": at, "found_by_id": actor.user_id,
    }
    if not source:
        return Need.objects.create(client_id=client_id, **known).pk
    row, _ = Need.objects.get_or_create(client_id=client_id, source=source, defaults=known)
    return row.pk


@command(Can.ASSESS)
def answer_need(
    actor: Actor, /, *, client_id: int, need_id: int, answer: str, words: str = "",
    again_on: date | None = None, to: SendTo | None = None, after: int | None = None, at: datetime,
) -> int:
    """Give a need its one current answer; the former one ends and stays on record.

    `after` is the answer the person saw (0 for none): somebody who was faster is a Conflict.
    "Referred" sends a new referral, or names one that is on its way.
    """
    need = Need.objects.select_for_update().get(pk=need_id, client_id=client_id)
    current = _current(need)
    if after is not None and (current.pk if current else 0) != after:
        raise Conflict({"words": current.words if current else ""},
                       version=current.pk if current else 0, labels={"words": "The answer"})
    kind, said = needs.Answer(answer), text.tidy(words)[:500]
    whom = to or SendTo()
    today = sites(actor)[0].day(at)
    missing = needs.lacks(kind, said, again_on, today, to_whom=bool(
        whom.partner_id or text.tidy(whom.to_words) or whom.referral_id))
    if missing:
        raise NotAnswered(*missing[0])
    referral_id = _sent(actor, need, whom, said, at) if kind is needs.Answer.REFERRED else None
    now = _current(need)
    if now is not None and referral_id is not None and now.referral_id == referral_id:
        return now.pk  # the wiring was faster
    settle(actor, client_id=client_id, source_kinds=[AGAIN], source_id=str(need_id),
           outcome="The need has a new answer.", at=at)
    ending = kind in {needs.Answer.DEFERRED, needs.Answer.DECLINED}
    return _put(need, now, NeedAnswer(
        client_id=client_id, need=need, answer=kind, words=said, referral_id=referral_id,
        again_on=again_on if ending else None, from_at=at, by_id=actor.user_id))


@command(Can.OPEN_TASK)
def needs_again(actor: Actor, /, *, at: datetime) -> int:
    """Open a task for each need that was put off, or declined, until a day that has come.

    Its words are for everybody who reads tasks: they don't say what is needed. Twice is once.
    """
    today = sites(actor)[0].day(at)
    rows = NeedAnswer.objects.filter(until_at=None, again_on__lte=today).order_by("again_on", "pk")
    primary = dict(TeamMember.objects.filter(part="primary", until_at=None)
                   .values_list("client_id", "user_id"))
    for row in rows:
        open_task(
            actor, client_id=row.client_id, title="A need comes up again", due_at=at + A_DAY,
            why="The day has come on which to look at it, or to ask, again. Open Needs in the chart.",
            source_kind=AGAIN, source_id=str(row.need_id), at=at,
            assignee_user_id=primary.get(row.client_id))
    return len(rows)


@command(Can.FOLLOW_REFERRAL)
def follow_referral(
    actor: Actor, /, *, client_id: int, need_id: int, referral_id: int, state: str,
    by_user_id: int | None, at: datetime,
) -> None:
    """Let a need follow its referral: sent is its answer, an end without help opens it again."""
    need = Need.objects.select_for_update().filter(pk=need_id, client_id=client_id).first()
    if need is None:
        return
    now = _current(need)
    if state == State.SENT and (now is None or now.referral_id != referral_id):
        _put(need, now, NeedAnswer(
            client_id=client_id, need=need, answer=needs.Answer.REFERRED,
            referral_id=referral_id, from_at=at, by_id=by_user_id))
    if State(state) in WITHOUT_HELP and now is not None and now.referral_id == referral_id:
        _end(now, at, f"The referral came to nothing: {state.replace('_', ' ')}.")


def _current(need: Need) -> NeedAnswer | None:
    return NeedAnswer.objects.filter(need=need, until_at=None).first()


def _sent(actor: Actor, need: Need, whom: SendTo, words: str, at: datetime) -> int:
    """Return the referral that answers the need: a named open one, or a new one."""
    if whom.referral_id:
        known = referral_line(actor, client_id=need.client_id, referral_id=whom.referral_id)
        if known.is_closed:
            raise NotAnswered("referral", "That referral is closed. Send a new one.")
        return known.referral_id
    return refer(
        actor, client_id=need.client_id, partner_id=whom.partner_id, to_words=whom.to_words,
        for_need_id=need.pk, kind=whom.kind or needs.DOMAIN_SERVICES[need.domain][0],
        urgency=whom.urgency, within_days=whom.within_days, why=words or need.words, at=at)


def _put(need: Need, now: NeedAnswer | None, new: NeedAnswer) -> int:
    # a clock turned back neither ends an answer before it began nor lets two overlap
    ends = NeedAnswer.objects.filter(need=need).aggregate(last=Max("until_at"))["last"]
    new.from_at = max(one for one in (new.from_at, ends, now and now.from_at) if one)
    if now is not None:
        _end(now, new.from_at, "")
    new.save(force_insert=True)
    return new.pk


def _end(row: NeedAnswer, at: datetime, why: str) -> None:
    row.until_at, row.ended_why = max(at, row.from_at), why
    row.save(update_fields=["until_at", "ended_why"])
