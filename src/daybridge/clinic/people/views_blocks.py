"""Who may not see a client's record, whatever the role."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.access.relate import block, unblock
from daybridge.clinic.people.queries import name_of, staff, team_of
from daybridge.clinic.people.queries_ties import blocks_of


@page(Can.BLOCK_PERSON)
def blocks(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show who is shut out of this record; shut somebody out."""
    error = ""
    if request.method == "POST":
        error = _block(request, client_id)
        if not error:
            return redirect("people:blocks", client_id)
    actor, known = request.actor, {row.user_id: row for row in staff(request.actor)}
    rows = blocks_of(actor, client_id=client_id)
    team = {row.user_id for row in team_of(actor, client_id=client_id)}
    out = {row.user_id for row in rows}
    context = {
        "client": name_of(actor, client_id=client_id), "error": error, "sent": request.POST,
        "rows": [(row, row.user_id in team) for row in rows],
        "staff": [row for pk, row in known.items() if pk not in out and row.job != "director"],
    }
    return render(request, "people/blocks.html", context, status=422 if error else 200)


def _block(request: ActorRequest, client_id: int) -> str:
    who, reason = request.POST.get("who", ""), request.POST.get("reason", "").strip()[:200]
    if not who.isdecimal() or int(who) not in {row.user_id for row in staff(request.actor)}:
        return "Choose who may not see this record."
    if not reason:
        return "Write why: whoever looks at it later must be able to judge."
    block(request.actor, client_id=client_id, user_id=int(who), reason=reason, at=clock.now())
    return ""


@page(Can.BLOCK_PERSON)
@require_POST
def end_block(request: ActorRequest, client_id: int, user_id: int) -> HttpResponse:
    """Let somebody in again, as far as their role reaches."""
    unblock(request.actor, client_id=client_id, user_id=user_id, at=clock.now())
    return redirect("people:blocks", client_id)
