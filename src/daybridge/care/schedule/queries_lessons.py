"""Reading which lessons were taught in which session, by whom."""

from dataclasses import dataclass
from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.curriculum.rules_lessons import Taught
from daybridge.care.schedule.models import Occurrence, SessionLesson
from daybridge.clinic.people.queries import staff_names
from daybridge.kernel.minutes import elapsed

MOST = 500


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A session that was held or is on, and what it taught."""

    occurrence_id: int
    starts_at: datetime
    state: str
    lesson: str
    by: str


@query(Can.SEE_GROUPS)
def lessons_taught(viewer: Actor, /, *, since: date) -> list[Taught]:
    """Return the lessons of all sessions since a day, with the sessions' minutes."""
    rows = SessionLesson.objects.filter(occurrence__day__gte=since).exclude(occurrence__state="cancelled")
    return [
        Taught(pk, lesson, elapsed(starts_at, ends_at)) for pk, lesson, starts_at, ends_at in
        rows.order_by("-occurrence__day", "pk").values_list(
            "occurrence_id", "lesson", "occurrence__starts_at", "occurrence__ends_at")[:MOST]
    ]


@query(Can.SEE_GROUPS)
def lessons_of_group(viewer: Actor, /, *, series_id: int, until: datetime, most: int = 6) -> list[HeldRow]:
    """Return a group's last sessions, newest first, each with the lesson it taught (empty: not said)."""
    held = Occurrence.objects.filter(series_id=series_id, starts_at__lte=until).exclude(state="cancelled")
    rows = list(held.order_by("-starts_at")[:most])
    said = {one.occurrence_id: one for one in SessionLesson.objects.filter(occurrence__in=rows)}
    names = staff_names(viewer, user_ids={one.taught_by_id for one in said.values()})
    return [
        HeldRow(row.pk, row.starts_at, row.state, said[row.pk].lesson if row.pk in said else "",
                names.get(said[row.pk].taught_by_id, "") if row.pk in said else "")
        for row in rows
    ]


@query(Can.SEE_GROUPS)
def lesson_of(viewer: Actor, /, *, occurrence_id: int) -> str:
    """Return the lesson a session taught; empty when nobody has said it, or it taught none."""
    row = SessionLesson.objects.filter(occurrence=occurrence_id).first()
    return row.lesson if row else ""
