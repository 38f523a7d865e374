"""Who is to be reached, and how a stay ends."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from daybridge.access import clock, rounds
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may_for
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.care.placement.commands import NotYet, end_stay
from daybridge.care.placement.queries import stay_of
from daybridge.care.retention.commands import record_attempt
from daybridge.care.retention.queries import attempts_of, open_outreach
from daybridge.care.retention.rules import Outcome, Reason, Step
from daybridge.care.schedule.commands import leave_all
from daybridge.care.schedule.queries import zone
from daybridge.clinic.people.queries import name_of

CHANNELS = ("call", "text", "e-mail", "visit", "supporter")


@page(Can.SEE_OUTREACH)
def outreach(request: ActorRequest) -> HttpResponse:
    """Show who missed a session and is to be reached, by step."""
    at = clock.now()
    rows = open_outreach(request.actor, at=at)
    mine = may_for(request.actor, Can.REACH_OUT, {row.client_id for row in rows})
    steps = [(step.value, [row for row in rows if row.step == step]) for step in Step]
    context = {
        "steps": [(name, found) for name, found in steps if found], "count": len(rows),
        "as_of": at, "late": rounds.late("reach_out", at=at),
        "channels": CHANNELS, "outcomes": [o.value for o in Outcome], "mine": mine,
    }
    return render(request, "retention/outreach.html", context)


@page(Can.REACH_OUT)
@require_POST
def attempt(request: ActorRequest, client_id: int, outreach_id: int) -> HttpResponse:
    """Write down a try to reach somebody."""
    channel, outcome = request.POST.get("channel", ""), request.POST.get("outcome", "")
    if channel not in CHANNELS or outcome not in set(Outcome):
        return send_again(request, "Choose how you tried, and what came of it.")
    record_attempt(
        request.actor, client_id=client_id, outreach_id=outreach_id, channel=channel,
        outcome=outcome, said=request.POST.get("said", ""), at=clock.now(),
        done=outcome == Outcome.REACHED or bool(request.POST.get("done")),
    )
    return redirect("retention:outreach")


@page(Can.CHANGE_STAY)
def end(request: ActorRequest, client_id: int) -> HttpResponse:
    """End a stay: reason, the client's view, the way back."""
    error = ""
    if request.method == "POST":
        at = clock.now()
        try:
            end_stay(
                request.actor, client_id=client_id, reason=_reason(request.POST.get("reason", "")),
                words=request.POST.get("words", ""), at=at,
                client_view=request.POST.get("client_view", ""),
                way_back=request.POST.get("way_back", ""),
            )
            leave_all(request.actor, client_id=client_id, at=at,
                      until_day=at.astimezone(zone(request.actor)).date())
        except NotYet as problem:
            error = str(problem)
        else:
            return redirect("pages:chart", client_id)
    context = {
        "client": name_of(request.actor, client_id=client_id), "error": error,
        "stay": stay_of(request.actor, client_id=client_id), "sent": request.POST,
        "reasons": [reason.value for reason in Reason],
        "attempts": attempts_of(request.actor, client_id=client_id),
    }
    return render(request, "retention/end.html", context, status=422 if error else 200)


def _reason(word: str) -> str:
    return word if word in set(Reason) else ""
