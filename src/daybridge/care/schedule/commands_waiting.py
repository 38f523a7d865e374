"""Waiting for a seat in a full group: who waits longest is offered the seat first."""

from dataclasses import replace
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.schedule import queries, rules
from daybridge.care.schedule.commands import DoesNotFit
from daybridge.care.schedule.models import Series
from daybridge.care.schedule.models_waiting import GroupWait
from daybridge.care.schedule.queries_apart import groups_to_avoid
from daybridge.care.schedule.queries_joining import asks
from daybridge.clinic.programme.rules import WEEKDAYS
from daybridge.clinic.tasks.commands import open_alert

OFFER_WITHIN = 24 * 60  # minutes; a seat that nobody offers stays empty


@command(Can.BOOK)
def wait_for_seat(
    actor: Actor, /, *, client_id: int, series_id: int, newcomer: rules.Newcomer, at: datetime
) -> None:
    """Let a client wait for a seat in a group that would fit but is full; twice is once."""
    series = Series.objects.get(pk=series_id)
    today = at.astimezone(queries.zone(actor)).date()
    if series.last_day is not None and series.last_day <= today:
        raise DoesNotFit("That group does not meet any more. Choose another one.")
    group = asks(actor, series=series, on=today, at=at)
    adult = queries.is_adult(actor, client_id=client_id, on=today)
    reasons = rules.why_not_join(group, replace(newcomer, is_adult=adult), members=0, meets_no_contact=False)
    if reasons:
        raise DoesNotFit(" ".join(reasons))
    GroupWait.objects.bulk_create(
        [GroupWait(client_id=client_id, series_id=series_id, since=at)], ignore_conflicts=True)


@command(Can.BOOK)
def wait_no_more(actor: Actor, /, *, client_id: int, series_id: int, at: datetime) -> None:
    """End a client's waiting for a group."""
    GroupWait.objects.filter(client_id=client_id, series_id=series_id, ended_at=None).update(ended_at=at)


@command(Can.MANAGE_SLOTS)
def offer_free_seats(sessions: Actor, /, *, at: datetime) -> int:
    """Open a task for whoever waits longest, for each seat that is free; return how many (a job).

    A client who must not meet a member is passed over in silence. Once a week at most for the
    same client and group: a task that was closed without a place is an answer.
    """
    today = at.astimezone(queries.zone(sessions)).date()
    waits = list(GroupWait.objects.filter(ended_at=None).select_related("series").order_by("since", "pk"))
    free = {row.series_id: row.capacity - row.members for row in queries.all_series(sessions, on=today)}
    week, offered = today.isocalendar(), 0
    for one in waits:
        if free.get(one.series_id, 0) < 1 or groups_to_avoid(
                sessions, client_id=one.client_id, of=[one.series_id], on=today):
            continue
        free[one.series_id] -= 1
        offered += 1
        here = f"{WEEKDAYS[one.series.weekday]} {one.series.starts:%H:%M}"
        open_alert(
            sessions, client_id=one.client_id, kind="task", source_kind="seat_free",
            source_id=f"{one.pk}-{week.year}-{week.week}", clock_minutes=OFFER_WITHIN,
            title=f"A seat is free in the group of {here}",
            why="They have waited longest for it. Give the place, or end the waiting, in their groups.",
            at=at)
    return offered
