"""What is owed: notes to write, to sign, to co-sign, to withdraw."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.access.policy import Role
from daybridge.care.hours.queries import presence_in
from daybridge.care.notes import rules
from daybridge.care.notes.models import Addendum, NoteIndex, Withdrawal
from daybridge.care.notes.queries import index_rows
from daybridge.care.notes.rows import CosignRow, DueRow, WithdrawalRow
from daybridge.care.schedule.queries import sessions, zone
from daybridge.clinic.people.queries import names, staff, staff_by_user, staff_names
from daybridge.clinic.people.queries_signing import cosigner_of, needs_cosign
from daybridge.clinic.programme.queries import setting

DUE_DAYS = 14
MOST = 100


@query(Can.SEE_NOTE_INDEX)
def notes_due(viewer: Actor, /, *, at: datetime, client_id: int | None = None) -> list[DueRow]:
    """Return the viewer's sessions without a note and notes not signed, the longest owed first."""
    if not may(viewer, Can.WRITE_NOTE):
        return []
    mine = NoteIndex.objects.filter(author_id=viewer.user_id or 0, withdrawn_at=None)
    unsigned = list(mine.filter(signed_at=None).order_by("over_at", "pk")[:MOST])
    hours = setting(viewer, key="note_hours", on=at.astimezone(zone(viewer)).date())
    rows = [
        _due(row.client_id, row.pk, row.occurrence_id, row.kind, row.event_at, row.over_at, hours, at)
        for row in unsigned if client_id in {None, row.client_id}
    ]
    rows += _without_a_note(viewer, at, hours, client_id)
    return sorted(rows, key=lambda row: (row.due_at, row.client_id))[:MOST]


def _without_a_note(viewer: Actor, at: datetime, hours: int, client_id: int | None) -> list[DueRow]:
    """Return sessions the viewer led, that a client came to, and that no note of theirs documents."""
    if not may(viewer, Can.SEE_ATTENDANCE):
        return []
    last = at.astimezone(zone(viewer)).date()
    first = last - timedelta(days=DUE_DAYS)
    led = sessions(viewer, first=first, last=last, leader_id=viewer.user_id)
    held = {one.occurrence_id: one for one in led
            if one.service in rules.KIND_OF_SERVICE and one.ends_at <= at}
    if not held:
        return []
    came = [
        (row.client_id, row.occurrence_id)
        for row in presence_in(viewer, occurrence_ids=[one.occurrence_id for one in led])
        if row.occurrence_id in held and row.present_from is not None and client_id in {None, row.client_id}
    ]
    noted = set(NoteIndex.objects.filter(
        occurrence__in=held, author_id=viewer.user_id, withdrawn_at=None,
    ).exclude(kind=rules.Kind.COUNSELLING).values_list("client_id", "occurrence_id"))
    return [
        _due(pk, None, one, rules.KIND_OF_SERVICE[held[one].service], held[one].starts_at,
             held[one].ends_at, hours, at)
        for pk, one in came if (pk, one) not in noted
    ]


def _due(
    client_id: int, note_id: int | None, occurrence_id: int | None, kind: str, event_at: datetime,
    over_at: datetime, hours: int, at: datetime,
) -> DueRow:
    due = rules.due_at(over_at, hours)
    return DueRow(client_id, note_id, occurrence_id, rules.TITLES[rules.Kind(kind)], event_at, due,
                  rules.is_overdue(due, at))


@query(Can.COSIGN_NOTE)
def to_cosign(viewer: Actor, /, *, at: datetime) -> list[CosignRow]:
    """Return the notes that wait for this supervisor: theirs, and those of nobody, by clock."""
    rows = NoteIndex.objects.filter(
        Q(cosigner_id=viewer.user_id) | Q(cosigner=None), signed_at__isnull=False,
        cosigned_at=None, withdrawn_at=None,
    ).exclude(cosign_why="").exclude(author_id=viewer.user_id)
    found = index_rows(viewer, rows=rows.order_by("cosign_due_at", "pk")[:MOST])
    clients = names(viewer, of={row.client_id for row in found})
    sent = [row.note_id for row in found if row.sent_back_at]
    answered = set(Addendum.objects.filter(index__in=sent, sends_back=False)
                   .values_list("index_id", flat=True)) if sent else set()
    return [
        CosignRow(row, clients.get(row.client_id, ""),
                  row.cosign_due_at is not None and rules.is_overdue(row.cosign_due_at, at),
                  row.note_id in answered)
        for row in found
    ]


@query(Can.SEE_STAFF)
def cosignature(viewer: Actor, /, *, note_id: int, on: date) -> tuple[str, int | None]:
    """Return why somebody else signs the viewer's note too ("" = nobody), and whose it is."""
    me = staff_by_user(viewer, user_ids={viewer.user_id or 0}).get(viewer.user_id or 0)
    alone = me is not None and not needs_cosign(viewer, staff_id=me.staff_id, on=on)
    why = rules.why_cosigned(licensed=alone, sampled=rules.in_sample(
        settings.SECRET_KEY, note_id, setting(viewer, key="cosign_sample", on=on)))
    if not why or me is None:
        return why, None
    second = cosigner_of(viewer, staff_id=me.staff_id, on=on)
    users = {row.staff_id: row.user_id for row in staff(viewer)}
    return why, users.get(second or 0)


@query(Can.SEE_NOTE_INDEX)
def withdrawals(viewer: Actor, /, *, at: datetime) -> list[WithdrawalRow]:
    """Return the notes in a wrong chart that still need somebody, the oldest first."""
    rows = Withdrawal.objects.filter(declined_at=None).filter(
        Q(done_at=None) | Q(breach=None) | Q(copied_at=None)
    )
    return _withdrawals(viewer, rows.select_related("index").order_by("asked_at", "pk")[:MOST])


@query(Can.SEE_NOTE_INDEX)
def withdrawal_of(viewer: Actor, /, *, client_id: int, note_id: int) -> WithdrawalRow | None:
    """Return how far the withdrawal of a note is, or None."""
    rows = Withdrawal.objects.filter(index_id=note_id, client_id=client_id, declined_at=None)
    found = _withdrawals(viewer, rows.select_related("index"))
    return found[0] if found else None


@query(Can.SEE_NOTE_INDEX)
def in_doubt(viewer: Actor, /, *, client_id: int) -> set[int]:
    """Return a client's notes that somebody has asked to withdraw: perhaps another person's."""
    rows = Withdrawal.objects.filter(client_id=client_id, declined_at=None)
    return set(rows.values_list("index_id", flat=True))


def _withdrawals(viewer: Actor, rows: Iterable[Withdrawal]) -> list[WithdrawalRow]:
    found = list(rows)
    people = staff_names(viewer, user_ids={
        user for row in found
        for user in (row.index.author_id, row.supervisor_id, row.privacy_id, row.breach_by_id) if user
    })
    clients = names(viewer, of={row.client_id for row in found}) if found else {}
    return [
        WithdrawalRow(
            row.pk, row.index_id, row.client_id, clients.get(row.client_id, ""), row.index.kind,
            row.index.event_at, row.index.author_id, people.get(row.index.author_id, ""), row.why,
            row.asked_at, people.get(row.supervisor_id or 0, ""), people.get(row.privacy_id or 0, ""),
            row.done_at, row.copied_at, row.breach, row.breach_why,
            people.get(row.breach_by_id or 0, ""),
        )
        for row in found
    ]


@query(Can.SEE_NOTE_INDEX)
def may_withdraw_as(viewer: Actor, /) -> str:
    """Return in which of the two capacities the viewer withdraws a note ("" = in none)."""
    if viewer.has(Role.SUPERVISOR):
        return "supervisor"
    return "privacy" if viewer.has(Role.PRIVACY) else ""
