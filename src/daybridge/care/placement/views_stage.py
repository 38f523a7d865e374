"""The stage of treatment: what it is for, when somebody is through it, what the team has decided."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.placement.commands import NotYet
from daybridge.care.placement.commands_stage import decide_stage
from daybridge.care.placement.queries import stay_of
from daybridge.care.placement.queries_stage import stages_of
from daybridge.care.placement.rules_stages import STAGES
from daybridge.clinic.people.queries import name_of
from daybridge.kernel.typed import whole


@page(Can.SEE_STAY)
def stage(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show the stages of a client, and write the one that was decided on."""
    actor, sent, error = request.actor, request.POST, ""
    if request.method == "POST":
        try:
            decide_stage(actor, client_id=client_id, stage=whole(sent.get("stage")),
                         why=sent.get("why", ""), at=clock.now())
        except NotYet as problem:
            error = str(problem)
        else:
            return redirect("placement:stage", client_id)
    stay, rows = stay_of(actor, client_id=client_id), stages_of(actor, client_id=client_id)
    in_care = stay is not None and stay.ended_at is None
    now = rows[0] if rows and rows[0].until_at is None else None
    context = {
        "client": name_of(actor, client_id=client_id), "now": now, "rows": rows, "stages": STAGES.values(),
        "in_care": in_care, "error": error, "sent": sent,
        "may_decide": in_care and may(actor, Can.CHANGE_STAY, client_id=client_id),
    }
    return render(request, "placement/stage.html", context, status=422 if error else 200)
