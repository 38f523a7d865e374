"""The supporter's one page: what is shared now, family sessions, how to help, emergencies."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.access.queries import shared_with
from daybridge.care.schedule.queries import seats, zone
from daybridge.care.schedule.rules import Service
from daybridge.clinic.people.queries import names
from daybridge.clinic.programme.queries import house

AHEAD = timedelta(days=28)
FAMILY = {Service.FAMILY, Service.FAMILY_WITHOUT_CLIENT}
WORDS = {
    "name": _("their name"), "schedule": _("times of sessions"),
    "attendance": _("whether they were there"), "plan": _("the plan"),
}


@page(Can.SEE_SHARED, to=(Side.SUPPORTER,))
def supporter_home(request: ActorRequest) -> HttpResponse:
    """Show what is shared now; nothing tells revoked, expired and never given apart."""
    viewer, at = request.actor, clock.now()
    items = shared_with(viewer)
    known = names(viewer, of={client_id for client_id, _allows, _until in items})
    shared = [
        {
            "name": name, "sessions": _sessions(viewer, client_id, at),
            "items": [(WORDS[allows], until) for pk, allows, until in items
                      if pk == client_id and allows in WORDS],
        }
        for client_id, name in sorted(known.items(), key=lambda one: one[1])
    ]
    return render(request, "pages/supporter_home.html", {"shared": shared, "house": house(viewer)})


def _sessions(viewer: Actor, client_id: int, at: datetime) -> list[Any]:
    """Return the family sessions to come, if the times are shared."""
    if not may(viewer, Can.SEE_SCHEDULE, client_id=client_id):
        return []
    today = at.astimezone(zone(viewer)).date()
    rows = seats(viewer, first=today, last=today + AHEAD, of={client_id})
    return [row for row in rows if row.service in FAMILY and row.ends_at > at][:4]
