"""The outbox."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.clinic.messaging import queries
from daybridge.clinic.messaging.channels import channel
from daybridge.clinic.messaging.commands import NotPossible, send_again, take_back
from daybridge.clinic.messaging.rules import NO_PROVIDER, Shown, Via

PANELS = (
    (Shown.UNKNOWN, "Not known whether sent", "risk",
     "The program stopped, or no answer came, while it was being sent. Ask the person first."),
    (Shown.FAILED, "Not sent", "risk", ""),
    (Shown.WITHHELD, "Withheld", "neutral", "Nothing went out. Each says why."),
    (Shown.WAITING, "Waiting", "info", ""),
    (Shown.SENDING, "Being sent", "info", ""),
    (Shown.SENT, "Sent", "ok", ""),
)


@page(Can.SEE_OUTBOX)
def outbox(request: ActorRequest) -> HttpResponse:
    """Show what waits, what did not go out and why, and what went."""
    return _outbox(request)


@page(Can.SEND_MESSAGE)
@require_POST
def again(request: ActorRequest, message_id: uuid.UUID) -> HttpResponse:
    """Let a message go out once more."""
    try:
        send_again(request.actor, message_id=message_id, at=clock.now())
    except NotPossible as error:
        return _outbox(request, str(error), 409)
    return redirect("messaging:outbox")


@page(Can.SEND_MESSAGE)
@require_POST
def back(request: ActorRequest, message_id: uuid.UUID) -> HttpResponse:
    """Keep a waiting message back."""
    try:
        take_back(request.actor, message_id=message_id, at=clock.now())
    except NotPossible as error:
        return _outbox(request, str(error), 409)
    return redirect("messaging:outbox")


def _outbox(request: ActorRequest, error: str = "", status: int = 200) -> HttpResponse:
    at = clock.now()
    found = queries.outbox(request.actor, at=at)
    panels = [
        {"state": shown.value, "title": title, "kind": kind, "lede": lede, "id": shown.name.lower(),
         "rows": found.rows[shown], "count": found.counts[shown],
         "again": shown in queries.NEEDS_A_LOOK, "back": shown is Shown.WAITING}
        for shown, title, kind, lede in PANELS
    ]
    context = {
        "panels": panels, "at": at, "error": error,
        "missing": [NO_PROVIDER[via] for via in Via if channel(via) is None],
        "quiet": queries.quiet_hours(request.actor, at=at),
    }
    return render(request, "messaging/outbox.html", context, status=status)
