"""Somebody calls in sick: who leads instead, or what is called off, in one act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.policy import Role
from daybridge.care.schedule import queries
from daybridge.care.schedule.commands import DoesNotFit
from daybridge.care.schedule.commands_days import cancel_session
from daybridge.care.schedule.commands_lead import name_substitute
from daybridge.care.schedule.models import Occurrence
from daybridge.care.schedule.queries_cover import LONGEST, sessions_lost
from daybridge.clinic.calendar.commands import give_staff_away
from daybridge.clinic.calendar.rules import Away
from daybridge.clinic.tasks.commands import open_alert, open_task

OFF = 0
CALL_WITHIN = 4 * 60  # minutes; a client is told before they set out


@dataclass(frozen=True, slots=True)
class Undone:
    """A session that stays as it is, and why."""

    occurrence_id: int
    why: str


@command(Can.MANAGE_SLOTS)
def cover(
    actor: Actor, /, *, user_id: int, days: Away, answers: Mapping[int, int], at: datetime
) -> list[Undone]:
    """Note that somebody is away; give each session to the one chosen, or call it off (OFF).

    Each answer is given whole or not at all; what could not be given is returned with the
    reason. A session without an answer stays as it is and is named on Today until it has one.
    """
    if days.last_day - days.first_day > LONGEST:
        raise DoesNotFit("Cover two weeks at most at a time.")
    if days.last_day < at.astimezone(queries.zone(actor)).date():
        raise DoesNotFit("Those days are past.")
    give_staff_away(actor, user_id=user_id, days=days, at=at)
    lost = {row.one.occurrence_id: row for row in sessions_lost(
        actor, user_id=user_id, first=days.first_day, last=days.last_day, at=at)}
    undone = []
    for pk, leader_id in sorted(answers.items()):
        row = lost.get(pk)
        if row is None:
            undone.append(Undone(pk, "It was changed meanwhile. Look at it again."))
        elif leader_id == OFF:
            why = _call_off(actor, pk, at)
            undone += [Undone(pk, why)] if why else []
        elif leader_id not in {one.user_id for one in row.choices}:
            undone.append(Undone(pk, "They are not free then. Choose somebody else."))
        else:
            why = _give(actor, pk, leader_id, at)
            undone += [Undone(pk, why)] if why else []
    return undone


def _give(actor: Actor, occurrence_id: int, leader_id: int, at: datetime) -> str:
    try:
        with transaction.atomic():
            name_substitute(actor, occurrence_id=occurrence_id, leader_id=leader_id, at=at)
    except DoesNotFit as error:
        return str(error)
    one = Occurrence.objects.select_related("room").get(pk=occurrence_id)
    here = f"{one.starts_at.astimezone(queries.zone(actor)):%a %d %b, %H:%M}"
    open_task(
        actor, client_id=None, title=f"You lead a session instead: {here}",
        why=f"{one.room.name if one.room else 'No room'}. Who is expected stands in the session, on its day.",
        due_at=one.starts_at, source_kind="substitute", source_id=f"{occurrence_id}-{leader_id}",
        assignee_user_id=leader_id, at=at)
    return ""


def _call_off(actor: Actor, occurrence_id: int, at: datetime) -> str:
    """Call a session off; for each client a task: tell them, offer another time.

    The tasks are system:sessions': whoever calls a group off need not know all of its clients.
    """
    one, sessions = Occurrence.objects.get(pk=occurrence_id), system(Role.SESSIONS)
    with identity.acting(sessions, at=at):
        clients = queries.roster(sessions, occurrence_id=occurrence_id)
    try:
        cancel_session(actor, occurrence_id=occurrence_id, at=at)
    except DoesNotFit as error:
        return str(error)
    left = max(timedelta(0), one.starts_at - at) / timedelta(minutes=1)
    here = f"{one.starts_at.astimezone(queries.zone(actor)):%a %d %b, %H:%M}"
    with identity.acting(sessions, at=at):
        for client_id in clients:
            open_alert(
                sessions, client_id=client_id, kind="task", source_kind="called_off",
                title=f"Called off: {here}. Tell them, offer another time",
                why="The leader is away and nobody could lead it. These hours are missing until they are "
                    "made up.", clock_minutes=min(CALL_WITHIN, int(left)),
                source_id=f"{occurrence_id}-{client_id}", at=at)
    return ""
