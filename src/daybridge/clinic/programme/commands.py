"""Setting up and changing the house."""

from collections.abc import Mapping
from datetime import date, datetime

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


class AlreadySetUp(Exception):
    """This database belongs to a programme already; demo stays demo, real stays real."""


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
    return Site.objects.create(name=name, time_zone=time_zone).pk


@command(Can.MANAGE_PROGRAMME)
def add_room(
    actor: Actor, /, *, site_id: int, name: str, seats: int, is_video: bool, at: datetime
) -> int:
    """Add a room."""
    return Room.objects.create(site_id=site_id, name=name, seats=seats, is_video=is_video).pk


@command(Can.MANAGE_PROGRAMME)
def close_site(actor: Actor, /, *, site_id: int, day: date, reason: str, at: datetime) -> int:
    """Close a site for a day; twice is once."""
    row, _ = Closure.objects.get_or_create(site_id=site_id, day=day, defaults={"reason": reason})
    return row.pk


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
def mark_story(actor: Actor, /, *, marks: Mapping[str, int | str], at: datetime) -> None:
    """Note how far the demo's story has been lived, in the transaction that lives it."""
    if not Programme.objects.filter(kind="demo").exists():
        raise NotADemo
    DemoStory.objects.update_or_create(pk=1, defaults={"marks": dict(marks)})
