"""Looking at a practice's evidence, or at a lesson beside its sources, on record."""

from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.curriculum import rules
from daybridge.care.curriculum.library import shipped
from daybridge.care.curriculum.library_lessons import curriculum
from daybridge.care.curriculum.models import LessonReview, PracticeReview
from daybridge.kernel import text


class NotReviewed(ValueError):
    """The review can't be kept; the message says what is missing."""


@command(Can.MANAGE_LIBRARY)
def review_practice(
    actor: Actor, /, *, slug: str, grade: str, words: str, looked_on: date, next_on: date,
    at: datetime,
) -> int:
    """Record that somebody looked at a practice's evidence, what they found, and when again."""
    one = shipped().practices.get(slug)
    if one is None:
        raise NotReviewed("The library has no practice of that name. Choose one from the list.")
    if grade not in rules.grades_to_choose(one.grade):
        raise NotReviewed(
            f"The library says {one.grade}. A higher grade needs its citation in the practice's file."
        )
    found = _said(words, looked_on, next_on, at)
    return PracticeReview.objects.create(
        practice=slug, grade=grade, words=found, looked_on=looked_on, next_on=next_on,
        looked_by_id=actor.user_id or 0, made_at=at,
    ).pk


@command(Can.MANAGE_LIBRARY)
def review_lesson(
    actor: Actor, /, *, slug: str, words: str, looked_on: date, next_on: date, at: datetime
) -> int:
    """Record that somebody read a lesson beside its sources, what they found, and when again."""
    if slug not in curriculum().lessons:
        raise NotReviewed("The curriculum has no lesson of that name. Choose one from the list.")
    found = _said(words, looked_on, next_on, at)
    return LessonReview.objects.create(
        lesson=slug, words=found, looked_on=looked_on, next_on=next_on, looked_by_id=actor.user_id or 0,
        made_at=at).pk


def _said(words: str, looked_on: date, next_on: date, at: datetime) -> str:
    """Return what was found in tidy words, or say what is missing."""
    if looked_on > at.date() or next_on <= looked_on:
        raise NotReviewed("The look is not in the future, and the next one comes after it.")
    found = text.tidy(words)
    if not found:
        raise NotReviewed("Write what was looked at: the sources, and what they say now.")
    return found
