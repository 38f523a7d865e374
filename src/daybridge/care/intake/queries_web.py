"""Reading for the public page, and the calls for help that came in by it."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.intake.models import HelpDesk, WebInquiry
from daybridge.care.intake.promise import DeskHours, call_back_by
from daybridge.clinic.programme.queries import house, sites

SHOWN = 100
NOTICE = timedelta(hours=4)
TIMES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class HelpPage:
    """What the public page shows: numbers to call, who calls back by when, free times."""

    phone: str
    crisis_phone: str
    caller: str
    call_by: datetime
    times: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class WebRow:
    """A call for help that nobody has taken over yet."""

    web_id: uuid.UUID
    name: str
    contact_kind: str
    contact: str
    safe_call: bool
    safe_text: bool
    for_whom: str
    language: str
    words: str
    wanted_time: datetime | None
    came_at: datetime
    call_by: datetime
    late: bool


@query(Can.SEE_PROGRAMME)
def help_page(viewer: Actor, /, *, at: datetime) -> HelpPage:
    """Return what anybody may know: numbers, who calls back, the next free times."""
    programme = house(viewer)
    desk = HelpDesk.objects.first()
    hours = (DeskHours(desk.call_back_minutes, desk.from_hour, desk.until_hour)
             if desk else DeskHours(120, 9, 18))
    found = sites(viewer)
    call_by = call_back_by(at, hours, found[0].zone) if found else at + timedelta(hours=2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT intake_free_times(%s, %s)", [at + NOTICE, TIMES_SHOWN])
        times = tuple(row[0] for row in cursor.fetchall())
    return HelpPage(
        phone=programme.phone if programme else "",
        crisis_phone=programme.crisis_phone if programme else "",
        caller=desk.caller if desk else "", call_by=call_by, times=times,
    )


@query(Can.SEE_WEB_INQUIRIES)
def web_inquiries(viewer: Actor, /, *, at: datetime) -> list[WebRow]:
    """Return the calls for help from the web that wait for a call, oldest promise first."""
    rows = WebInquiry.objects.filter(taken_at=None).order_by("call_by", "came_at", "pk")
    return [
        WebRow(row.pk, row.name, row.contact_kind, row.contact, row.safe_call, row.safe_text,
               row.for_whom, row.language, row.words, row.wanted_time, row.came_at,
               row.call_by, at > row.call_by)
        for row in rows[:SHOWN]
    ]
