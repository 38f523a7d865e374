"""What a closed or reopened day, or a room given up, means for the sessions."""

from datetime import date, datetime

from django.db.models import F, Q

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.schedule import queries, rules
from daybridge.care.schedule.models import Occurrence, Series


@command(Can.MANAGE_SLOTS)
def call_off_day(actor: Actor, /, *, site_id: int, day: date, at: datetime) -> int:
    """Call off what is planned at a site on a day on which it is closed."""
    here = Q(series__site_id=site_id) | Q(series=None, room__site_id=site_id)
    return Occurrence.objects.filter(here, day=day, state="planned").update(
        state="cancelled", version=F("version") + 1
    )


@command(Can.MANAGE_SLOTS)
def open_day_again(actor: Actor, /, *, site_id: int, day: date, at: datetime) -> int:
    """Make the sessions that were left out while the day was closed; return how many.

    What had been called off stays off: its clients may have been told.
    """
    zone, rows = queries.zone(actor), []
    there = Occurrence.objects.filter(day=day).values("series_id")
    for one in Series.objects.filter(site_id=site_id, made_until__gte=day).exclude(pk__in=there):
        weekly = rules.Weekly(one.weekday, one.starts, one.minutes, one.first_day, one.last_day)
        for same in rules.days(weekly, day, day):
            starts_at, ends_at = rules.occurrence(weekly, same, zone)
            rows.append(Occurrence(
                series=one, day=same, room_id=one.room_id, leader_id=one.leader_id,
                service=one.service, starts_at=starts_at, ends_at=ends_at, capacity=one.capacity,
            ))
    return len(Occurrence.objects.bulk_create(rows, ignore_conflicts=True))
