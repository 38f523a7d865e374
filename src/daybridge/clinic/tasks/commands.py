"""Opening, taking and closing alerts and tasks; the rota."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Coalesce

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.relate import put_on_duty
from daybridge.clinic.tasks import rules
from daybridge.clinic.tasks.models import OnCallShift, Task
from daybridge.kernel import text

_OPEN = """
INSERT INTO tasks_task (id, client_id, kind, title, why, source_kind, source_id, opened_at,
                        due_at, owner_id, outcome, level)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', 'owners') ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task about a client, for somebody; its source is the client."""

    client_id: int
    title: str
    why: str
    source_kind: str
    assignee_user_id: int


class TakenBy(ValueError):
    """Somebody else has it already."""


class NotTaken(ValueError):
    """An alert is taken before it is closed."""


@command(Can.OPEN_TASK)
def open_alert(
    actor: Actor, /, *, client_id: int | None, title: str, why: str, clock_minutes: int,
    source_kind: str, source_id: str, kind: str = "alert", at: datetime,
) -> None:
    """Open an alert that somebody must take before its clock runs out; twice is once.

    With kind="task" it can wait for its clock, but has nobody yet.
    """
    due = at + timedelta(minutes=clock_minutes)
    _open(kind, client_id, title, why, source_kind, source_id, at, due, None)


@command(Can.OPEN_TASK)
def open_task(
    actor: Actor, /, *, client_id: int | None, title: str, why: str, due_at: datetime,
    source_kind: str, source_id: str, assignee_user_id: int | None, at: datetime,
) -> None:
    """Open a task for somebody (or for whoever takes it); twice is once."""
    _open("task", client_id, title, why, source_kind, source_id, at, due_at, assignee_user_id)


@command(Can.OPEN_TASK)
def open_tasks(
    actor: Actor, /, *, client_ids: list[int], tasks: Sequence[NewTask], due_at: datetime,
    at: datetime,
) -> None:
    """Open tasks about many clients at once; the same source is once."""
    if not {one.client_id for one in tasks} <= set(client_ids):
        raise ValueError("A task is about a client who was not named.")
    with connection.cursor() as cursor:
        cursor.executemany(_OPEN, [
            [uuid.uuid4(), one.client_id, "task", text.tidy(one.title)[:200],
             text.tidy_lines(one.why), one.source_kind, str(one.client_id), at, due_at,
             one.assignee_user_id]
            for one in tasks
        ])


def _open(
    kind: str, client_id: int | None, title: str, why: str, source_kind: str, source_id: str,
    at: datetime, due: datetime, owner: int | None,
) -> None:
    # plain SQL: who opens an alert need not be able to read it, and the same source is once
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [
            uuid.uuid4(), client_id, kind, text.tidy(title)[:200], text.tidy_lines(why),
            source_kind, str(source_id), at, due, owner,
        ])


@command(Can.TAKE_TASK)
def take(actor: Actor, /, *, task_id: uuid.UUID, at: datetime) -> None:
    """Make an alert or task one's own; somebody who comes second is told who has it."""
    task = Task.objects.select_for_update().get(pk=task_id)
    if task.taken_at is not None and task.owner_id != actor.user_id:
        raise TakenBy("Somebody else has this already. Look at the list again.")
    task.owner_id, task.taken_at = actor.user_id, task.taken_at or at
    task.save(update_fields=["owner", "taken_at"])


@command(Can.TAKE_TASK)
def close(actor: Actor, /, *, task_id: uuid.UUID, outcome: str, at: datetime) -> None:
    """Close an alert or task with what came of it."""
    task = Task.objects.select_for_update().get(pk=task_id)
    words = text.tidy_lines(outcome)
    if not words:
        raise NotTaken("Write what came of it.")
    if task.kind == "alert" and task.taken_at is None:
        raise NotTaken("Take the alert first: then everybody knows that somebody is there.")
    task.closed_at, task.outcome = at, words
    task.owner_id = task.owner_id or actor.user_id
    task.save(update_fields=["closed_at", "outcome", "owner"])


@command(Can.TAKE_TASK)
def settle(
    actor: Actor, /, *, client_id: int, source_kinds: Sequence[str], source_id: str, outcome: str,
    at: datetime,
) -> None:
    """Close what a matter has opened, alerts too, when the matter itself is done.

    What nobody had taken was done by whoever settles it.
    """
    Task.objects.filter(
        client_id=client_id, source_kind__in=source_kinds, source_id=source_id, closed_at=None,
    ).update(closed_at=at, outcome=text.tidy_lines(outcome), taken_at=Coalesce("taken_at", at),
             owner_id=Coalesce("owner_id", actor.user_id))


@command(Can.TAKE_TASK)
def hand_over(actor: Actor, /, *, task_id: uuid.UUID, user_id: int, at: datetime) -> None:
    """Give an alert or task to another person by name."""
    Task.objects.filter(pk=task_id, closed_at=None).update(owner_id=user_id, taken_at=at)


@command(Can.TAKE_TASK)
def hand_over_all(actor: Actor, /, *, user_id: int, to_user_id: int, at: datetime) -> None:
    """Give every open alert and task of somebody who is away to another person by name."""
    Task.objects.filter(owner_id=user_id, closed_at=None).update(owner_id=to_user_id)


@command(Can.TAKE_TASK)
def escalate_due(actor: Actor, /, *, at: datetime) -> int:
    """Raise alerts that nobody has taken: back-up after 5 minutes, director after 10."""
    raised = 0
    for task in Task.objects.filter(kind="alert", taken_at=None, closed_at=None):
        level = rules.level(task.opened_at, at, taken=False)
        if level != task.level and level is not rules.Level.OWNERS:
            Task.objects.filter(pk=task.pk).update(level=level)
            raised += 1
    return raised


@command(Can.MANAGE_STAFF)
def add_shift(
    actor: Actor, /, *, user_id: int, part: str, phone: str, starts_at: datetime,
    ends_at: datetime, at: datetime,
) -> int:
    """Put somebody on call; the same part is never held by two."""
    try:
        with transaction.atomic():
            shift = OnCallShift.objects.create(
                user_id=user_id, part=part, phone=text.tidy(phone), starts_at=starts_at,
                ends_at=ends_at,
            )
    except IntegrityError:
        raise TakenBy("Somebody has that part then. Choose other hours.") from None
    put_on_duty(actor, user_id=user_id, from_at=starts_at, until_at=ends_at, at=at)
    return shift.pk
