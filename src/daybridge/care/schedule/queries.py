"""Reading groups and sessions."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.care.schedule.models import Expected, Membership, Occurrence, Series, SeriesTitle
from daybridge.clinic.people import queries as people
from daybridge.clinic.people.queries_age import is_under
from daybridge.clinic.programme import queries as programme
from daybridge.kernel.minutes import local

MOST = 200


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A weekly group; the title is empty for those who may not know it."""

    series_id: int
    title: str
    weekday: int
    starts: time
    minutes: int
    room: str
    leader_id: int
    leader: str
    capacity: int
    members: int
    levels: tuple[str, ...]
    language: str
    gender: str
    service: str
    first_day: date
    last_day: date | None
    site_id: int


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session; times in UTC, `day` the site's."""

    occurrence_id: int
    series_id: int | None
    title: str
    service: str
    day: date
    starts_at: datetime
    ends_at: datetime
    room: str
    leader_id: int
    leader: str
    capacity: int
    taken: int
    state: str
    version: int


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A client's place at a session."""

    client_id: int
    occurrence_id: int
    starts_at: datetime
    ends_at: datetime
    day: date
    service: str
    booked_singly: bool
    state: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A client's membership."""

    client_id: int
    series_id: int
    from_day: date
    until_day: date | None


@query(Can.SEE_SLOTS)
def all_series(viewer: Actor, /, *, on: date) -> list[SeriesRow]:
    """Return the groups that meet on or after a day, by weekday and time."""
    rows = list(
        Series.objects.exclude(last_day__lt=on)
        .select_related("room")
        .order_by("weekday", "starts", "pk")[:MOST]
    )
    titles, leaders = _titles(viewer, [row.pk for row in rows]), _leaders(viewer, rows)
    members = _members(viewer, [row.pk for row in rows], on)
    return [
        SeriesRow(
            row.pk, titles.get(row.pk, ""), row.weekday, row.starts, row.minutes, row.room.name,
            row.leader_id, leaders.get(row.leader_id, ""), row.capacity, members.get(row.pk, 0),
            tuple(row.levels), row.language, row.gender, row.service, row.first_day, row.last_day,
            row.room.site_id,
        )
        for row in rows
    ]


@query(Can.SEE_SLOTS)
def sessions(
    viewer: Actor, /, *, first: date, last: date, leader_id: int | None = None
) -> list[SessionRow]:
    """Return the sessions of some days (both included) that were not cancelled, in order."""
    rows = Occurrence.objects.filter(day__range=(first, last)).exclude(state="cancelled")
    if leader_id is not None:
        rows = rows.filter(leader_id=leader_id)
    return _session_rows(viewer, list(rows.select_related("room").order_by("starts_at", "pk")[:MOST]))


@query(Can.SEE_SLOTS)
def session(viewer: Actor, /, *, occurrence_id: int) -> SessionRow:
    """Return one session."""
    row = Occurrence.objects.select_related("room").get(pk=occurrence_id)
    return _session_rows(viewer, [row])[0]


@query(Can.SEE_SLOTS)
def sessions_by_id(viewer: Actor, /, *, ids: set[int]) -> dict[int, SessionRow]:
    """Return sessions by id."""
    rows = Occurrence.objects.filter(pk__in=ids).select_related("room")
    return {row.occurrence_id: row for row in _session_rows(viewer, list(rows))}


@query(Can.SEE_SCHEDULE)
def roster(viewer: Actor, /, *, occurrence_id: int) -> list[int]:
    """Return the clients expected at a session: opened, or as memberships say beforehand."""
    one = Occurrence.objects.get(pk=occurrence_id)
    singly = dict(
        Expected.objects.filter(occurrence_id=occurrence_id).values_list("client_id", "state")
    )
    here = {pk for pk, state in singly.items() if state == "expected"}
    if one.state == "planned" and one.series_id is not None:
        members = Membership.objects.filter(series_id=one.series_id, from_day__lte=one.day)
        for pk, until in members.values_list("client_id", "until_day"):
            if (until is None or until >= one.day) and singly.get(pk) != "cancelled":
                here.add(pk)
    return sorted(here)


# written by hand: three of the busiest pages ask it, and one statement does
_SEATS = """
SELECT e.client_id, o.id, o.starts_at, o.ends_at, o.day, o.service, e.booked_singly, e.state
FROM schedule_expected e JOIN schedule_occurrence o ON o.id = e.occurrence_id
WHERE o.day BETWEEN %(first)s AND %(last)s AND o.state <> 'cancelled' AND e.state = 'expected'
  AND (%(all)s OR e.client_id = ANY(%(of)s)) AND (%(led_by)s IS NULL OR o.leader_id = %(led_by)s)
UNION ALL
SELECT m.client_id, o.id, o.starts_at, o.ends_at, o.day, o.service, false, 'expected'
FROM schedule_membership m JOIN schedule_occurrence o ON o.series_id = m.series_id
WHERE o.day BETWEEN %(first)s AND %(last)s AND o.state = 'planned'
  AND m.from_day <= o.day AND (m.until_day IS NULL OR m.until_day >= o.day)
  AND (%(all)s OR m.client_id = ANY(%(of)s)) AND (%(led_by)s IS NULL OR o.leader_id = %(led_by)s)
  AND NOT EXISTS (SELECT FROM schedule_expected x
                  WHERE x.occurrence_id = o.id AND x.client_id = m.client_id)
ORDER BY 3, 2, 1
"""


@query(Can.SEE_SCHEDULE)
def seats(
    viewer: Actor, /, *, first: date, last: date, of: set[int] | None = None,
    led_by: int | None = None,
) -> list[SeatRow]:
    """Return who is to be where between two days (both included), in one statement.

    Of some clients, at one leader's sessions, or all. For sessions not yet opened, memberships
    in force that day count; a seat given up singly does not.
    """
    asked: dict[str, Any] = {"first": first, "last": last, "all": of is None, "of": sorted(of or ()),
             "led_by": led_by}
    with connection.cursor() as cursor:
        cursor.execute(_SEATS, asked)
        return [SeatRow(*row) for row in cursor.fetchall()]


@query(Can.SEE_SCHEDULE)
def memberships_of(viewer: Actor, /, *, client_id: int, on: date) -> list[MemberRow]:
    """Return a client's memberships in force on a day or later."""
    rows = Membership.objects.filter(client_id=client_id).exclude(until_day__lt=on)
    return [
        MemberRow(row.client_id, row.series_id, row.from_day, row.until_day)
        for row in rows.order_by("weekday", "from_minute", "pk")
    ]


@query(Can.SEE_SCHEDULE)
def members_of(viewer: Actor, /, *, series_id: int, on: date) -> list[MemberRow]:
    """Return the members of a group on a day, whom the viewer may see."""
    rows = Membership.objects.filter(series_id=series_id, from_day__lte=on).exclude(until_day__lt=on)
    return [
        MemberRow(row.client_id, row.series_id, row.from_day, row.until_day)
        for row in rows.order_by("client_id")
    ]


@query(Can.SEE_SLOTS)
def taken(viewer: Actor, /, *, occurrence_ids: list[int]) -> dict[int, int]:
    """Return how many seats of each session are taken: numbers only, of everybody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM schedule_taken(%s)", [occurrence_ids])
        return dict(cursor.fetchall())


@query(Can.SEE_SLOTS)
def no_contact_sessions(viewer: Actor, /, *, occurrence_ids: list[int]) -> dict[int, set[int]]:
    """Return, for each client, the sessions where somebody is whom they must not meet."""
    found: dict[int, set[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM schedule_no_contact_sessions(%s)", [occurrence_ids])
        for client_id, occurrence_id in cursor.fetchall():
            found.setdefault(client_id, set()).add(occurrence_id)
    return found


@query(Can.SEE_SLOTS)
def still_held(viewer: Actor, /, *, from_day: date, **where: int) -> int:
    """Return how many sessions stand in a room, or at a site, on a day or later."""
    here = {"room_id": where["room_id"]} if "room_id" in where else {"room__site_id": where["site_id"]}
    later = Occurrence.objects.filter(day__gte=from_day, **here)
    return later.exclude(state="cancelled").count()


@query(Can.SEE_SCHEDULE)
def is_adult(viewer: Actor, /, *, client_id: int, on: date) -> bool:
    """Tell whether a client is of the programme's adult age, as is written now."""
    years = programme.setting(viewer, key="adult_from", on=on)
    return not is_under(viewer, client_id=client_id, years=years, on=on)


@query(Can.SEE_SLOTS)
def zone(viewer: Actor, /) -> ZoneInfo:
    """Return the zone of the (first) site."""
    sites = programme.sites(viewer)
    return sites[0].zone if sites else ZoneInfo("UTC")


@query(Can.SEE_SLOTS)
def local_moment(viewer: Actor, /, *, day: date, clock: time) -> datetime:
    """Return a time of the site's wall clock as a moment in UTC."""
    return local(day, clock, zone(viewer))


def _titles(viewer: Actor, series_ids: list[int]) -> dict[int, str]:
    if not may(viewer, Can.SEE_GROUPS):
        return {}
    rows = SeriesTitle.objects.filter(series__in=series_ids)
    return dict(rows.values_list("series_id", "words"))


def _leaders(viewer: Actor, rows: list[Series] | list[Occurrence]) -> dict[int, str]:
    return people.staff_names(viewer, user_ids={row.leader_id for row in rows})


def _members(viewer: Actor, series_ids: list[int], on: date) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM schedule_members(%s, %s)", [series_ids, on])
        return dict(cursor.fetchall())


def _session_rows(viewer: Actor, rows: list[Occurrence]) -> list[SessionRow]:
    titles = _titles(viewer, [row.series_id for row in rows if row.series_id is not None])
    leaders = _leaders(viewer, rows)
    seats_taken = taken(viewer, occurrence_ids=[row.pk for row in rows])
    return [
        SessionRow(
            row.pk, row.series_id, titles.get(row.series_id or 0, ""), row.service, row.day,
            row.starts_at, row.ends_at, row.room.name if row.room else "", row.leader_id,
            leaders.get(row.leader_id, ""), row.capacity, seats_taken.get(row.pk, 0), row.state,
            row.version,
        )
        for row in rows
    ]
