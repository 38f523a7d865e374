"""Whom a physician sees first: unanswered stops, needs not seen, offers due, first days."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.medical.queries_first import to_see
from daybridge.clinic.people.queries import names


@page(Can.SEE_MEDICAL)
def first(request: ActorRequest) -> HttpResponse:
    """Show the clients who need a physician, the most urgent first."""
    viewer, at = request.actor, clock.now()
    rows = to_see(viewer, at=at)
    known = names(viewer, of={row.client_id for row in rows})
    context: dict[str, Any] = {
        "rows": [(known[row.client_id], row) for row in rows if row.client_id in known], "at": at,
        "answers": may(viewer, Can.ANSWER_WARNING),
    }
    return render(request, "medical/first.html", context)
