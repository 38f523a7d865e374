"""Reading who looked at a lesson lately, and until when it is in date."""

from dataclasses import dataclass
from datetime import date

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.curriculum.library_lessons import curriculum
from daybridge.care.curriculum.models import LessonReview
from daybridge.care.curriculum.rules_lessons import is_out_of_date
from daybridge.clinic.people.queries import staff_lines


@dataclass(frozen=True, slots=True)
class LookRow:
    """Somebody of the programme read a lesson beside its sources."""

    looked_on: date
    next_on: date
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class Dates:
    """When a lesson's sources were read last, until when it is in date; `by_us`: looked at here."""

    read_on: date
    review_by: date
    by_us: bool

    def is_out_of_date(self, day: date) -> bool:
        """Tell whether its day to be looked at again is past."""
        return is_out_of_date(self.review_by, day)


@query(Can.SEE_LIBRARY)
def lesson_dates(viewer: Actor, /) -> dict[str, Dates]:
    """Return each lesson's dates: the newest look of this programme, else what its file says."""
    found = {slug: Dates(one.written_on, one.review_by, by_us=False)
             for slug, one in curriculum().lessons.items()}
    for row in LessonReview.objects.order_by("made_at", "pk"):
        found[row.lesson] = Dates(row.looked_on, row.next_on, by_us=True)
    return found


@query(Can.SEE_LIBRARY)
def looks_at(viewer: Actor, /, *, slug: str) -> list[LookRow]:
    """Return who looked at a lesson, the newest first."""
    rows = list(LessonReview.objects.filter(lesson=slug).order_by("-made_at", "-pk")[:50])
    lines = staff_lines(viewer, user_ids={row.looked_by_id for row in rows})
    return [LookRow(row.looked_on, row.next_on, row.words, lines.get(row.looked_by_id, "")) for row in rows]
