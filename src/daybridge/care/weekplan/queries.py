"""Reading the standing week, and how far a search for a better one is."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.hours.rules import COUNTS
from daybridge.care.placement.queries import StayRow, stays_in_care
from daybridge.care.planning.queries import prescribed
from daybridge.care.schedule import queries as schedule
from daybridge.care.schedule.queries_joining import joining_of, newcomers
from daybridge.care.schedule.queries_standing import pairs_apart, single_sessions_of_week, standing
from daybridge.care.schedule.rules import NO_RULES
from daybridge.care.weekplan import rules
from daybridge.care.weekplan.kept import opened
from daybridge.care.weekplan.models import WeekSearch
from daybridge.clinic.calendar.queries import client_weeks, staff_weeks
from daybridge.clinic.people import queries as people
from daybridge.clinic.programme import queries as programme

SUNDAY = timedelta(days=6)
SILENT = timedelta(seconds=60)
LATEST = 10


@dataclass(frozen=True, slots=True)
class SearchRow:
    """How far a search is."""

    search_id: uuid.UUID
    monday: date
    seconds: int
    state: str
    state_words: str
    percent: int
    cost: int | None
    cancel: bool
    words: str
    by: str
    asked_at: datetime
    moved_at: datetime
    has_week: bool

    def is_silent(self, at: datetime) -> bool:
        """Tell whether the worker has given no sign of life for a minute."""
        return self.state == "searching" and at - self.moved_at > SILENT


@query(Can.PLAN_WEEK)
def latest_searches(viewer: Actor, /) -> list[SearchRow]:
    """Return the last searches, newest first."""
    return _rows(viewer, list(WeekSearch.objects.defer("asked").order_by("-asked_at")[:LATEST]))


@query(Can.PLAN_WEEK)
def search_of(viewer: Actor, /, *, search_id: uuid.UUID) -> SearchRow:
    """Return one search."""
    return _rows(viewer, [WeekSearch.objects.defer("asked").get(pk=search_id)])[0]


@query(Can.PLAN_WEEK)
def found_of(viewer: Actor, /, *, search_id: uuid.UUID) -> Mapping[str, Any] | None:
    """Return the best week a search has found, with its reasons; None when there is none."""
    row = WeekSearch.objects.only("found").get(pk=search_id)
    return opened(row.found) if row.found else None


@query(Can.SEARCH_WEEK)
def asked_of(worker: Actor, /, *, search_id: uuid.UUID) -> tuple[Mapping[str, Any] | None, int]:
    """Return what a search is about and for how many seconds; None when it is over."""
    row = WeekSearch.objects.get(pk=search_id)
    wanted = row.state == "searching" and row.asked is not None
    return (opened(row.asked) if wanted else None), row.seconds  # type: ignore[arg-type]


@query(Can.PLAN_WEEK)
def standing_week(viewer: Actor, /, *, monday: date) -> rules.Facts:
    """Return the standing week from a Monday on: groups, members, leaders, rooms. Few statements."""
    zone, rows = schedule.zone(viewer), standing(viewer, monday=monday)
    stays = {one.client_id: one for one in stays_in_care(viewer)}
    joining = joining_of(viewer, series_ids=[one.series_id for one in rows])
    meetings = tuple(
        rules.Meeting(
            one.series_id, one.site_id, one.weekday, one.starts.hour * 60 + one.starts.minute,
            one.minutes, one.room_id, one.leader_id, one.capacity, one.levels, one.language, one.gender,
            COUNTS.get(one.service, False), tuple(pk for pk in one.members if pk in stays),
            asks.stages, asks.dual_only, asks.is_closed(monday),
        ) for one in rows for asks in [joining.get(one.series_id, NO_RULES)])
    rooms = programme.rooms(viewer, on=monday)
    return rules.Facts(
        meetings, _members(viewer, stays, monday, zone), _leaders(viewer, meetings, monday, zone),
        tuple((one.room_id, one.site_id, one.seats) for one in rooms),
        tuple(pair for pair in pairs_apart(viewer, on=monday) if set(pair) <= stays.keys()),
    )


def _members(
    viewer: Actor, stays: Mapping[int, StayRow], monday: date, zone: ZoneInfo
) -> tuple[rules.Member, ...]:
    ids = set(stays)
    known, windows = newcomers(viewer, of=ids), client_weeks(viewer, monday=monday, of=ids)
    hours = prescribed(viewer, of=ids, on=monday + SUNDAY)
    day_minutes = programme.setting(viewer, key="php_day_hours", on=monday) * 60
    singles: dict[int, list[tuple[rules.Span, bool]]] = {}
    for seat in schedule.seats(viewer, first=monday, last=monday + SUNDAY, of=ids):
        if seat.booked_singly and seat.service not in ("group", "education", "recreation"):
            span = rules.span(seat.starts_at, seat.ends_at, zone)
            singles.setdefault(seat.client_id, []).append((span, COUNTS.get(seat.service, False)))
    return tuple(
        rules.member_of(
            pk, one.level, hours.get(pk), known[pk], day_minutes=day_minutes,
            windows=rules.spans(windows.get(pk)), singles=tuple(singles.get(pk, ())))
        for pk, one in sorted(stays.items()))


def _leaders(
    viewer: Actor, meetings: tuple[rules.Meeting, ...], monday: date, zone: ZoneInfo
) -> tuple[rules.Leader, ...]:
    staff = {one.user_id: one for one in people.staff(viewer)}
    licensed = people.licensed_on(viewer, user_ids=set(staff))
    may_lead = {pk for pk, spans in licensed.items() if any(a <= monday <= b for a, b in spans)}
    ids = ({one.leader_id for one in meetings} | may_lead) & staff.keys()
    windows = staff_weeks(viewer, monday=monday, of=ids)
    singles: dict[int, list[rules.Span]] = {}
    for one in single_sessions_of_week(viewer, monday=monday):
        singles.setdefault(one.leader_id, []).append(rules.span(one.starts_at, one.ends_at, zone))
    return tuple(
        rules.Leader(pk, tuple({"en", *staff[pk].languages}), rules.spans(windows.get(pk)),
                     tuple(singles.get(pk, ())))
        for pk in sorted(ids))


def _rows(viewer: Actor, rows: list[WeekSearch]) -> list[SearchRow]:
    names = people.staff_names(viewer, user_ids={one.user_id for one in rows})
    return [
        SearchRow(one.pk, one.monday, one.seconds, one.state, one.get_state_display(), one.percent,
                  one.cost, one.cancel, one.words, names.get(one.user_id, ""), one.asked_at, one.moved_at,
                  one.found is not None)
        for one in rows
    ]
