"""A client takes part by video: planned, asked about each time, or in the room after all."""

from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.hours import rules_video as rules
from daybridge.care.hours.models_video import VideoCheck, VideoSeat
from daybridge.care.hours.queries_video import licence_there
from daybridge.care.schedule.queries import session
from daybridge.kernel import text

SECURE = "https://"
DIGITS = 7  # fewer is no telephone number


class NotAsked(ValueError):
    """Something is missing; the message says what to ask."""


@command(Can.CHECK_IN)
def plan_by_video(actor: Actor, /, *, client_id: int, occurrence_id: int, link: str, at: datetime) -> None:
    """Let a client take part in one session by video; saying it again changes the address."""
    address = link.strip()
    if address and not address.startswith(SECURE):
        raise NotAsked("The address begins with https://, so that nobody can listen in.")
    seat, made = VideoSeat.objects.get_or_create(
        client_id=client_id, occurrence_id=occurrence_id, ended_at=None,
        defaults={"link": address, "planned_by_id": actor.user_id or 0, "planned_at": at})
    if not made and seat.link != address:
        VideoSeat.objects.filter(pk=seat.pk).update(link=address)


@command(Can.CHECK_IN)
def come_in_person(actor: Actor, /, *, client_id: int, occurrence_id: int, at: datetime) -> None:
    """The client comes to the room after all."""
    mine = VideoSeat.objects.filter(client_id=client_id, occurrence_id=occurrence_id)
    mine.filter(ended_at=None).update(ended_at=at)


@command(Can.ASK_WHEREABOUTS)
def note_whereabouts(
    actor: Actor, /, *, client_id: int, occurrence_id: int, asked: rules.Asked, at: datetime
) -> str:
    """Write down what was asked; return why the minutes don't count, empty when they do.

    It is kept in any case: who is somewhere may need help there. Whom one asks takes part by video.
    """
    place, call_back = text.tidy(asked.place), text.tidy(asked.call_back)
    if not place:
        raise NotAsked("Ask where they are: street and town. An ambulance needs it.")
    if asked.state not in rules.STATES:
        raise NotAsked("Choose the state they are in: a licence holds only where it was given.")
    if sum(letter.isdigit() for letter in call_back) < DIGITS:
        raise NotAsked("Ask for a number to call back if the line drops.")
    held = session(actor, occurrence_id=occurrence_id)
    licence = licence_there(actor, session=held, state=asked.state)
    VideoCheck.objects.update_or_create(
        client_id=client_id, occurrence_id=occurrence_id, defaults={
            "place": place, "state": asked.state, "call_back": call_back, "heard": asked.heard,
            "licence": licence, "asked_by_id": actor.user_id or 0, "asked_at": at})
    if not VideoSeat.objects.filter(client_id=client_id, occurrence_id=occurrence_id, ended_at=None).exists():
        plan_by_video(actor, client_id=client_id, occurrence_id=occurrence_id, link="", at=at)
    found = rules.Asked(place, asked.state, call_back, asked.heard, licence)
    return rules.why_not_counted(found, held.service)
