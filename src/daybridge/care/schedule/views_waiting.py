"""A client begins or ends to wait for a seat."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.care.schedule.commands import DoesNotFit
from daybridge.care.schedule.commands_waiting import wait_for_seat, wait_no_more
from daybridge.care.schedule.views import newcomer_of
from daybridge.kernel.typed import whole


@page(Can.BOOK)
@require_POST
def wait(request: ActorRequest, client_id: int) -> HttpResponse:
    """Let a client wait for a full group, or end it (`do` = end)."""
    series_id, at = whole(request.POST.get("series")), clock.now()
    try:
        if request.POST.get("do") == "end":
            wait_no_more(request.actor, client_id=client_id, series_id=series_id, at=at)
        else:
            wait_for_seat(request.actor, client_id=client_id, series_id=series_id,
                          newcomer=newcomer_of(request.actor, client_id), at=at)
    except DoesNotFit as error:
        return send_again(request, str(error))
    return redirect("schedule:places", client_id)
