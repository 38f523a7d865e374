"""Setting up and changing the house."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.clinic.programme import rules
from daybridge.clinic.programme.models import (
    Closure,
    DemoStory,
    Programme,
    Room,
    Setting,
    Site,
)
from daybridge.clinic.programme.rules_closing import ALL_DAY, ClosedPart
from daybridge.kernel import text

LONGEST_CLOSURE = timedelta(days=31)


class AlreadySetUp(Exception):
    """This database belongs to a programme already; demo stays demo, real stays real."""


class NotPossible(ValueError):
    """The house can't be changed like this; the message says why and what to do."""


class NotADemo(Exception):
    """Only a demo database has a story; a real one never gets one."""


@command(Can.MANAGE_PROGRAMME)
def set_up(
    actor: Actor,
    /,
    *,
    name: str,
    kind: str,
    phone: str,
    crisis_phone: str,
    address: str,
    at: datetime,
) -> None:
    """Give the database its programme, once."""
    if Programme.objects.exists():
        raise AlreadySetUp
    Programme.objects.create(
        pk=1, name=name, kind=kind, phone=phone, crisis_phone=crisis_phone, address=address
    )


@command(Can.MANAGE_PROGRAMME)
def add_site(actor: Actor, /, *, name: str, time_zone: str, at: datetime) -> int:
    """Add a site with its time zone."""
    if not rules.is_zone(time_zone):
        raise NotPossible("Write the time zone like America/New_York.")
    return Site.objects.create(name=_free_site_name(name), time_zone=time_zone).pk


@command(Can.MANAGE_PROGRAMME)
def rename_site(actor: Actor, /, *, site_id: int, name: str, at: datetime) -> None:
    """Give a site another name; what happened there stays with it."""
    Site.objects.filter(pk=site_id).update(name=_free_site_name(name, but=site_id))


@command(Can.MANAGE_PROGRAMME)
def end_site(actor: Actor, /, *, site_id: int, on: date, at: datetime) -> None:
    """Close a site for good from a day on. The wiring refuses while sessions stand there."""
    if not Site.objects.filter(closed_on=None).exclude(pk=site_id).exists():
        raise NotPossible("This is the only site in use. Add another one first.")
    _not_in_the_past(on, Site.objects.get(pk=site_id), at)
    Site.objects.filter(pk=site_id).update(closed_on=on)


@command(Can.MANAGE_PROGRAMME)
def add_room(
    actor: Actor, /, *, site_id: int, name: str, seats: int, is_video: bool, at: datetime
) -> int:
    """Add a room."""
    tidy = _free_room_name(name, site_id)
    return Room.objects.create(site_id=site_id, name=tidy, seats=seats, is_video=is_video).pk


@command(Can.MANAGE_PROGRAMME)
def rename_room(actor: Actor, /, *, room_id: int, name: str, seats: int, at: datetime) -> None:
    """Give a room another name or number of seats."""
    room = Room.objects.get(pk=room_id)
    room.name, room.seats = _free_room_name(name, room.site_id, but=room_id), seats
    room.save(update_fields=["name", "seats"])


@command(Can.MANAGE_PROGRAMME)
def end_room(actor: Actor, /, *, room_id: int, on: date, at: datetime) -> None:
    """Close a room for good from a day on. The wiring refuses while sessions stand in it."""
    room = Room.objects.select_related("site").get(pk=room_id)
    _not_in_the_past(on, room.site, at)
    Room.objects.filter(pk=room_id).update(closed_on=on)


@command(Can.MANAGE_PROGRAMME)
def close_site(
    actor: Actor, /, *, site_id: int, day: date, reason: str, part: ClosedPart = ALL_DAY,
    at: datetime,
) -> int:
    """Close a site for a day or a part of it; said again, it only grows. The wiring calls sessions off."""
    row, made = Closure.objects.get_or_create(site_id=site_id, day=day, defaults={
        "reason": reason, "from_clock": part.from_clock, "until_clock": part.until_clock})
    if not made:
        both = ClosedPart(row.from_clock, row.until_clock).with_(part)
        Closure.objects.filter(pk=row.pk).update(from_clock=both.from_clock, until_clock=both.until_clock)
    return row.pk


@command(Can.MANAGE_PROGRAMME)
def close_days(
    actor: Actor, /, *, site_ids: list[int], first: date, last: date, reason: str,
    part: ClosedPart = ALL_DAY, at: datetime,
) -> None:
    """Close sites for some days (both included), or the same part of each: a holiday, snow."""
    words = text.tidy(reason)
    if not words:
        raise NotPossible("Write why, like Thanksgiving: it is shown where the day is missing.")
    if not part.runs_forward:
        raise NotPossible("Give both times, the first before the last, or none for the whole day.")
    if not first <= last <= first + LONGEST_CLOSURE:
        raise NotPossible("The last day is not before the first, and at most a month after it.")
    for site in Site.objects.filter(pk__in=site_ids).order_by("pk"):
        _not_in_the_past(first, site, at)
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            close_site(actor, site_id=site.pk, day=day, reason=words, part=part, at=at)


@command(Can.MANAGE_PROGRAMME)
def take_back_closure(actor: Actor, /, *, closure_id: int, at: datetime) -> tuple[int, date]:
    """Open a closed day again while it is still to come; return the site and the day."""
    row = Closure.objects.select_related("site").get(pk=closure_id)
    if row.day <= _today(row.site, at):
        raise NotPossible("That day has come: it stays as it was.")
    site_id, day = row.site_id, row.day
    row.delete()
    return site_id, day


@command(Can.MANAGE_PROGRAMME)
def change_setting(
    actor: Actor,
    /,
    *,
    key: str,
    value: int,
    source: str,
    effective_on: date,
    looked_at_by: str,
    looked_at_on: date | None,
    at: datetime,
) -> int:
    """Enter the programme's own value, with its source and from when it holds."""
    row, _ = Setting.objects.update_or_create(
        key=key,
        effective_on=effective_on,
        defaults={
            "value": rules.check_value(key, value),
            "source": source,
            "looked_at_by": looked_at_by,
            "looked_at_on": looked_at_on,
        },
    )
    return row.pk


@command(Can.MANAGE_PROGRAMME)
def look_at_setting(
    actor: Actor, /, *, key: str, effective_on: date | None, on: date, at: datetime
) -> int:
    """Note that somebody looked at a value; a default that was looked at becomes our own."""
    if effective_on is None:
        choice = rules.choice(key)
        row, _ = Setting.objects.get_or_create(
            key=key, effective_on=on, defaults={"value": choice.default, "source": choice.source}
        )
    else:
        row = Setting.objects.get(key=key, effective_on=effective_on)
    Setting.objects.filter(pk=row.pk).update(looked_at_by=actor.name, looked_at_on=on)
    return row.pk


@command(Can.MANAGE_PROGRAMME)
def mark_story(actor: Actor, /, *, marks: Mapping[str, int | str], at: datetime) -> None:
    """Note how far the demo's story has been lived, in the transaction that lives it."""
    if not Programme.objects.filter(kind="demo").exists():
        raise NotADemo
    DemoStory.objects.update_or_create(pk=1, defaults={"marks": dict(marks)})


def _free_site_name(name: str, *, but: int = 0) -> str:
    tidy = text.tidy(name)
    if not tidy or Site.objects.filter(name__iexact=tidy).exclude(pk=but).exists():
        raise NotPossible("Give the site a name of its own.")
    return tidy


def _free_room_name(name: str, site_id: int, *, but: int = 0) -> str:
    tidy = text.tidy(name)
    others = Room.objects.filter(site_id=site_id, name__iexact=tidy).exclude(pk=but)
    if not tidy or others.exists():
        raise NotPossible("Give the room a name of its own at its site.")
    return tidy


def _today(site: Site, at: datetime) -> date:
    return at.astimezone(ZoneInfo(site.time_zone)).date()


def _not_in_the_past(day: date, site: Site, at: datetime) -> None:
    if day < _today(site, at):
        raise NotPossible("That day is over. Choose today or a later one.")
