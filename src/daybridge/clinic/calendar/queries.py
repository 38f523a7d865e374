"""Reading when clients can come and staff work. Whoever gave no times is not in the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.clinic.calendar.models import (
    ClientAway,
    ClientDay,
    ClientWindow,
    StaffAway,
    StaffDay,
    StaffWindow,
)
from daybridge.clinic.calendar.rules import Away, OneDay, Window
from daybridge.clinic.people.queries import staff_names

SUNDAY = timedelta(days=6)
MOST_AWAY = 50


@dataclass(frozen=True, slots=True)
class AwayRow:
    """Days away that were given."""

    away_id: int
    days: Away


@dataclass(frozen=True, slots=True)
class DayRow:
    """Other times on one day that were given."""

    day_id: int
    times: OneDay

    @property
    def clock(self) -> str:
        """Return the times as the clock says them."""
        first, last = self.times.from_minute, self.times.until_minute
        return f"{first // 60:02}:{first % 60:02} to {last // 60:02}:{last % 60:02}"


@dataclass(frozen=True, slots=True)
class Times:
    """What somebody gave: windows in force, days away still to come, when and by whom it was given."""

    windows: tuple[Window, ...]
    away: tuple[AwayRow, ...]
    given_at: datetime | None
    by: str
    by_id: int | None
    days: tuple[DayRow, ...] = ()

    @property
    def days_away(self) -> tuple[Away, ...]:
        """Return the days away alone."""
        return tuple(one.days for one in self.away)

    @property
    def other_days(self) -> tuple[OneDay, ...]:
        """Return the days with times of their own."""
        return tuple(one.times for one in self.days)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a client can come: weekly windows (None: nobody has asked), days away, days of their own times."""

    windows: tuple[Window, ...] | None = None
    away: tuple[Away, ...] = ()
    others: tuple[OneDay, ...] = ()


@query(Can.SEE_TIMES)
def client_times(viewer: Actor, /, *, client_id: int, on: date) -> Times:
    """Return when one client can come, from a day on."""
    return _times(viewer, ClientWindow.objects.filter(client_id=client_id),
                  ClientAway.objects.filter(client_id=client_id),
                  ClientDay.objects.filter(client_id=client_id), on)


@query(Can.SEE_SLOTS)
def staff_times(viewer: Actor, /, *, user_id: int, on: date) -> Times:
    """Return when one of the staff works, from a day on."""
    return _times(viewer, StaffWindow.objects.filter(user_id=user_id),
                  StaffAway.objects.filter(user_id=user_id), StaffDay.objects.filter(user_id=user_id), on)


@query(Can.SEE_TIMES)
def client_weeks(viewer: Actor, /, *, monday: date, of: set[int]) -> dict[int, tuple[Window, ...]]:
    """Return the weekly windows of these clients that go on past a week, in one statement."""
    return _weeks(ClientWindow.objects.filter(client__in=of), "client_id", monday)


@query(Can.SEE_SLOTS)
def staff_weeks(viewer: Actor, /, *, monday: date, of: set[int]) -> dict[int, tuple[Window, ...]]:
    """Return the weekly windows of these staff that go on past a week, in one statement."""
    return _weeks(StaffWindow.objects.filter(user__in=of), "user_id", monday)


@query(Can.SEE_SLOTS)
def staff_away(viewer: Actor, /, *, first: date, last: date) -> dict[int, tuple[Away, ...]]:
    """Return the staff's days away that touch a span, in one statement."""
    return _away(StaffAway.objects.all(), "user_id", first, last)


# one statement for a busy page: windows have a weekday, days away a first and a last day, other times both
_CALENDARS = """
SELECT client_id, weekday, from_minute, until_minute, NULL::date, NULL::date FROM calendar_clientwindow
WHERE client_id = ANY(%(of)s) AND from_day <= %(last)s AND (until_day IS NULL OR until_day >= %(last)s)
UNION ALL
SELECT client_id, NULL, NULL, NULL, first_day, last_day FROM calendar_clientaway
WHERE client_id = ANY(%(of)s) AND withdrawn_at IS NULL AND first_day <= %(last)s AND last_day >= %(first)s
UNION ALL
SELECT client_id, -1, from_minute, until_minute, day, day FROM calendar_clientday
WHERE client_id = ANY(%(of)s) AND withdrawn_at IS NULL AND day BETWEEN %(first)s AND %(last)s
ORDER BY 1, 2, 3, 5
"""


@query(Can.SEE_TIMES)
def client_calendars(viewer: Actor, /, *, first: date, last: date, of: set[int]) -> dict[int, Calendar]:
    """Return when these clients can come in a week, in one statement; who gave nothing is left out."""
    found: dict[int, tuple[list[Window], list[Away], list[OneDay]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_CALENDARS, {"of": sorted(of), "first": first, "last": last})
        for pk, weekday, begins, ends, first_day, last_day in cursor.fetchall():
            windows, away, others = found.setdefault(pk, ([], [], []))
            if weekday is None:
                away.append(Away(first_day, last_day))
            elif weekday < 0:
                others.append(OneDay(first_day, begins, ends))
            else:
                windows.append(Window(weekday, begins, ends))
    return {pk: Calendar(tuple(windows) or None, tuple(away), tuple(others))
            for pk, (windows, away, others) in found.items()}


@query(Can.SEE_SLOTS)
def staff_days(viewer: Actor, /, *, first: date, last: date) -> dict[int, tuple[OneDay, ...]]:
    """Return the staff's days with hours of their own in a span, in one statement."""
    found: dict[int, list[OneDay]] = {}
    rows = StaffDay.objects.filter(withdrawn_at=None, day__range=(first, last)).order_by("day", "from_minute")
    for pk, day, begins, ends in rows.values_list("user_id", "day", "from_minute", "until_minute"):
        found.setdefault(pk, []).append(OneDay(day, begins, ends))
    return {pk: tuple(days) for pk, days in found.items()}


def _away(
    rows: QuerySet[ClientAway] | QuerySet[StaffAway], who: str, first: date, last: date
) -> dict[int, tuple[Away, ...]]:
    found: dict[int, list[Away]] = {}
    held = rows.filter(withdrawn_at=None, first_day__lte=last, last_day__gte=first)
    for pk, begins, ends in held.values_list(who, "first_day", "last_day"):
        found.setdefault(pk, []).append(Away(begins, ends))
    return {pk: tuple(days) for pk, days in found.items()}


def _weeks(
    rows: QuerySet[ClientWindow] | QuerySet[StaffWindow], who: str, monday: date
) -> dict[int, tuple[Window, ...]]:
    found: dict[int, list[Window]] = {}
    lasting = Q(until_day=None) | Q(until_day__gt=monday + SUNDAY)
    for pk, *times in rows.filter(lasting, from_day__lte=monday + SUNDAY).values_list(
            who, "weekday", "from_minute", "until_minute"):
        found.setdefault(pk, []).append(Window(*times))
    return {pk: tuple(sorted(windows)) for pk, windows in found.items()}


def _times(
    viewer: Actor, windows: QuerySet[ClientWindow] | QuerySet[StaffWindow],
    away: QuerySet[ClientAway] | QuerySet[StaffAway], other: QuerySet[ClientDay] | QuerySet[StaffDay],
    on: date,
) -> Times:
    held: Iterable[ClientWindow | StaffWindow] = list(
        windows.filter(Q(until_day=None) | Q(until_day__gte=on), from_day__lte=on))
    newest = max(held, key=lambda one: one.given_at, default=None)
    days = away.filter(withdrawn_at=None, last_day__gte=on).order_by("first_day", "pk")[:MOST_AWAY]
    special = other.filter(withdrawn_at=None, day__gte=on).order_by("day", "from_minute", "pk")[:MOST_AWAY]
    by = newest.given_by_id if newest else None
    names = staff_names(viewer, user_ids={by}) if by else {}
    return Times(
        tuple(sorted(Window(one.weekday, one.from_minute, one.until_minute) for one in held)),
        tuple(AwayRow(one.pk, Away(one.first_day, one.last_day)) for one in days),
        newest.given_at if newest else None, names.get(by or 0, ""), by,
        tuple(DayRow(one.pk, OneDay(one.day, one.from_minute, one.until_minute)) for one in special))
