"""Giving times: a whole week at once, from a day on; days away, and taking them back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command, may
from daybridge.clinic.calendar import rules
from daybridge.clinic.calendar.models import (
    ClientAway,
    ClientDay,
    ClientWindow,
    StaffAway,
    StaffDay,
    StaffWindow,
)
from daybridge.clinic.calendar.rules import Away, OneDay, Window

YESTERDAY = timedelta(days=1)


class NotKept(ValueError):
    """The times can't be kept; the message says which rule they break."""


@command(Can.GIVE_TIMES)
def give_client_week(
    actor: Actor, /, *, client_id: int, windows: Iterable[Window], from_day: date, at: datetime
) -> None:
    """Replace a client's weekly times from a day on; what held before stays on record."""
    wanted = _checked(windows)
    rows = ClientWindow.objects.select_for_update().filter(client_id=client_id)
    if set(_in_force(rows, from_day)) == wanted:
        return
    _end(rows, from_day)
    ClientWindow.objects.bulk_create(
        ClientWindow(client_id=client_id, **_fields(one, from_day, actor, at)) for one in sorted(wanted))


@command(Can.GIVE_TIMES)
def give_client_away(actor: Actor, /, *, client_id: int, days: Away, at: datetime) -> None:
    """Note days on which a client can't come; the same days twice are one."""
    _check_away(days)
    known = {"client_id": client_id, "first_day": days.first_day, "last_day": days.last_day}
    if not ClientAway.objects.filter(**known, withdrawn_at=None).exists():
        ClientAway(**known, given_by_id=actor.user_id or 0, given_at=at).save()


@command(Can.GIVE_TIMES)
def withdraw_client_away(actor: Actor, /, *, client_id: int, away_id: int, at: datetime) -> None:
    """Take days away back: the client can come after all."""
    rows = ClientAway.objects.filter(pk=away_id, client_id=client_id, withdrawn_at=None)
    rows.update(withdrawn_at=at)


@command(Can.MANAGE_SLOTS)
def give_staff_week(
    actor: Actor, /, *, user_id: int, windows: Iterable[Window], from_day: date, at: datetime
) -> None:
    """Replace somebody's weekly hours from a day on: one's own, or anybody's for who leads the staff."""
    _own_or_leading(actor, user_id)
    wanted = _checked(windows)
    rows = StaffWindow.objects.select_for_update().filter(user_id=user_id)
    if set(_in_force(rows, from_day)) == wanted:
        return
    _end(rows, from_day)
    StaffWindow.objects.bulk_create(
        StaffWindow(user_id=user_id, **_fields(one, from_day, actor, at)) for one in sorted(wanted))


@command(Can.MANAGE_SLOTS)
def give_staff_away(actor: Actor, /, *, user_id: int, days: Away, at: datetime) -> None:
    """Note days on which somebody of the staff is not there."""
    _own_or_leading(actor, user_id)
    _check_away(days)
    known = {"user_id": user_id, "first_day": days.first_day, "last_day": days.last_day}
    if not StaffAway.objects.filter(**known, withdrawn_at=None).exists():
        StaffAway(**known, given_by_id=actor.user_id or 0, given_at=at).save()


@command(Can.MANAGE_SLOTS)
def withdraw_staff_away(actor: Actor, /, *, user_id: int, away_id: int, at: datetime) -> None:
    """Take days away back."""
    _own_or_leading(actor, user_id)
    StaffAway.objects.filter(pk=away_id, user_id=user_id, withdrawn_at=None).update(withdrawn_at=at)


@command(Can.GIVE_TIMES)
def give_client_day(actor: Actor, /, *, client_id: int, times: OneDay, at: datetime) -> None:
    """Note other times on one day in which a client can come; the same twice is one."""
    one, known = _one_day(times), ClientDay.objects.filter(client_id=client_id, withdrawn_at=None)
    if not known.filter(**one).exists():
        ClientDay(client_id=client_id, given_by_id=actor.user_id or 0, given_at=at, **one).save()


@command(Can.GIVE_TIMES)
def withdraw_client_day(actor: Actor, /, *, client_id: int, day_id: int, at: datetime) -> None:
    """Take one day's other times back: the weekly ones hold again."""
    ClientDay.objects.filter(pk=day_id, client_id=client_id, withdrawn_at=None).update(withdrawn_at=at)


@command(Can.MANAGE_SLOTS)
def give_staff_day(actor: Actor, /, *, user_id: int, times: OneDay, at: datetime) -> None:
    """Note other hours on one day: one's own, or anybody's for who leads the staff."""
    _own_or_leading(actor, user_id)
    one, known = _one_day(times), StaffDay.objects.filter(user_id=user_id, withdrawn_at=None)
    if not known.filter(**one).exists():
        StaffDay(user_id=user_id, given_by_id=actor.user_id or 0, given_at=at, **one).save()


@command(Can.MANAGE_SLOTS)
def withdraw_staff_day(actor: Actor, /, *, user_id: int, day_id: int, at: datetime) -> None:
    """Take one day's other hours back: the weekly ones hold again."""
    _own_or_leading(actor, user_id)
    StaffDay.objects.filter(pk=day_id, user_id=user_id, withdrawn_at=None).update(withdrawn_at=at)


def _one_day(times: OneDay) -> dict[str, Any]:
    if not 0 <= times.from_minute < times.until_minute <= rules.DAY_MINUTES:
        raise NotKept("A time ends before it begins.")
    return {"day": times.day, "from_minute": times.from_minute, "until_minute": times.until_minute}


def _own_or_leading(actor: Actor, user_id: int) -> None:
    if actor.user_id != user_id and not may(actor, Can.MANAGE_STAFF):
        raise NotKept("Somebody's hours are given by themselves, or by the director.")


def _checked(windows: Iterable[Window]) -> set[Window]:
    wanted = set(windows)
    if not wanted:
        raise NotKept("Give at least one time.")
    if rules.problems(wanted):
        raise NotKept("A time ends before it begins, or two of a day overlap.")
    return wanted


def _check_away(days: Away) -> None:
    if not 0 <= (days.last_day - days.first_day).days <= rules.LONGEST_AWAY_DAYS:
        raise NotKept("The last day is not before the first, and within a year of it.")


def _in_force(rows: QuerySet[Any], from_day: date) -> list[Window]:
    held = rows.filter(until_day=None, from_day__lte=from_day)
    return [Window(*one) for one in held.values_list("weekday", "from_minute", "until_minute")]


def _end(rows: QuerySet[Any], from_day: date) -> None:
    """End what holds on the day before; what would begin later, or began that very day, goes."""
    rows.filter(from_day__gte=from_day).delete()
    rows.filter(from_day__lt=from_day, until_day=None).update(until_day=from_day - YESTERDAY)
    rows.filter(from_day__lt=from_day, until_day__gte=from_day).update(until_day=from_day - YESTERDAY)


def _fields(one: Window, from_day: date, actor: Actor, at: datetime) -> dict[str, object]:
    return {"weekday": one.weekday, "from_minute": one.from_minute, "until_minute": one.until_minute,
            "from_day": from_day, "given_by_id": actor.user_id or 0, "given_at": at}
