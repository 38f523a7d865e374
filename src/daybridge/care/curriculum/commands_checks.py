"""A client says what they understood of a lesson."""

from collections.abc import Sequence
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.curriculum import rules_lessons
from daybridge.care.curriculum.library_lessons import curriculum
from daybridge.care.curriculum.models import LessonCheck


class NotAnswered(ValueError):
    """The answers can't be kept; the message says what is missing."""


@command(Can.FILL_INSTRUMENT)
def answer_check(
    actor: Actor, /, *, client_id: int, lesson: str, answers: Sequence[int], at: datetime
) -> int:
    """Keep a client's answers to a lesson's three questions; return how many are right."""
    one = curriculum().lessons.get(lesson)
    if one is None:
        raise NotAnswered("There is no such lesson.")
    known = range(rules_lessons.CHOICES)
    if len(answers) != rules_lessons.CHECKS or any(place not in known for place in answers):
        raise NotAnswered("Answer each question.")
    found = rules_lessons.right(answers, [check.right for check in one.words["en"].checks])
    LessonCheck.objects.create(
        client_id=client_id, lesson=lesson, answers=list(answers), right=found, answered_at=at)
    return found
