"""Reading attendance and the week of each client."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.care.hours import rules
from daybridge.care.hours.models import Attendance, CheckIn, ShortWeek
from daybridge.care.schedule import queries as schedule
from daybridge.clinic.programme.queries import setting
from daybridge.kernel.minutes import week_of

DAYS = 7


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """A client's attendance at one session, as it was taken."""

    client_id: int
    occurrence_id: int
    day: date
    kind: str
    present_from: datetime | None
    present_until: datetime | None
    clinical_minutes: int
    billable_minutes: int
    reason: str
    taken_at: datetime


PRESENCE = tuple(PresenceRow.__dataclass_fields__)  # the columns of the same names


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """What the desk sees: who is expected where, and who has come. No titles."""

    client_id: int
    occurrence_id: int
    starts_at: datetime
    ends_at: datetime
    room: str
    leader: str
    arrived_at: datetime | None


@query(Can.SEE_SLOTS)
def counting(viewer: Actor, /, *, on: date) -> rules.Counting:
    """Return how minutes count on a day, as the programme's settings say."""
    return rules.Counting(
        breaks_count=bool(setting(viewer, key="breaks_count", on=on)),
        grace_minutes=setting(viewer, key="grace_minutes", on=on),
    )


@query(Can.SEE_SLOTS)
def week_start(viewer: Actor, /, *, day: date) -> date:
    """Return the first day of the programme's week that holds a day."""
    return week_of(day, starts_on=setting(viewer, key="week_starts_on", on=day))


@query(Can.SEE_ATTENDANCE)
def presence_at(viewer: Actor, /, *, occurrence_id: int) -> dict[int, PresenceRow]:
    """Return the attendance of one session by client."""
    rows = Attendance.objects.filter(occurrence_id=occurrence_id).order_by("client_id")
    return {row.client_id: _presence(row) for row in rows}


@query(Can.SEE_ATTENDANCE)
def presence_between(
    viewer: Actor, /, *, first: date, last: date, of: set[int] | None = None
) -> list[PresenceRow]:
    """Return the attendance of some days (both included), in order."""
    rows = Attendance.objects.filter(day__range=(first, last))
    if of is not None:
        rows = rows.filter(client__in=of)
    ordered = rows.order_by("day", "occurrence_id", "client_id")
    return [PresenceRow(*row) for row in ordered.values_list(*PRESENCE)]


@query(Can.SEE_ATTENDANCE)
def presence_in(viewer: Actor, /, *, occurrence_ids: Sequence[int]) -> list[PresenceRow]:
    """Return the attendance of these sessions, in order: by the sessions, however large the house."""
    rows = Attendance.objects.filter(occurrence__in=occurrence_ids).order_by("occurrence_id", "client_id")
    return [PresenceRow(*row) for row in rows.values_list(*PRESENCE)]


@query(Can.SEE_ATTENDANCE)
def missed_between(viewer: Actor, /, *, first: date, last: date) -> list[PresenceRow]:
    """Return who stayed away without a word, or unexcused, on some days (both included)."""
    rows = Attendance.objects.filter(day__range=(first, last), kind__in=rules.MISSED)
    return [_presence(row) for row in rows.order_by("day", "occurrence_id", "client_id")]


@query(Can.SEE_ARRIVALS)
def arrivals_at(viewer: Actor, /, *, occurrence_id: int) -> dict[int, datetime]:
    """Return who has checked in for a session, and when."""
    rows = CheckIn.objects.filter(occurrence_id=occurrence_id)
    return dict(rows.values_list("client_id", "at"))


@query(Can.SEE_ATTENDANCE)
def weeks_delivered(
    viewer: Actor, /, *, client_id: int, first: date, weeks: int
) -> list[tuple[date, int]]:
    """Return the clinical minutes of so many weeks from a week's first day on."""
    last = first + timedelta(days=DAYS * weeks - 1)
    minutes = dict.fromkeys((first + timedelta(days=DAYS * n) for n in range(weeks)), 0)
    rows = Attendance.objects.filter(client_id=client_id, day__range=(first, last))
    for day, counted in rows.values_list("day", "clinical_minutes"):
        minutes[first + timedelta(days=(day - first).days // DAYS * DAYS)] += counted
    return sorted(minutes.items())


@query(Can.SEE_ATTENDANCE)
def short_weeks(viewer: Actor, /, *, week: date) -> dict[int, str]:
    """Return why each flagged client stays short this week ("" = not said yet)."""
    return dict(ShortWeek.objects.filter(week=week).values_list("client_id", "why"))


@query(Can.SEE_SCHEDULE)
def arrivals(viewer: Actor, /, *, day: date) -> list[ArrivalRow]:
    """Return who is expected on a day, by time; arrivals where the viewer may see them."""
    seats = schedule.seats(viewer, first=day, last=day)
    sessions = schedule.sessions_by_id(viewer, ids={seat.occurrence_id for seat in seats})
    came: dict[tuple[int, int], datetime] = {}
    for client_id, occurrence_id, at in _check_ins(viewer, set(sessions)):
        came[client_id, occurrence_id] = at
    return [
        ArrivalRow(
            seat.client_id, seat.occurrence_id, seat.starts_at, seat.ends_at,
            sessions[seat.occurrence_id].room, sessions[seat.occurrence_id].leader,
            came.get((seat.client_id, seat.occurrence_id)),
        )
        for seat in seats
    ]


def _check_ins(viewer: Actor, sessions: set[int]) -> list[tuple[int, int, datetime]]:
    if not may(viewer, Can.SEE_ARRIVALS):
        return []
    rows = CheckIn.objects.filter(occurrence_id__in=sessions)
    return list(rows.values_list("client_id", "occurrence_id", "at"))


def _presence(row: Attendance) -> PresenceRow:
    return PresenceRow(
        row.client_id, row.occurrence_id, row.day, row.kind, row.present_from, row.present_until,
        row.clinical_minutes, row.billable_minutes, row.reason, row.taken_at,
    )
