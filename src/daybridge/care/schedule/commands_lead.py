"""Who leads a session sees its clients on that day, and on no other."""

from datetime import date, datetime, time, timedelta

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.relate import let_lead
from daybridge.care.schedule import queries
from daybridge.care.schedule.commands import DoesNotFit, change_session
from daybridge.care.schedule.models import Occurrence
from daybridge.clinic.people.queries import staff
from daybridge.kernel.minutes import elapsed


@command(Can.LET_LEAD)
def let_leader_in(actor: Actor, /, *, user_id: int, day: date, at: datetime) -> None:
    """Let somebody see whom they expect in the sessions they lead today, until midnight."""
    if at.astimezone(queries.zone(actor)).date() != day:
        return
    expected = {
        seat.client_id for seat in queries.seats(actor, first=day, last=day, led_by=user_id)
    }
    midnight = queries.local_moment(actor, day=day + timedelta(days=1), clock=time())
    let_lead(actor, client_ids=sorted(expected), user_id=user_id, until=midnight, at=at)


@command(Can.MANAGE_SLOTS)
def name_substitute(
    actor: Actor, /, *, occurrence_id: int, leader_id: int, at: datetime
) -> None:
    """Let somebody else lead this one session; the group keeps its leader."""
    if leader_id not in {row.user_id for row in staff(actor)}:
        raise DoesNotFit("Choose somebody of the staff.")
    one = Occurrence.objects.get(pk=occurrence_id)
    change_session(
        actor, occurrence_id=one.pk, starts_at=one.starts_at, room_id=one.room_id,
        minutes=elapsed(one.starts_at, one.ends_at), leader_id=leader_id, at=at,
    )
