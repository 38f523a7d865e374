"""Calling sessions off, one or a closed day's, and what a reopened day brings back."""

from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.policy import Role
from daybridge.care.schedule import queries, rules
from daybridge.care.schedule.models import Expected, Occurrence, Series


@command(Can.MANAGE_SLOTS)
def cancel_session(actor: Actor, /, *, occurrence_id: int, at: datetime) -> None:
    """Call one session off."""
    _call_off(Occurrence.objects.filter(pk=occurrence_id), at)


@command(Can.MANAGE_SLOTS)
def call_off_day(actor: Actor, /, *, site_id: int, day: date, at: datetime) -> int:
    """Call off what is planned at a site on a day on which it is closed."""
    here = Q(series__site_id=site_id) | Q(series=None, room__site_id=site_id)
    return _call_off(Occurrence.objects.filter(here, day=day), at)


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


def _call_off(rows: QuerySet[Occurrence], at: datetime) -> int:
    """Call off what is planned; its clients are free for another session at that time.

    Their seats are given back by system:sessions: whoever calls off need not know each of them.
    """
    ids = list(rows.filter(state="planned").select_for_update(
        no_key=True, of=("self",)).values_list("pk", flat=True))
    with identity.acting(system(Role.SESSIONS), at=at):
        Expected.objects.filter(occurrence__in=ids, state="expected").update(state="cancelled")
    return Occurrence.objects.filter(pk__in=ids).update(state="cancelled", version=F("version") + 1)
