"""What a closed day, or a closed part of one, calls off: looked at before it is done."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.access.policy import Role
from daybridge.care.schedule import queries
from daybridge.care.schedule.models import Occurrence, Series
from daybridge.clinic.programme.queries import closures
from daybridge.clinic.programme.rules_closing import ClosedPart
from daybridge.kernel.minutes import of_day

MOST_DAYS = 32


@dataclass(frozen=True, slots=True)
class CalledOff:
    """A session that would be off: when, what it is called, how many clients expect it."""

    day: date
    starts_at: datetime
    title: str
    room: str
    leader: str
    expected: int


@query(Can.SEE_SLOTS)
def closed_for(viewer: Actor, /, *, series: Series, first: date, last: date) -> set[date]:
    """Return the days on which a group can't meet, for its site is closed at that time."""
    minute = series.starts.hour * 60 + series.starts.minute
    parts = closures(viewer, first=first, last=last).get(series.site_id, {})
    return {day for day, part in parts.items() if part.touches(minute, minute + series.minutes)}


@query(Can.SEE_SLOTS)
def standing_then(viewer: Actor, /, *, site_id: int, day: date, part: ClosedPart) -> QuerySet[Occurrence]:
    """Return the planned sessions of a site that meet a closed part of a day, in order."""
    here = Q(series__site_id=site_id) | Q(series=None, room__site_id=site_id)
    rows = Occurrence.objects.filter(here, day=day, state="planned").order_by("starts_at", "pk")
    zone = queries.zone(viewer)
    met = [pk for pk, starts_at, ends_at in rows.values_list("pk", "starts_at", "ends_at")
           if part.touches(*of_day(starts_at, ends_at, zone))]
    return rows.filter(pk__in=met)


@query(Can.SEE_SLOTS)
def would_be_off(
    viewer: Actor, /, *, site_ids: list[int], first: date, last: date, part: ClosedPart, at: datetime
) -> tuple[list[CalledOff], int]:
    """Return the sessions that closing these days would call off, and of how many clients (numbers only)."""
    ids: set[int] = set()
    for number in range(min((last - first).days + 1, MOST_DAYS)):
        for site_id in site_ids:
            rows = standing_then(viewer, site_id=site_id, day=first + timedelta(days=number), part=part)
            ids |= set(rows.filter(starts_at__gt=at).values_list("pk", flat=True))
    held = queries.sessions_by_id(viewer, ids=ids)
    sessions = system(Role.SESSIONS)
    with identity.acting(sessions, at=at):
        seats = queries.seats(sessions, first=first, last=last)
    clients = {seat.client_id for seat in seats if seat.occurrence_id in ids}
    found = [CalledOff(one.day, one.starts_at, one.title or one.service, one.room, one.leader, one.taken)
             for one in held.values()]
    return sorted(found, key=lambda one: (one.starts_at, one.title)), len(clients)
