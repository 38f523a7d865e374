"""Calling sessions off, one or a closed day's (snow, a burst pipe), and what a reopened day brings back.

On a closed day each client gets neutral words by the channel they allow, and stands among the
tasks until somebody has offered another time: a message that was sent is not one that was read.
"""

from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.policy import Role
from daybridge.care.schedule import queries, rules
from daybridge.care.schedule.commands import DoesNotFit
from daybridge.care.schedule.models import Expected, Membership, Occurrence, Series
from daybridge.care.schedule.models_waiting import GroupWait
from daybridge.care.schedule.queries_days import closed_for, standing_then
from daybridge.clinic.messaging.commands import Note, queue
from daybridge.clinic.messaging.queries import quiet_hours
from daybridge.clinic.messaging.receivers import points_of, why_not
from daybridge.clinic.messaging.rules import Via
from daybridge.clinic.messaging.rules_words import Template, when_words
from daybridge.clinic.people.queries import profile_of
from daybridge.clinic.programme.rules_closing import ALL_DAY, ClosedPart
from daybridge.clinic.tasks.commands import open_alert

CALL_WITHIN = timedelta(hours=4)  # where no message goes out, somebody calls
ASK_WITHIN = timedelta(hours=24)
CALLED = {"closed": "Closed", "break": "A break", "ended": "The group ends"}
TOLD = 2  # sessions of an ended group that are told one by one; the rest follows from the first


@command(Can.MANAGE_SLOTS)
def cancel_session(actor: Actor, /, *, occurrence_id: int, at: datetime) -> None:
    """Call one session off. One that has begun or was held stays: its notes may be signed."""
    if not _call_off(Occurrence.objects.filter(pk=occurrence_id), at):
        raise DoesNotFit("It has begun, was held, or is off already. It stays as it is.")


@command(Can.MANAGE_SLOTS)
def close_day(
    actor: Actor, /, *, site_id: int, day: date, part: ClosedPart = ALL_DAY, at: datetime
) -> int:
    """Call off what is planned at a site on a closed day, or in the closed part of it, and tell its clients.

    Returns how many sessions.

    Words and tasks are system:sessions': whoever closes a house need not know all of its clients.
    """
    rows = standing_then(actor, site_id=site_id, day=day, part=part)
    return _off_and_tell(rows, once=f"closed-{site_id}-{day}", at=at)


@command(Can.MANAGE_GROUPS)
def pause_group(actor: Actor, /, *, series_id: int, first: date, last: date, at: datetime) -> int:
    """Let a group have a break (both days included), tell its clients; return how many sessions are off."""
    today = at.astimezone(queries.zone(actor)).date()
    made = Series.objects.get(pk=series_id).made_until or today
    if not today <= first <= last <= made:
        raise DoesNotFit(f"A break begins today or later and ends by {made:%d %b %Y}, as far as is planned.")
    rows = Occurrence.objects.filter(series_id=series_id, day__range=(first, last), state="planned")
    return _off_and_tell(rows.order_by("starts_at", "pk"), once=f"break-{series_id}-{first}-{last}", at=at)


@command(Can.MANAGE_GROUPS)
def end_group(actor: Actor, /, *, series_id: int, last_day: date, at: datetime) -> int:
    """Let a group meet for the last time by a day: later sessions are off and told, places and waiting end.

    Returns how many sessions are off. What was held stays as it is.
    """
    if last_day < at.astimezone(queries.zone(actor)).date():
        raise DoesNotFit("The last day is today or later: what was held stays.")
    rows = Occurrence.objects.filter(series_id=series_id, day__gt=last_day, state="planned")
    once = f"ended-{series_id}-{last_day}"
    number = _off_and_tell(rows.order_by("starts_at", "pk")[:TOLD], once=once, at=at)
    number += _call_off(rows.all(), at)
    Series.objects.filter(pk=series_id).update(last_day=last_day)
    with identity.acting(system(Role.SESSIONS), at=at):
        places = Membership.objects.filter(series_id=series_id)
        places.filter(from_day__lte=last_day).exclude(until_day__lte=last_day).update(until_day=last_day)
        places.filter(from_day__gt=last_day).update(until_day=F("from_day"))
        GroupWait.objects.filter(series_id=series_id, ended_at=None).update(ended_at=at)
    return number


def _off_and_tell(rows: QuerySet[Occurrence], *, once: str, at: datetime) -> int:
    """Call planned sessions off and tell who was expected; return how many sessions."""
    sessions, lost = system(Role.SESSIONS), dict[int, list[datetime]]()
    found = list(rows.values_list("pk", "starts_at"))
    with identity.acting(sessions, at=at):
        for pk, starts_at in found:
            for client_id in queries.roster(sessions, occurrence_id=pk) if starts_at > at else ():
                lost.setdefault(client_id, []).append(starts_at)
    number = _call_off(Occurrence.objects.filter(pk__in=[pk for pk, _ in found]), at)
    with identity.acting(sessions, at=at):
        for client_id, starts in lost.items():
            _tell(sessions, client_id, starts, once=f"{once}-{client_id}", at=at)
    return number


@command(Can.MANAGE_SLOTS)
def open_day_again(actor: Actor, /, *, site_id: int, day: date, at: datetime) -> int:
    """Make the sessions that were left out while the day was closed; return how many.

    What had been called off stays off: its clients may have been told.
    """
    zone, rows = queries.zone(actor), []
    there = Occurrence.objects.filter(day=day).values("series_id")
    for one in Series.objects.filter(site_id=site_id, made_until__gte=day).exclude(pk__in=there):
        weekly = rules.Weekly(one.weekday, one.starts, one.minutes, one.first_day, one.last_day)
        for same in rules.days(weekly, day, day, closed_for(actor, series=one, first=day, last=day)):
            starts_at, ends_at = rules.occurrence(weekly, same, zone)
            rows.append(Occurrence(
                series=one, day=same, room_id=one.room_id, leader_id=one.leader_id,
                service=one.service, starts_at=starts_at, ends_at=ends_at, capacity=one.capacity,
            ))
    return len(Occurrence.objects.bulk_create(rows, ignore_conflicts=True))


def _tell(sessions: Actor, client_id: int, starts: list[datetime], *, once: str, at: datetime) -> None:
    """Put neutral words for each session into the outbox where the client allows it; a task either way."""
    zone, first = queries.zone(sessions), starts[0]
    withheld = {via: why_not(via, points_of(client_id, via, at=at)) for via in Via}
    via = next((one for one in Via if not withheld[one]), Via.TEXT)
    language = profile_of(sessions, client_id=client_id).language
    for starts_at in starts:
        words = when_words(starts_at, zone, language, at=at)
        queue(sessions, client_id=client_id, via=via, language=language, at=at, note=Note(
            Template.OFF, {"when": words}, due_at=at, until=starts_at, once=f"{once}-{starts_at:%H%M}"))
    why = withheld[via]
    if not why and via is Via.TEXT and quiet_hours(sessions, at=at).after(at) >= first:
        why = "It would go out after the quiet hours, and that is too late."
    more = f" and {len(starts) - 1} more" if starts[1:] else ""
    word = CALLED[once.split("-", maxsplit=1)[0]]
    open_alert(
        sessions, client_id=client_id, kind="task", source_kind="called_off", source_id=once,
        title=f"{word}: {first.astimezone(zone):%a %d %b, %H:%M}{more} called off. Offer another time",
        why=f"No message goes out. {why} Call them before they set out." if why else
            "A message went to the outbox; whether they read it is not known. These hours are missing until "
            "they are made up.",
        clock_minutes=min(first - at, CALL_WITHIN if why else ASK_WITHIN) // timedelta(minutes=1), at=at)


def _call_off(rows: QuerySet[Occurrence], at: datetime) -> int:
    """Call off what is planned; its clients are free for another session at that time.

    Their seats are given back by system:sessions: whoever calls off need not know each of them.
    """
    ids = list(rows.filter(state="planned").select_for_update(
        no_key=True, of=("self",)).values_list("pk", flat=True))
    with identity.acting(system(Role.SESSIONS), at=at):
        Expected.objects.filter(occurrence__in=ids, state="expected").update(state="cancelled")
    return Occurrence.objects.filter(pk__in=ids).update(state="cancelled", version=F("version") + 1)
