"""Reading a group's notes: whose is signed already, and which groups still owe theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.care.hours.queries import presence_in
from daybridge.care.notes import rules
from daybridge.care.notes.models import Note, NoteIndex
from daybridge.care.notes.queries import index_rows
from daybridge.care.notes.queries_due import DUE_DAYS
from daybridge.care.notes.rows import IndexRow
from daybridge.care.schedule.queries import sessions, zone
from daybridge.clinic.people.queries import names
from daybridge.clinic.programme.queries import setting


@dataclass(frozen=True, slots=True)
class GroupDueRow:
    """A group the viewer led whose notes are not all signed."""

    occurrence_id: int
    title: str
    starts_at: datetime
    lacking: int
    due_at: datetime
    overdue: bool


@dataclass(frozen=True, slots=True)
class GroupNoteRow:
    """A group's note of one client: the shared part, and their own line."""

    index: IndexRow
    client: str
    shared: str
    line: str


@query(Can.SIGN_NOTE)
def signed_in_group(viewer: Actor, /, *, occurrence_id: int) -> dict[int, int]:
    """Return a group's signed notes that the viewer may know of, by client; of two leaders either's."""
    rows = NoteIndex.objects.filter(
        occurrence_id=occurrence_id, kind=rules.Kind.GROUP, withdrawn_at=None, signed_at__isnull=False)
    return dict(rows.values_list("client_id", "pk"))


@query(Can.COSIGN_NOTE)
def group_to_cosign(viewer: Actor, /, *, occurrence_id: int) -> list[GroupNoteRow]:
    """Return a group's notes that wait for this supervisor and may be read, by client: few statements."""
    waiting = NoteIndex.objects.filter(
        Q(cosigner_id=viewer.user_id) | Q(cosigner=None), occurrence_id=occurrence_id, kind=rules.Kind.GROUP,
        signed_at__isnull=False, cosigned_at=None, withdrawn_at=None, sent_back_at=None,
    ).exclude(cosign_why="").exclude(author_id=viewer.user_id)
    notes = {row.index_id: row for row in Note.objects.filter(index__in=waiting)}
    rows = index_rows(viewer, rows=[one for one in waiting if one.pk in notes])
    clients = names(viewer, of={row.client_id for row in rows})
    found = [GroupNoteRow(row, clients[row.client_id], notes[row.note_id].data, notes[row.note_id].response)
             for row in rows if row.client_id in clients]
    return sorted(found, key=lambda one: one.client.casefold())


@query(Can.SIGN_NOTE)
def groups_due(viewer: Actor, /, *, at: datetime) -> list[GroupDueRow]:
    """Return the groups of the last days that the viewer led and has not documented, oldest first."""
    if not may(viewer, Can.SEE_ATTENDANCE):
        return []
    here = zone(viewer)
    last = at.astimezone(here).date()
    first = last - timedelta(days=DUE_DAYS)
    led = sessions(viewer, first=first, last=last, leader_id=viewer.user_id)
    held = {one.occurrence_id: one for one in led
            if one.service in rules.GROUP_SERVICES and one.state == "closed"}
    if not held:
        return []
    lacking = dict.fromkeys(held, 0)
    noted = set(NoteIndex.objects.filter(
        occurrence__in=held, kind=rules.Kind.GROUP, withdrawn_at=None,
    ).values_list("client_id", "occurrence_id"))
    ids = [one.occurrence_id for one in led]
    for row in presence_in(viewer, occurrence_ids=ids):  # as notes_due: read once
        if row.occurrence_id in held and (row.client_id, row.occurrence_id) not in noted:
            lacking[row.occurrence_id] += 1
    hours = setting(viewer, key="note_hours", on=last)
    found = []
    for pk, number in lacking.items():
        due = rules.due_at(held[pk].ends_at, hours)
        if number:
            found.append(GroupDueRow(pk, held[pk].title, held[pk].starts_at, number, due,
                                     rules.is_overdue(due, at)))
    return sorted(found, key=lambda row: row.due_at)
