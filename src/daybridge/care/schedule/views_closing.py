"""What closing some days would call off, looked at before it is done."""

from django.http import HttpResponse
from django.shortcuts import render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.care.schedule.queries_days import would_be_off
from daybridge.clinic.programme.forms import ClosureForm
from daybridge.clinic.programme.queries import sites

SHOWN = 200


@page(Can.MANAGE_PROGRAMME)
def closing(request: ActorRequest) -> HttpResponse:
    """Show the sessions and how many clients; the button there closes the days."""
    actor, at = request.actor, clock.now()
    known = [row for row in sites(actor) if row.closed_on is None or row.closed_on > row.day(at)]
    form = ClosureForm(request.GET, sites=[(row.site_id, row.name) for row in known])
    context = {"form": form, "sent": request.GET}
    if form.is_valid():
        asked = form.chosen()
        asked.pop("reason")
        rows, clients = would_be_off(actor, at=at, **asked)
        context |= {"rows": rows[:SHOWN], "count": len(rows), "clients": clients, "asked": asked,
                    "names": [row.name for row in known if row.site_id in asked["site_ids"]]}
    return render(request, "schedule/closing.html", context, status=422 if form.errors else 200)
