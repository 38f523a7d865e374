"""Sessions with a seat left, and sessions in a line: few columns, few queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.postgres.aggregates import ArrayAgg

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.schedule.models import Occurrence
from daybridge.care.schedule.queries import taken

ALIKE = 3  # more than one, so that a pair kept apart or a booked seat leaves another
AT_A_TIME = 8
ALIKE_IN = ("series__levels", "series__language", "series__gender", "series__joining__stages",
            "series__joining__dual_only", "series__joining__closed_after")


@dataclass(frozen=True, slots=True)
class FreeRow:
    """A group's session that has not begun and has a seat left."""

    occurrence_id: int
    starts_at: datetime
    ends_at: datetime
    day: date
    service: str
    title: str
    leader_id: int
    seats_left: int
    levels: tuple[str, ...]
    language: str
    gender: str
    stages: tuple[int, ...]
    dual_only: bool
    closed_after: date | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """What a session is called, and when it was; the title only for those who may know it."""

    title: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A session as attendance needs it."""

    occurrence_id: int
    service: str
    day: date
    starts_at: datetime
    ends_at: datetime
    state: str
    version: int


@query(Can.SEE_SLOTS)
def held_session(viewer: Actor, /, *, occurrence_id: int) -> HeldRow:
    """Return one session's times, state and version, in one query."""
    row = Occurrence.objects.get(pk=occurrence_id)
    return HeldRow(row.pk, row.service, row.day, row.starts_at, row.ends_at, row.state, row.version)


@query(Can.SEE_SLOTS)
def free_sessions(viewer: Actor, /, *, after: datetime, last: date) -> list[FreeRow]:
    """Return groups' sessions after a moment, up to a day, with a seat left, in order.

    Of sessions that are alike to a client (same time, service, levels, language, gender) at
    most ALIKE stand here, however many the house holds: any one of them gives the same hours.
    """
    alike, capacity = _alike(after, last)
    seats: dict[int, int] = {}
    while any(alike):
        some = [pk for ids in alike for pk in ids[:AT_A_TIME]]
        full = taken(viewer, occurrence_ids=some)
        left = {pk: capacity[pk] - full.get(pk, 0) for pk in some}
        alike = [_go_on(ids, left, seats) for ids in alike]
    rows = Occurrence.objects.filter(pk__in=seats).order_by("starts_at", "pk").values_list(
        "pk", "starts_at", "ends_at", "day", "service", "series__title__words", "leader_id",
        *ALIKE_IN,
    )
    return [
        FreeRow(row[0], row[1], row[2], row[3], row[4], row[5] or "", row[6], seats[row[0]], tuple(row[7]),
                row[8], row[9], tuple(row[10] or ()), bool(row[11]), row[12])
        for row in rows
    ]


def _alike(after: datetime, last: date) -> tuple[list[list[int]], dict[int, int]]:
    """Return the ids of the sessions ahead, those that are alike together, and their capacity."""
    near = (after - timedelta(days=1)).date()  # for the index of (series, day); zones differ by less
    ahead = Occurrence.objects.filter(
        starts_at__gt=after, day__range=(near, last), state="planned", series__isnull=False
    )
    groups = ahead.values("starts_at", "ends_at", "service", *ALIKE_IN).annotate(
        ids=ArrayAgg("pk", order_by="pk"), capacities=ArrayAgg("capacity", order_by="pk"))
    rows = list(groups.order_by("starts_at", "ends_at"))
    capacity = {
        pk: seats for row in rows for pk, seats in zip(row["ids"], row["capacities"], strict=True)
    }
    return [row["ids"] for row in rows], capacity


def _go_on(ids: list[int], left: Mapping[int, int], seats: dict[int, int]) -> list[int]:
    """Keep the first sessions with a seat; return where to look on when there was none."""
    looked = ids[:AT_A_TIME]
    free = [pk for pk in looked if left[pk] > 0][:ALIKE]
    seats.update((pk, left[pk]) for pk in free)
    return [] if free else ids[AT_A_TIME:]


@query(Can.SEE_SLOTS)
def session_lines(viewer: Actor, /, *, ids: set[int]) -> dict[int, LineRow]:
    """Return title (or service) and start of sessions by id, in one query."""
    rows = Occurrence.objects.filter(pk__in=ids).values_list(
        "pk", "series__title__words", "service", "starts_at"
    )
    return {pk: LineRow(title or service, starts_at) for pk, title, service, starts_at in rows}
