"""Reading the library: practices with the programme's own reviews."""

from dataclasses import dataclass
from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.curriculum import rules
from daybridge.care.curriculum.library import Practice, shipped
from daybridge.care.curriculum.models import PracticeReview
from daybridge.clinic.people.queries import staff_lines


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """Somebody of the programme looked at a practice's evidence."""

    looked_on: date
    next_on: date
    grade: str
    words: str
    by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A practice as lists and choices show it; the grade is the programme's, where it looked."""

    slug: str
    title: str
    grade: str
    is_supported: bool
    next_on: date | None

    def review(self, day: date) -> rules.Review:
        """Return how its review stands on a day."""
        return rules.review_state(self.next_on, day)


@dataclass(frozen=True, slots=True)
class PracticePage:
    """One practice with everything that is known of it, newest review first."""

    row: PracticeRow
    practice: Practice
    reviews: tuple[ReviewRow, ...]


@query(Can.SEE_LIBRARY)
def practices(viewer: Actor, /) -> list[PracticeRow]:
    """Return every practice by title; those without support come last, and are named too."""
    newest: dict[str, PracticeReview] = {}
    for review in PracticeReview.objects.order_by("made_at", "pk"):
        newest[review.practice] = review
    rows = [_row(one, newest.get(slug)) for slug, one in shipped().practices.items()]
    return sorted(rows, key=lambda row: (not row.is_supported, row.title.casefold()))


@query(Can.SEE_LIBRARY)
def practice(viewer: Actor, /, *, slug: str) -> PracticePage | None:
    """Return one practice with its reviews; None when the library has none of that name."""
    one = shipped().practices.get(slug)
    if one is None:
        return None
    reviews = list(PracticeReview.objects.filter(practice=slug).order_by("-made_at", "-pk")[:50])
    lines = staff_lines(viewer, user_ids={review.looked_by_id for review in reviews})
    return PracticePage(_row(one, reviews[0] if reviews else None), one, tuple(
        ReviewRow(r.looked_on, r.next_on, r.grade, r.words, lines.get(r.looked_by_id, ""), r.made_at)
        for r in reviews
    ))


@query(Can.SEE_LIBRARY)
def titles(viewer: Actor, /) -> dict[str, str]:
    """Return the title of every practice by slug, without asking the database."""
    return {slug: one.title for slug, one in shipped().practices.items()}


@query(Can.SEE_LIBRARY)
def unusable_files(viewer: Actor, /) -> tuple[str, ...]:
    """Return the files of the library that could not be used, each with what is wrong."""
    return shipped().problems


def _row(one: Practice, review: PracticeReview | None) -> PracticeRow:
    grade = review.grade if review else one.grade
    return PracticeRow(
        one.slug, one.title, grade, grade != rules.NO_SUPPORT, review.next_on if review else None
    )
