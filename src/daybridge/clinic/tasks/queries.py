"""Reading alerts, tasks and the rota."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.access.policy import Role
from daybridge.clinic.people import queries as people
from daybridge.clinic.tasks import rules
from daybridge.clinic.tasks.models import OnCallShift, Task

MOST = 100


@dataclass(frozen=True, slots=True)
class TaskRow:
    """An alert or task, with the name of its client and owner."""

    task_id: uuid.UUID
    kind: str
    client_id: int | None
    client: str
    title: str
    why: str
    opened_at: datetime
    due_at: datetime
    owner_id: int | None
    owner: str
    taken_at: datetime | None
    level: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is on call now; a default fill is shown as uncovered."""

    name: str
    phone: str
    until: datetime | None
    covered: bool
    backup: str


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """Somebody's hours on call."""

    shift_id: int
    user_id: int
    name: str
    part: str
    phone: str
    starts_at: datetime
    ends_at: datetime


@query(Can.SEE_TASKS)
def open_tasks(viewer: Actor, /, *, at: datetime) -> list[TaskRow]:
    """Return what is open: alerts nobody has taken first, then by clock."""
    rows = list(Task.objects.filter(closed_at=None).order_by("due_at", "pk")[:MOST])
    found = _rows(viewer, rows, at)
    return sorted(found, key=lambda row: (row.kind != "alert", row.taken_at is not None, row.due_at))


@query(Can.SEE_TASKS)
def unclaimed_alerts(viewer: Actor, /, *, at: datetime) -> list[TaskRow]:
    """Return the alerts that nobody has taken, the shortest clock first."""
    rows = Task.objects.filter(closed_at=None, kind="alert", taken_at=None)
    return _rows(viewer, list(rows.order_by("due_at", "pk")[:MOST]), at)


@query(Can.SEE_TASKS)
def tasks_by_name(viewer: Actor, /, *, user_id: int, at: datetime) -> list[TaskRow]:
    """Return what is open and somebody's own, by clock."""
    rows = Task.objects.filter(owner_id=user_id, closed_at=None).order_by("due_at", "pk")
    return _rows(viewer, list(rows), at)


@query(Can.SEE_TASKS)
def mine(viewer: Actor, /, *, at: datetime) -> list[TaskRow]:
    """Return what is the viewer's own, and tasks of nobody, by clock."""
    rows = Task.objects.filter(closed_at=None).filter(
        Q(owner_id=viewer.user_id) | Q(owner=None, kind="task")
    )
    return _rows(viewer, list(rows.order_by("due_at", "pk")[:MOST]), at)


@query(Can.SEE_TASKS)
def tasks_of(viewer: Actor, /, *, client_id: int, at: datetime) -> list[TaskRow]:
    """Return what is open about a client."""
    rows = Task.objects.filter(client_id=client_id, closed_at=None).order_by("due_at", "pk")
    return _rows(viewer, list(rows[:MOST]), at)


@query(Can.SEE_STAFF)
def on_call_now(viewer: Actor, /, *, at: datetime) -> OnCall | None:
    """Return who is on call; with a hole in the rota the director stands in, uncovered."""
    shifts = list(OnCallShift.objects.filter(starts_at__lte=at, ends_at__gt=at))
    known = people.staff_names(viewer, user_ids={row.user_id for row in shifts})
    by_part = {row.part: row for row in shifts}
    primary, backup = by_part.get("primary"), by_part.get("backup")
    backup_name = known.get(backup.user_id, "") if backup else ""
    if primary is not None and primary.user_id in known:
        return OnCall(known[primary.user_id], primary.phone, primary.ends_at,
                      covered=True, backup=backup_name)
    directors = [row for row in people.staff(viewer) if row.job == Role.DIRECTOR]
    if not directors:
        return None
    return OnCall(directors[0].name, directors[0].phone, None, covered=False, backup=backup_name)


@query(Can.SEE_STAFF)
def shifts(viewer: Actor, /, *, first: datetime, days: int = 14) -> list[ShiftRow]:
    """Return the rota from a moment on."""
    rows = list(
        OnCallShift.objects.filter(ends_at__gt=first, starts_at__lt=first + timedelta(days=days))
        .order_by("starts_at", "part", "pk")[:MOST]
    )
    known = people.staff_names(viewer, user_ids={row.user_id for row in rows})
    return [
        ShiftRow(row.pk, row.user_id, known.get(row.user_id, ""),
                 row.part, row.phone, row.starts_at, row.ends_at)
        for row in rows
    ]


@query(Can.SEE_STAFF)
def holes(viewer: Actor, /, *, first: datetime, days: int = 14) -> list[tuple[datetime, datetime]]:
    """Return the times without a named person on call: a safety matter."""
    rows = [
        rules.Shift(row.user_id, rules.Part(row.part), row.starts_at, row.ends_at)
        for row in OnCallShift.objects.filter(ends_at__gt=first, part="primary")
    ]
    return rules.holes(rows, rules.Part.PRIMARY, first, first + timedelta(days=days))


def _rows(viewer: Actor, rows: list[Task], at: datetime) -> list[TaskRow]:
    if not rows:
        return []
    clients = people.names(viewer, of={row.client_id for row in rows if row.client_id})
    owners = people.staff_names(viewer, user_ids={row.owner_id for row in rows if row.owner_id})
    return [
        TaskRow(
            row.pk, row.kind, row.client_id, clients.get(row.client_id or 0, ""), row.title,
            row.why, row.opened_at, row.due_at, row.owner_id,
            owners.get(row.owner_id or 0, ""), row.taken_at, row.level,
            rules.is_overdue(row.due_at, at),
        )
        for row in rows
    ]
