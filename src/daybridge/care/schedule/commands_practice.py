"""On which practice groups and single sessions stand (P13)."""

from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.curriculum.queries import titles
from daybridge.care.schedule.models import Expected, Occurrence, SeriesPractice, SessionPractice
from daybridge.kernel import text


class NotSaid(ValueError):
    """A practice, or why there is none, is missing; the message says what to do."""


@command(Can.MANAGE_GROUPS)
def name_practice(
    actor: Actor, /, *, series_id: int, practice: str = "", why_none: str = "", from_day: date,
    at: datetime,
) -> None:
    """Say on which practice a group stands from a day on, or why on none; the past stays."""
    said = _said(actor, practice, why_none)
    if SeriesPractice.objects.filter(series_id=series_id, from_day__gt=from_day).exists():
        raise NotSaid("A later change is written down already. Choose a later day.")
    SeriesPractice.objects.update_or_create(series_id=series_id, from_day=from_day, defaults=said)


@command(Can.WRITE_PLAN)
def name_session_practice(
    actor: Actor, /, *, client_id: int, occurrence_id: int, practice: str = "", why_none: str = "",
    at: datetime,
) -> None:
    """Say on which practice a client's single session stands, or why on none."""
    said = _said(actor, practice, why_none)
    one = Occurrence.objects.get(pk=occurrence_id)
    here = Expected.objects.filter(occurrence=one, client_id=client_id, booked_singly=True).exists()
    if one.series_id is not None or not here:
        raise NotSaid("This is a session of a group: its practice is said on the group's page.")
    SessionPractice.objects.update_or_create(
        client_id=client_id, occurrence_id=occurrence_id, defaults=said
    )


def _said(actor: Actor, practice: str, why_none: str) -> dict[str, str]:
    why = text.tidy(why_none)
    if practice and practice not in titles(actor):
        raise NotSaid("The library has no practice of that name. Choose one from the list.")
    if not practice and not why:
        raise NotSaid("Choose a practice, or write why there is none.")
    return {"practice": practice, "why_none": "" if practice else why}
