"""Sessions with a seat left, and sessions in a line: few columns, few queries."""

from dataclasses import dataclass
from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.schedule.models import Occurrence
from daybridge.care.schedule.queries import taken


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
    """Return the groups' sessions after a moment, up to a day, with a seat left, in order."""
    rows = list(
        Occurrence.objects.filter(
            starts_at__gt=after, day__lte=last, state="planned", series__isnull=False
        )
        .order_by("starts_at", "pk")
        .values_list(
            "pk", "starts_at", "ends_at", "day", "service", "series__title__words", "leader_id",
            "capacity", "series__levels", "series__language", "series__gender",
        )
    )
    full = taken(viewer, occurrence_ids=[row[0] for row in rows])
    return [
        FreeRow(*row[:5], row[5] or "", row[6], row[7] - full.get(row[0], 0), tuple(row[8]), *row[9:])
        for row in rows if row[7] > full.get(row[0], 0)
    ]


@query(Can.SEE_SLOTS)
def session_lines(viewer: Actor, /, *, ids: set[int]) -> dict[int, LineRow]:
    """Return title (or service) and start of sessions by id, in one query."""
    rows = Occurrence.objects.filter(pk__in=ids).values_list(
        "pk", "series__title__words", "service", "starts_at"
    )
    return {pk: LineRow(title or service, starts_at) for pk, title, service, starts_at in rows}
