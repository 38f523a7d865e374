"""Moving one session; the rest of its group stays."""

from datetime import datetime

from django.db import IntegrityError, transaction

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import Conflict, command
from daybridge.care.schedule.commands import DoesNotFit, Taken, change_session
from daybridge.care.schedule.models import Expected, Occurrence
from daybridge.care.schedule.queries_week import clashes


@command(Can.MANAGE_SLOTS)
def move_session(
    actor: Actor, /, *, occurrence_id: int, starts_at: datetime, room_id: int | None, leader_id: int,
    version: int, at: datetime,
) -> None:
    """Move a session that has not begun to another time, room or leader, with everybody's seat.

    Whoever moves an older version is told; what clashes is refused, each reason in words.
    """
    one = Occurrence.objects.select_for_update().get(pk=occurrence_id)
    if one.version != version:
        raise Conflict({"starts_at": one.starts_at.isoformat(), "state": one.get_state_display()},
                       version=one.version)
    if starts_at <= at:
        raise DoesNotFit("That time is past. Choose one that is still to come.")
    against = [found.words for found in clashes(
        actor, occurrence_id=occurrence_id, starts_at=starts_at, room_id=room_id, leader_id=leader_id)
        if found.refuses]
    if against:
        raise Taken(" ".join(against))
    minutes = round((one.ends_at - one.starts_at).total_seconds() / 60)
    try:
        with transaction.atomic():
            change_session(actor, occurrence_id=occurrence_id, starts_at=starts_at, minutes=minutes,
                           room_id=room_id, leader_id=leader_id, at=at)
            Expected.objects.filter(occurrence_id=occurrence_id, state="expected").update(
                starts_at=starts_at, ends_at=starts_at + (one.ends_at - one.starts_at))
    except IntegrityError:
        raise Taken("A client is somewhere else then. Choose another time.") from None
