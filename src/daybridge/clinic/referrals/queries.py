"""Reading referrals out and in."""

from datetime import datetime

from django.db.models import Case, DateTimeField, F, Q, When

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.clinic.people.queries import staff_names
from daybridge.clinic.referrals import rules
from daybridge.clinic.referrals.models import Partner, Referral, ReferralIn, ReferralStep
from daybridge.clinic.referrals.rows import ReferralInRow, ReferralRow, StepRow

MOST = 100
NOTES = {"chased": "asked what became of it", "letter": "letter made"}
_CLOCK = Case(When(state__in=["sent", "accepted"], then=F("seen_due_at")),
              default=F("loop_due_at"), output_field=DateTimeField())


@query(Can.SEE_REFERRALS)
def open_loops(viewer: Actor, /, *, at: datetime, most: int = MOST) -> list[ReferralRow]:
    """Return the referrals whose loop is open, the one that is longest overdue first."""
    rows = Referral.objects.filter(closed_at=None).annotate(clock=_CLOCK)
    return _rows(viewer, list(rows.order_by("clock", "pk")[:most]), at)


@query(Can.SEE_REFERRALS)
def loops_count(viewer: Actor, /, *, at: datetime) -> tuple[int, int]:
    """Return how many loops are open, and how many of them overdue."""
    rows = Referral.objects.filter(closed_at=None).annotate(clock=_CLOCK)
    return rows.count(), rows.filter(clock__lt=at).count()


@query(Can.SEE_REFERRALS)
def closed_lately(viewer: Actor, /, *, since: datetime, at: datetime) -> list[ReferralRow]:
    """Return the loops closed since a moment, the newest first."""
    rows = Referral.objects.filter(closed_at__gte=since).order_by("-closed_at", "-pk")[:MOST]
    return _rows(viewer, list(rows), at)


@query(Can.SEE_REFERRALS)
def referrals_of(viewer: Actor, /, *, client_id: int, at: datetime) -> list[ReferralRow]:
    """Return a client's referrals: open ones by clock, then the closed ones, newest first."""
    rows = Referral.objects.filter(client_id=client_id).annotate(clock=_CLOCK)
    ordered = rows.order_by(F("closed_at").desc(nulls_first=True), "clock", "-pk")
    return _rows(viewer, list(ordered[:MOST]), at)


@query(Can.SEE_REFERRALS)
def referral(
    viewer: Actor, /, *, client_id: int, referral_id: int, at: datetime
) -> tuple[ReferralRow, list[StepRow]]:
    """Return one referral with its steps, oldest first."""
    row = Referral.objects.get(pk=referral_id, client_id=client_id)
    steps = list(ReferralStep.objects.filter(referral=row).order_by("at", "pk")[:MOST])
    people = staff_names(viewer, user_ids={one.by_id for one in steps})
    return _rows(viewer, [row], at)[0], [
        StepRow(one.step, _title(one.step), one.words, one.on, one.at, people.get(one.by_id, ""))
        for one in steps
    ]


@query(Can.SEE_REFERRALS)
def referral_line(viewer: Actor, /, *, client_id: int, referral_id: int) -> ReferralRow:
    """Return one referral, as it stands in a list (whether it is overdue is not looked at)."""
    row = Referral.objects.get(pk=referral_id, client_id=client_id)
    return _rows(viewer, [row], row.sent_at)[0]


@query(Can.SEE_REFERRALS)
def referrals_in_of(viewer: Actor, /, *, client_id: int) -> list[ReferralInRow]:
    """Return who sent this client to us, unanswered ones first."""
    rows = ReferralIn.objects.filter(client_id=client_id)
    return [_in(row) for row in rows.order_by(F("answered_on").desc(nulls_first=True), "-pk")[:MOST]]


@query(Can.SEE_REFERRALS)
def unanswered_in(viewer: Actor, /) -> list[ReferralInRow]:
    """Return the referrals in that nobody has answered, the oldest first."""
    rows = ReferralIn.objects.filter(answered_on=None).order_by("came_on", "pk")
    return [_in(row) for row in rows[:MOST]]


def _in(row: ReferralIn) -> ReferralInRow:
    return ReferralInRow(
        row.pk, row.client_id, dict(rules.SENDERS)[row.from_kind], row.from_words, row.asks,
        row.came_on, row.answered_on, row.told, dict(rules.TOLD).get(row.told, ""),
        row.answer_words)


def _title(step: str) -> str:
    return NOTES[step] if step in NOTES else rules.STATE_WORDS[rules.State(step)]


def _rows(viewer: Actor, rows: list[Referral], at: datetime) -> list[ReferralRow]:
    people = staff_names(viewer, user_ids={row.owner_id for row in rows})
    partners = dict(Partner.objects.filter(
        Q(pk__in={row.partner_id for row in rows if row.partner_id})).values_list("pk", "name"))
    return [_row(row, people, partners, at) for row in rows]


def _row(
    row: Referral, people: dict[int, str], partners: dict[int, str], at: datetime
) -> ReferralRow:
    state = rules.State(row.state)
    clock = rules.due_now(state, rules.Due(row.seen_due_at, row.loop_due_at))
    waits = state in {rules.State.SENT, rules.State.ACCEPTED}
    return ReferralRow(
        referral_id=row.pk, client_id=row.client_id,
        to=partners.get(row.partner_id or 0, "") or row.to_words, partner_id=row.partner_id,
        kind=row.kind, title=rules.SERVICES[row.kind].title if row.kind in rules.SERVICES else row.kind,
        need_id=row.need_id, urgency=row.urgency, why=row.why, owner_id=row.owner_id,
        owner=people.get(row.owner_id, ""), sent_at=row.sent_at, state=row.state,
        state_words=rules.STATE_WORDS[state], state_at=row.state_at, due_at=clock,
        due_words="client seen by" if waits else "loop closed by",
        is_overdue=clock is not None and at > clock, chased_at=row.chased_at,
        closed_at=row.closed_at,
    )
