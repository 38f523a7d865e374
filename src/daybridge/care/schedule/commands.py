"""Groups, memberships, sessions and seats."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import Conflict, command
from daybridge.access.policy import Role
from daybridge.access.relate import lead_no_more, let_lead
from daybridge.care.schedule import queries, rules
from daybridge.care.schedule.commands_practice import name_practice
from daybridge.care.schedule.models import Expected, Membership, Occurrence, Series, SeriesTitle
from daybridge.care.schedule.models_waiting import GroupWait
from daybridge.care.schedule.queries_days import closed_for
from daybridge.care.schedule.queries_joining import asks
from daybridge.kernel import text


class DoesNotFit(ValueError):
    """The place can't be given; the message says why and what to do."""


class Taken(DoesNotFit):
    """Room, leader or client are somewhere else at that time."""


@command(Can.MANAGE_GROUPS)
def make_series(
    actor: Actor, /, *, site_id: int, room_id: int, leader_id: int, title: str, service: str,
    weekday: int, starts: time, minutes: int, first_day: date, capacity: int,
    levels: list[str], language: str = "en", gender: str = "", practice: str = "", at: datetime,
) -> int:
    """Begin an endless weekly group and make its sessions for the next 12 weeks."""
    series = Series.objects.create(
        site_id=site_id, room_id=room_id, leader_id=leader_id, service=service, weekday=weekday,
        starts=starts, minutes=minutes, first_day=first_day, capacity=capacity, levels=levels,
        language=language, gender=gender,
    )
    SeriesTitle(series=series, words=text.tidy(title)).save()
    if practice:
        name_practice(actor, series_id=series.pk, practice=practice, from_day=first_day, at=at)
    until = rules.horizon(max(at, _moment(first_day)), queries.zone(actor))
    clashes = _extend(actor, series, until)
    if clashes:
        raise Taken(f"Room or leader is taken on {clashes[0]:%a %d %b}. Choose another time.")
    return series.pk


@command(Can.MANAGE_SLOTS)
def extend(actor: Actor, /, *, at: datetime) -> int:
    """Make the sessions of every group for the rolling 12 weeks; return the clashes left out."""
    until = rules.horizon(at, queries.zone(actor))
    return sum(len(_extend(actor, series, until)) for series in Series.objects.order_by("pk"))


def _extend(actor: Actor, series: Series, until: date) -> list[date]:
    zone = queries.zone(actor)
    weekly = rules.Weekly(
        series.weekday, series.starts, series.minutes, series.first_day, series.last_day
    )
    first = series.made_until + timedelta(days=1) if series.made_until else series.first_day
    closed = closed_for(actor, series=series, first=first, last=until)
    days = list(rules.days(weekly, first, until, closed))
    rows = []
    for day in days:
        starts_at, ends_at = rules.occurrence(weekly, day, zone)
        rows.append(
            Occurrence(
                series=series, day=day, room_id=series.room_id, leader_id=series.leader_id,
                service=series.service, starts_at=starts_at, ends_at=ends_at,
                capacity=series.capacity,
            )
        )
    Occurrence.objects.bulk_create(rows, ignore_conflicts=True)
    Series.objects.filter(pk=series.pk).update(made_until=until)
    made = set(
        Occurrence.objects.filter(series=series, day__in=days).values_list("day", flat=True)
    )
    return [day for day in days if day not in made]


@command(Can.BOOK)
def join(
    actor: Actor, /, *, client_id: int, series_id: int, from_day: date,
    newcomer: rules.Newcomer, at: datetime,
) -> int:
    """Give a client a place in a group from a day on; the past stays as it was."""
    series = Series.objects.select_for_update(no_key=True).get(pk=series_id)
    group = asks(actor, series=series, on=from_day, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT members FROM schedule_members(%s, %s)", [[series_id], from_day])
        row = cursor.fetchone()
        cursor.execute(
            "SELECT schedule_meets_no_contact(%s, %s, %s)", [client_id, series_id, from_day]
        )
        (meets,) = cursor.fetchone()
    adult = queries.is_adult(actor, client_id=client_id, on=from_day)
    newcomer = replace(newcomer, is_adult=adult)
    reasons = rules.why_not_join(
        group, newcomer, members=row[0] if row else 0, meets_no_contact=meets
    )
    if reasons:
        raise DoesNotFit(" ".join(reasons))
    minute = series.starts.hour * 60 + series.starts.minute
    GroupWait.objects.filter(client_id=client_id, series_id=series_id, ended_at=None).update(ended_at=at)
    try:
        with transaction.atomic():
            return Membership.objects.create(
                client_id=client_id, series_id=series_id, from_day=from_day,
                weekday=series.weekday, from_minute=minute, until_minute=minute + series.minutes,
            ).pk
    except IntegrityError:
        raise Taken("The client is in another group at that time. End that place first.") from None


@command(Can.BOOK)
def leave(
    actor: Actor, /, *, client_id: int, series_id: int, until_day: date, at: datetime
) -> None:
    """End a client's place in a group after a day (included)."""
    open_ones = Membership.objects.filter(client_id=client_id, series_id=series_id)
    open_ones.filter(from_day__gt=until_day).update(until_day=F("from_day"))
    open_ones.filter(from_day__lte=until_day, until_day=None).update(until_day=until_day)


@command(Can.BOOK)
def leave_all(actor: Actor, /, *, client_id: int, until_day: date, at: datetime) -> None:
    """End every place of a client and give up the seats booked after that day."""
    Membership.objects.filter(
        client_id=client_id, until_day=None, from_day__lte=until_day
    ).update(until_day=until_day)
    Expected.objects.filter(
        client_id=client_id, occurrence__day__gt=until_day, state="expected"
    ).update(state="cancelled")


@command(Can.BOOK)
def book_single(
    actor: Actor, /, *, client_id: int, leader_id: int, room_id: int | None, service: str,
    starts_at: datetime, minutes: int, at: datetime,
) -> int:
    """Book a session of one client (individual, family); nobody is in two places at once."""
    ends_at = starts_at + timedelta(minutes=minutes)
    day = starts_at.astimezone(queries.zone(actor)).date()
    try:
        with transaction.atomic():
            one = Occurrence.objects.create(
                day=day, room_id=room_id, leader_id=leader_id, service=service,
                starts_at=starts_at, ends_at=ends_at, capacity=1,
            )
            _refuse_overlap(actor, client_id, one)
            _expect(client_id, one, at)
    except IntegrityError:
        raise Taken("Room, leader or client are taken then. Choose another time.") from None
    return one.pk


@command(Can.BOOK)
def take_seat(actor: Actor, /, *, client_id: int, occurrence_id: int, at: datetime) -> None:
    """Give a client one seat at one session (a make-up). Two can't take the last one."""
    # no_key: whoever gives a seat up looks at the session's key, and must not wait for us
    one = Occurrence.objects.select_for_update(no_key=True).get(pk=occurrence_id)
    if one.state != "planned":
        raise DoesNotFit("That session has begun or is off. Choose another one.")
    if queries.taken(actor, occurrence_ids=[one.pk]).get(one.pk, 0) >= one.capacity:
        raise DoesNotFit("The last seat has just been taken. Choose another session.")
    if one.series_id and not queries.is_adult(actor, client_id=client_id, on=one.day):
        raise DoesNotFit("The group is for adults.")
    _refuse_overlap(actor, client_id, one)
    try:
        with transaction.atomic():
            _expect(client_id, one, at)
    except IntegrityError:
        raise Taken("The client is somewhere else then. Choose another session.") from None


@command(Can.BOOK)
def give_up_seat(actor: Actor, /, *, client_id: int, occurrence_id: int, at: datetime) -> None:
    """Take a client off one session; a membership goes on."""
    one = Occurrence.objects.get(pk=occurrence_id)
    row, made = Expected.objects.get_or_create(
        client_id=client_id, occurrence_id=occurrence_id,
        defaults={"state": "cancelled", "starts_at": one.starts_at, "ends_at": one.ends_at,
                  "booked_at": at},
    )
    if not made:
        row.state = "cancelled"
        row.save(update_fields=["state"])


@command(Can.MANAGE_SLOTS)
def open_session(actor: Actor, /, *, occurrence_id: int, at: datetime) -> None:
    """Open a session: from now on its roster stands, and its leader may see who is on it.

    The members' rows are written by system:sessions, for a leader may stand in for
    somebody else and not be on the team of everyone in the group.
    """
    one = Occurrence.objects.select_for_update().get(pk=occurrence_id)
    if one.state != "planned":
        return
    sessions = system(Role.SESSIONS)
    with identity.acting(sessions, at=at):
        roster = queries.roster(sessions, occurrence_id=occurrence_id)
        known = set(Expected.objects.filter(occurrence=one).values_list("client_id", flat=True))
        for client_id in roster:
            if client_id not in known:
                _expect_if_free(client_id, one, at)
        let_lead(
            sessions, client_ids=roster, user_id=one.leader_id,
            until=queries.local_moment(sessions, day=one.day + timedelta(days=1), clock=time()),
            at=at,
        )
    one.state, one.opened_at, one.version = "open", at, one.version + 1
    one.save(update_fields=["state", "opened_at", "version"])


@command(Can.MANAGE_SLOTS)
def close_session(
    actor: Actor, /, *, occurrence_id: int, version: int, at: datetime
) -> None:
    """Close a session; somebody who closes an older version is told."""
    closed = Occurrence.objects.filter(pk=occurrence_id, version=version).update(
        state="closed", closed_at=at, version=version + 1
    )
    if not closed:
        one = Occurrence.objects.get(pk=occurrence_id)
        raise Conflict({"state": one.get_state_display()}, version=one.version)


@command(Can.MANAGE_SLOTS)
def change_session(
    actor: Actor, /, *, occurrence_id: int, starts_at: datetime, minutes: int,
    room_id: int | None, leader_id: int, at: datetime,
) -> None:
    """Move one session, or let somebody else lead it; the rest of the group stays."""
    one = Occurrence.objects.select_for_update().get(pk=occurrence_id)
    if one.state != "planned":
        raise DoesNotFit("A session that has begun is not moved.")
    former = one.leader_id
    one.starts_at, one.ends_at = starts_at, starts_at + timedelta(minutes=minutes)
    one.day = starts_at.astimezone(queries.zone(actor)).date()
    one.room_id, one.leader_id, one.version = room_id, leader_id, one.version + 1
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError:
        raise Taken("Room or leader is taken then. Choose another time.") from None
    if former != leader_id:
        lead_no_more(system(Role.SESSIONS), user_id=former, at=at)


def _expect(client_id: int, one: Occurrence, at: datetime) -> None:
    Expected.objects.update_or_create(
        client_id=client_id, occurrence=one,
        defaults={"booked_singly": True, "state": "expected", "starts_at": one.starts_at,
                  "ends_at": one.ends_at, "booked_at": at},
    )


def _refuse_overlap(actor: Actor, client_id: int, one: Occurrence) -> None:
    """Refuse a seat while a membership has the client elsewhere (rows come at opening)."""
    near = queries.seats(actor, first=one.day, last=one.day, of={client_id})
    if any(seat.starts_at < one.ends_at and one.starts_at < seat.ends_at for seat in near):
        raise Taken("The client is somewhere else then. Choose another session.")


def _expect_if_free(client_id: int, one: Occurrence, at: datetime) -> None:
    """Write a member's row unless the client is booked elsewhere at that time."""
    try:
        with transaction.atomic():
            Expected.objects.create(
                client_id=client_id, occurrence=one, starts_at=one.starts_at,
                ends_at=one.ends_at, booked_at=at,
            )
    except IntegrityError:
        return


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
