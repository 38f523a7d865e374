"""A week as a calendar, and what would clash if a session moved: both in few statements."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.care.schedule.models import Occurrence
from daybridge.care.schedule.queries import SessionRow, roster, seats, sessions_by_id, zone
from daybridge.clinic.calendar.queries import Calendar, client_calendars, staff_times
from daybridge.clinic.calendar.rules import is_inside
from daybridge.clinic.programme import queries as programme
from daybridge.kernel.minutes import of_day

SUNDAY = timedelta(days=6)
MOST = 300


@dataclass(frozen=True, slots=True)
class Clash:
    """What stands against a move; `refuses`: it can't be given, else it is only to be known."""

    words: str
    refuses: bool = True


@query(Can.SEE_SLOTS)
def week_sessions(viewer: Actor, /, *, monday: date, **only: int) -> list[SessionRow]:
    """Return a week's sessions in order: all, or of a `room_id`, `leader_id` or `series_id`."""
    rows = Occurrence.objects.filter(day__range=(monday, monday + SUNDAY), **only)
    ids = rows.exclude(state="cancelled").order_by("starts_at", "pk").values_list("pk", flat=True)[:MOST]
    return _in_order(viewer, set(ids))


@query(Can.SEE_SCHEDULE)
def week_of_client(viewer: Actor, /, *, client_id: int, monday: date) -> list[SessionRow]:
    """Return the sessions of a week at which a client is expected."""
    rows = seats(viewer, first=monday, last=monday + SUNDAY, of={client_id})
    return _in_order(viewer, {row.occurrence_id for row in rows})


def _in_order(viewer: Actor, ids: set[int]) -> list[SessionRow]:
    found = sessions_by_id(viewer, ids=ids)
    return sorted(found.values(), key=lambda one: (one.starts_at, one.occurrence_id))


@query(Can.MANAGE_SLOTS)
def clashes(
    viewer: Actor, /, *, occurrence_id: int, starts_at: datetime, room_id: int | None, leader_id: int
) -> list[Clash]:
    """Return what a session would clash with at another time, in another room or with another leader.

    Clients are counted, never named: whoever moves a session may not know all of them.
    """
    one = Occurrence.objects.select_related("room").get(pk=occurrence_id)
    ends_at = starts_at + (one.ends_at - one.starts_at)
    day = starts_at.astimezone(zone(viewer)).date()
    there = Occurrence.objects.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exclude(pk=one.pk)
    rows = list(there.exclude(state="cancelled").values_list("room_id", "leader_id"))
    found = []
    if room_id is not None and any(room == room_id for room, _ in rows):
        found.append(Clash("The room is taken then."))
    if any(leader == leader_id for _, leader in rows):
        found.append(Clash("The leader holds another session then."))
    hours = staff_times(viewer, user_id=leader_id, on=day)
    span = of_day(starts_at, ends_at, zone(viewer))
    if _is_closed(viewer, room_id, day, span):
        found.append(Clash("The site is closed then."))
    if is_inside(hours.windows or None, hours.days_away, day, *span, hours.other_days) is False:
        found.append(Clash("It lies outside the leader's hours.", refuses=False))
    if may(viewer, Can.SEE_SCHEDULE):
        found += _members(viewer, one, day, (starts_at, ends_at), span)
    return found


def _members(
    viewer: Actor, one: Occurrence, day: date, times: tuple[datetime, datetime], span: tuple[int, int]
) -> list[Clash]:
    ids = set(roster(viewer, occurrence_id=one.pk))
    rows = seats(viewer, first=day, last=day, of=ids)
    elsewhere = {row.client_id for row in rows if row.occurrence_id != one.pk
                 and row.starts_at < times[1] and times[0] < row.ends_at}
    found = []
    if elsewhere:
        found.append(Clash(f"{_people(len(elsewhere))} at another session then: free them first."))
    if may(viewer, Can.SEE_TIMES):
        known = client_calendars(viewer, first=day, last=day, of=ids)
        outside = [pk for pk in ids for one in [known.get(pk, Calendar())]
                   if is_inside(one.windows, one.away, day, *span, one.others) is False]
        if outside:
            found.append(Clash(f"For {len(outside)} it lies outside the times they gave.", refuses=False))
    return found


def _people(number: int) -> str:
    return "1 client is" if number == 1 else f"{number} clients are"


def _is_closed(viewer: Actor, room_id: int | None, day: date, span: tuple[int, int]) -> bool:
    closed = programme.closures(viewer, first=day, last=day)
    site = next((row.site_id for row in programme.rooms(viewer) if row.room_id == room_id), None)
    part = closed.get(site or 0, {}).get(day)
    return part is not None and part.touches(*span)
