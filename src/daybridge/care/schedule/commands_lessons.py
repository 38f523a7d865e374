"""Saying which lesson a session taught."""

from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.curriculum.library_lessons import curriculum
from daybridge.care.schedule.commands import DoesNotFit
from daybridge.care.schedule.models import Occurrence, SessionLesson


@command(Can.MANAGE_GROUPS)
def say_lesson(actor: Actor, /, *, occurrence_id: int, lesson: str, at: datetime) -> None:
    """Say which lesson a session taught, or that it taught none (empty); said by whoever saves it."""
    one = Occurrence.objects.select_for_update(no_key=True).get(pk=occurrence_id)
    if one.state == "cancelled" or one.starts_at > at:
        raise DoesNotFit("That session has not begun, or is off: nothing was taught in it.")
    if not lesson:
        SessionLesson.objects.filter(occurrence=one).delete()
        return
    if lesson not in curriculum().lessons:
        raise DoesNotFit("The curriculum has no lesson of that name. Choose one from the list.")
    row = SessionLesson.objects.filter(occurrence=one).first()
    if row is None:
        SessionLesson(occurrence=one, lesson=lesson, taught_by_id=actor.user_id or 0, said_at=at).save()
    elif row.lesson != lesson:
        row.lesson, row.taught_by_id, row.said_at = lesson, actor.user_id or 0, at
        row.save(update_fields=["lesson", "taught_by", "said_at"])
