"""Moving a whole group from a week on; what was stays as it was."""

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.schedule import queries, rules
from daybridge.care.schedule.commands import DoesNotFit, Taken
from daybridge.care.schedule.models import Membership, Occurrence, Series
from daybridge.care.schedule.queries_days import closed_for

TAKEN = ("Room, leader or a member is somewhere else then. Give the members' other changes first, "
         "or leave this group where it is.")


@command(Can.MANAGE_GROUPS)
def move_series(
    actor: Actor, /, *, series_id: int, monday: date, weekday: int, starts: time, room_id: int,
    leader_id: int, at: datetime,
) -> None:
    """Let a group meet at another time, in another room or with another leader, from a week on.

    Sessions before that week, and members' places until then, stay as they were.
    """
    if monday.weekday() != 0 or monday <= at.astimezone(queries.zone(actor)).date():
        raise DoesNotFit("A group is moved from a Monday on that is still to come.")
    series = Series.objects.select_for_update().get(pk=series_id)
    series.weekday, series.starts = weekday, starts
    series.room_id, series.leader_id = room_id, leader_id
    try:
        with transaction.atomic():
            series.save(update_fields=["weekday", "starts", "room", "leader"])
            _move_sessions(actor, series, monday)
            _move_places(series, monday)
    except IntegrityError:
        raise Taken(TAKEN) from None


def _move_sessions(actor: Actor, series: Series, monday: date) -> None:
    """Move the sessions that were made already; on a day when the site is closed they are off."""
    zone = queries.zone(actor)
    rows = list(Occurrence.objects.filter(series=series, day__gte=monday, state="planned").order_by("day"))
    if not rows:
        return
    last = rows[-1].day + timedelta(days=7)
    closed = closed_for(actor, series=series, first=monday, last=last)
    weekly = rules.Weekly(series.weekday, series.starts, series.minutes, series.first_day, series.last_day)
    for one in rows:
        one.day += timedelta(days=series.weekday - one.day.weekday())
        one.starts_at, one.ends_at = rules.occurrence(weekly, one.day, zone)
        one.room_id, one.leader_id, one.version = series.room_id, series.leader_id, one.version + 1
        one.state = "cancelled" if one.day in closed else "planned"
        one.save()
        one.expected.filter(state="expected").update(starts_at=one.starts_at, ends_at=one.ends_at)


def _move_places(series: Series, monday: date) -> None:
    """End each place on the Sunday before and begin it again at the new time."""
    minute = series.starts.hour * 60 + series.starts.minute
    for one in Membership.objects.filter(series=series).exclude(until_day__lt=monday).order_by("client_id"):
        until, since = one.until_day, max(one.from_day, monday)
        if one.from_day >= monday:
            Membership.objects.filter(pk=one.pk).update(
                weekday=series.weekday, from_minute=minute, until_minute=minute + series.minutes)
            continue
        Membership.objects.filter(pk=one.pk).update(until_day=monday - timedelta(days=1))
        Membership.objects.create(
            client_id=one.client_id, series=series, from_day=since, until_day=until,
            weekday=series.weekday, from_minute=minute, until_minute=minute + series.minutes)
