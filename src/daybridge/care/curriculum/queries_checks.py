"""Reading what clients understood."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.curriculum.models import LessonCheck

MOST = 5000


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A client's newest answers to a lesson."""

    client_id: int
    lesson: str
    answers: tuple[int, ...]
    right: int
    answered_at: datetime


@query(Can.SEE_INSTRUMENTS)
def checks_of(viewer: Actor, /, *, of: set[int]) -> dict[tuple[int, str], CheckRow]:
    """Return these clients' newest answers by client and lesson, in one statement."""
    rows = LessonCheck.objects.filter(client__in=of).order_by("client", "lesson", "-answered_at", "-pk")
    newest = rows.distinct("client", "lesson")[:MOST]
    return {
        (one.client_id, one.lesson): CheckRow(
            one.client_id, one.lesson, tuple(one.answers), one.right, one.answered_at) for one in newest
    }
