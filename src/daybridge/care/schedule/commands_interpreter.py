"""Book an interpreter with sessions; somebody is told while one can still be found."""

from collections.abc import Collection
from datetime import datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.schedule import queries
from daybridge.care.schedule.models_interpreter import Interpreter
from daybridge.clinic.people.queries_many import need_interpreters
from daybridge.clinic.tasks.commands import open_alert
from daybridge.kernel import text

AHEAD = timedelta(days=2)  # own: the time in which an interpreter is usually found
BOOK_WITHIN = 8 * 60  # minutes
HOW = dict(Interpreter.HOW)


class NotBooked(ValueError):
    """Something is missing; the message says what."""


@command(Can.BOOK)
def book_interpreter(
    actor: Actor, /, *, client_id: int, occurrence_ids: Collection[int], language: str, who: str, reach: str,
    how: str, at: datetime,
) -> int:
    """Note who interprets these sessions for a client; who stood there before is replaced."""
    words = {"language": text.tidy(language), "who": text.tidy(who), "reach": text.tidy(reach)}
    if not occurrence_ids:
        raise NotBooked("Choose the sessions.")
    if not words["language"] or not words["who"]:
        raise NotBooked("Say which language, or sign language, and who was booked.")
    if how not in HOW:
        raise NotBooked("Choose how they take part: in the room, by video or by telephone.")
    _end(client_id, occurrence_ids, at)
    rows = [Interpreter(client_id=client_id, occurrence_id=pk, how=how, booked_by_id=actor.user_id or 0,
                        booked_at=at, **words) for pk in sorted(set(occurrence_ids))]
    return len(Interpreter.objects.bulk_create(rows))


@command(Can.BOOK)
def give_up_interpreter(actor: Actor, /, *, client_id: int, occurrence_id: int, at: datetime) -> None:
    """Nobody interprets this session any more."""
    _end(client_id, [occurrence_id], at)


@command(Can.MANAGE_SLOTS)
def ask_for_interpreters(sessions: Actor, /, *, at: datetime) -> int:
    """Open a task for each session of two days that lacks an interpreter; return how many (a job)."""
    zone = queries.zone(sessions)
    today = at.astimezone(zone).date()
    seats = [seat for seat in queries.seats(sessions, first=today, last=today + AHEAD) if seat.starts_at > at]
    needed = need_interpreters(sessions, of={seat.client_id for seat in seats})
    ids = {seat.occurrence_id for seat in seats if seat.client_id in needed}
    booked = set(Interpreter.objects.filter(occurrence__in=ids, ended_at=None)
                 .values_list("client_id", "occurrence_id"))
    lacking = [seat for seat in seats if seat.client_id in needed
               and (seat.client_id, seat.occurrence_id) not in booked]
    for seat in lacking:
        when = seat.starts_at.astimezone(zone)
        open_alert(
            sessions, client_id=seat.client_id, kind="task", source_kind="interpreter",
            source_id=f"{seat.client_id}-{seat.occurrence_id}", clock_minutes=BOOK_WITHIN, at=at,
            title=f"No interpreter for {when:%a %d %b, %H:%M}",
            why="They need one. Book somebody, or offer another time.")
    return len(lacking)


def _end(client_id: int, occurrence_ids: Collection[int], at: datetime) -> None:
    Interpreter.objects.filter(client_id=client_id, occurrence__in=occurrence_ids, ended_at=None).update(
        ended_at=at)
