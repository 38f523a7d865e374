"""The standing week: every group with its members, single sessions, pairs kept apart. Few statements."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.schedule.models import Membership, NoContact, Occurrence, Series

SUNDAY = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A group that goes on past a week, and who goes on being in it."""

    series_id: int
    site_id: int
    room_id: int
    leader_id: int
    service: str
    weekday: int
    starts: time
    minutes: int
    capacity: int
    levels: tuple[str, ...]
    language: str
    gender: str
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SingleRow:
    """A session outside of any group, for whoever leads it."""

    leader_id: int
    starts_at: datetime
    ends_at: datetime


@query(Can.SEE_SCHEDULE)
def standing(viewer: Actor, /, *, monday: date) -> list[StandingRow]:
    """Return the groups of a week that don't end in it, with the members who don't leave in it."""
    members: dict[int, list[int]] = {}
    rows = Membership.objects.filter(from_day__lte=monday + SUNDAY).exclude(until_day__lte=monday + SUNDAY)
    for series_id, client_id in rows.order_by("client_id").values_list("series_id", "client_id"):
        members.setdefault(series_id, []).append(client_id)
    series = Series.objects.filter(first_day__lte=monday + SUNDAY).exclude(last_day__lte=monday + SUNDAY)
    return [
        StandingRow(
            one.pk, one.site_id, one.room_id, one.leader_id, one.service, one.weekday, one.starts,
            one.minutes, one.capacity, tuple(one.levels), one.language, one.gender,
            tuple(members.get(one.pk, ())),
        )
        for one in series.order_by("weekday", "starts", "pk")
    ]


@query(Can.SEE_SLOTS)
def single_sessions_of_week(viewer: Actor, /, *, monday: date) -> list[SingleRow]:
    """Return the week's sessions that belong to no group."""
    rows = Occurrence.objects.filter(series=None, day__range=(monday, monday + SUNDAY))
    held = rows.exclude(state="cancelled").order_by("starts_at", "pk")
    return [SingleRow(*row) for row in held.values_list("leader_id", "starts_at", "ends_at")]


@query(Can.SEE_APART)
def pairs_apart(viewer: Actor, /, *, on: date) -> list[tuple[int, int]]:
    """Return the pairs of clients kept apart on a day, for planning; never to be shown."""
    rows = NoContact.objects.filter(Q(until_day=None) | Q(until_day__gte=on), from_day__lte=on)
    return list(rows.order_by("pk").values_list("client_id", "other_id"))
