"""Arrivals, attendance of a whole group in one go, make-ups."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import Conflict, command
from daybridge.care.hours import queries, rules
from daybridge.care.hours.models import Attendance, ShortWeek
from daybridge.care.hours.queries_board import hours_board, why_no_make_up
from daybridge.care.hours.queries_video import CheckRow, video_at
from daybridge.care.hours.rules_video import why_not_counted
from daybridge.care.schedule import commands as schedule_commands
from daybridge.care.schedule.queries_free import HeldRow, held_session
from daybridge.kernel import text

_CHECK_IN = """
INSERT INTO hours_checkin (id, client_id, occurrence_id, at) VALUES (%s, %s, %s, %s)
ON CONFLICT DO NOTHING
"""


MOST_REASON = 300

# what a correction changes; the former row stays in its history
WRITTEN = ["day", "kind", "present_from", "present_until", "clinical_minutes", "billable_minutes",
           "ledger_version", "reason", "taken_by", "taken_at"]


class CannotTake(ValueError):
    """The attendance can't be saved; the message says which row and how to mend it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One client's line of a group: class, when they were there (None: the whole session)."""

    client_id: int
    kind: rules.Attendance
    present_from: datetime | None = None
    present_until: datetime | None = None
    reason: str = ""


@command(Can.CHECK_IN)
def check_in(actor: Actor, /, *, client_id: int, occurrence_id: int, at: datetime) -> None:
    """Note that a client has arrived; twice is once."""
    with connection.cursor() as cursor:
        cursor.execute(_CHECK_IN, [uuid.uuid4(), client_id, occurrence_id, at])


@command(Can.TAKE_ATTENDANCE)
def take_attendance(
    actor: Actor, /, *, occurrence_id: int, client_ids: Sequence[int], lines: Sequence[Line],
    version: int, at: datetime,
) -> None:
    """Save the attendance of a whole group in one go and close the session.

    Minutes are the ledger's (elapsed UTC minutes, clipped to the session). A correction
    keeps the former row in its history. A stale version raises Conflict: nothing is lost.
    """
    one = held_session(actor, occurrence_id=occurrence_id)
    if {line.client_id for line in lines} != set(client_ids) or len(lines) != len(client_ids):
        raise CannotTake("Every client of the session has one line.")
    if one.starts_at > at:
        raise CannotTake("The session has not begun. Attendance is taken when it has.")
    if one.version != version:
        raise Conflict({"session": f"saved by somebody else, {one.state}"}, version=one.version)
    counting = queries.counting(actor, on=one.day)
    by_video = video_at(actor, occurrence_id=occurrence_id)
    rows = [_row(actor, one, line, counting, at) for line in lines]
    for row in rows:
        if row.client_id in by_video and row.kind in rules.PRESENT:
            _as_by_video(row, by_video[row.client_id], one.service)
    Attendance.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["client", "occurrence"], update_fields=WRITTEN
    )
    schedule_commands.close_session(actor, occurrence_id=occurrence_id, version=version, at=at)


def _row(
    actor: Actor, one: HeldRow, line: Line, counting: rules.Counting, at: datetime
) -> Attendance:
    session = (one.starts_at, one.ends_at)
    start, end = line.present_from or session[0], line.present_until or session[1]
    present = line.kind in rules.PRESENT
    if present and end <= start:
        raise CannotTake("Somebody left before they came: look at the minutes again.")
    counted = rules.contact_minutes(session, [(start, end)], line.kind, one.service, counting)
    return Attendance(
        client_id=line.client_id, occurrence_id=one.occurrence_id, day=one.day, kind=line.kind,
        present_from=start if present else None, present_until=end if present else None,
        clinical_minutes=counted.clinical, billable_minutes=counted.billable,
        ledger_version=rules.LEDGER_VERSION, reason=text.tidy(line.reason),
        taken_by_id=actor.user_id, taken_at=at,
    )


def _as_by_video(row: Attendance, check: CheckRow | None, service: str) -> None:
    """Count nothing, and say why, when what makes a session by video count was not asked."""
    why = why_not_counted(check.asked if check else None, service)
    if why:
        row.clinical_minutes = row.billable_minutes = 0
        row.reason = f"{why} {row.reason}".strip()[:MOST_REASON]


@command(Can.BOOK)
def book_makeup(
    actor: Actor, /, *, client_id: int, occurrence_id: int, week: date, at: datetime
) -> None:
    """Book a make-up: the very rule that offered it is asked again, under a lock."""
    reasons = why_no_make_up(
        actor, client_id=client_id, occurrence_id=occurrence_id, week=week, at=at
    )
    if reasons:
        raise schedule_commands.DoesNotFit(" ".join(reasons))
    schedule_commands.take_seat(actor, client_id=client_id, occurrence_id=occurrence_id, at=at)
    ShortWeek.objects.filter(client_id=client_id, week=week).update(taken_at=at)


@command(Can.BOOK)
def book_all_sure(actor: Actor, /, *, week: date, client_ids: Sequence[int], at: datetime) -> int:
    """Book the make-up that alone is enough for each of these clients; return how many."""
    booked = 0
    for client_id in client_ids:
        board = hours_board(actor, week=week, at=at)  # a seat taken a moment ago is seen
        row = next((row for row in board.rows if row.client_id == client_id), None)
        if row is not None and row.sure is not None:
            book_makeup(
                actor, client_id=client_id, occurrence_id=row.sure.occurrence_id, week=week, at=at
            )
            booked += 1
    return booked


@command(Can.TAKE_ATTENDANCE)
def say_why_short(
    actor: Actor, /, *, client_id: int, week: date, why: str, at: datetime
) -> None:
    """Write down why a client's week stays short."""
    words = text.tidy(why)
    if not words:
        raise CannotTake("Write why: the team reads it next week.")
    ShortWeek.objects.update_or_create(
        client_id=client_id, week=week,
        defaults={"why": words}, create_defaults={"why": words, "flagged_at": at},
    )


@command(Can.TAKE_ATTENDANCE)
def flag_short_weeks(actor: Actor, /, *, week: date, at: datetime) -> int:
    """Note who falls short while something can be done, and what was offered (hourly job)."""
    flagged = 0
    for row in hours_board(actor, week=week, at=at).rows:
        if not row.week.missing:
            continue
        offered = row.makeups[0].occurrence_id if row.makeups else None
        short, made = ShortWeek.objects.get_or_create(
            client_id=row.client_id, week=week, defaults={"flagged_at": at}
        )
        if offered is not None and short.offered_at is None:
            ShortWeek.objects.filter(pk=short.pk).update(
                offered_at=at, offered_occurrence_id=offered
            )
        flagged += made
    return flagged
