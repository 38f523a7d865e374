"""Reading codes and devices."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.hours import rules_kiosk
from daybridge.care.hours.models_kiosk import DoorCode, KioskDevice
from daybridge.care.schedule import queries as schedule
from daybridge.kernel.secret import digest


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A tablet at the door; `is_slow`: it has guessed, and is not listened to for a while."""

    device_id: int
    name: str
    made_at: datetime
    is_slow: bool


@query(Can.SEE_ARRIVALS)
def code_of(viewer: Actor, /, *, client_id: int) -> str:
    """Return a client's code for the door; empty when none was made."""
    found = DoorCode.objects.filter(client_id=client_id, ended_at=None).values_list("code", flat=True)
    return found.first() or ""


@query(Can.MANAGE_ACCOUNTS)
def devices(viewer: Actor, /, *, at: datetime) -> list[DeviceRow]:
    """Return the tablets in use."""
    return [_row(one, at) for one in KioskDevice.objects.filter(ended_at=None).order_by("name", "pk")[:50]]


@query(Can.MANAGE_ACCOUNTS)
def device_behind(viewer: Actor, /, *, token: str, at: datetime) -> DeviceRow | None:
    """Return the tablet of an address; None for every other."""
    one = KioskDevice.objects.filter(digest=digest(token), ended_at=None).first()
    return _row(one, at) if one else None


@query(Can.SEE_ARRIVALS)
def whose_session(worker: Actor, /, *, code: str, at: datetime) -> tuple[int, int] | None:
    """Return the client of a code and the session they have come for; None when there is none."""
    found = DoorCode.objects.filter(code=code, ended_at=None).values_list("client_id", flat=True).first()
    if found is None:
        return None
    day = at.astimezone(schedule.zone(worker)).date()
    place = rules_kiosk.here_for(
        [rules_kiosk.Place(row.occurrence_id, row.starts_at, row.ends_at)
         for row in schedule.seats(worker, first=day, last=day, of={found})], at)
    return (found, place.occurrence_id) if place else None


def _row(one: KioskDevice, at: datetime) -> DeviceRow:
    return DeviceRow(one.pk, one.name, one.made_at, rules_kiosk.is_slow(one.wrong, one.wrong_since, at))
