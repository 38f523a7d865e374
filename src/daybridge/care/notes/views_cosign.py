"""A trainee's group, read and co-signed in one act."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.care.notes.commands import NotReady
from daybridge.care.notes.commands_after import cosign_group as cosign
from daybridge.care.notes.queries_group import group_to_cosign
from daybridge.care.notes.views import check_password, signer
from daybridge.care.schedule.queries import session
from daybridge.kernel.typed import whole


@page(Can.COSIGN_NOTE)
def cosign_group(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """Show the shared part once and each client's line; co-sign the chosen ones after the password."""
    actor, sent, error = request.actor, request.POST, ""
    rows = group_to_cosign(actor, occurrence_id=occurrence_id)
    chosen = {whole(pk) for pk in sent.getlist("note")} if request.method == "POST" else None
    if chosen is not None:
        try:
            check_password(request)
            notes = {one.index.note_id: one.index.client_id for one in rows if one.index.note_id in chosen}
            cosign(actor, notes=notes, signer=signer(request), at=clock.now())
        except NotReady as problem:
            error = str(problem)
        else:
            return redirect("notes:to_sign")
    texts = [one.shared for one in rows if one.line] or [one.shared for one in rows]
    context = {
        "session": session(actor, occurrence_id=occurrence_id), "error": error, "at": clock.now(),
        "rows": [(one, chosen is None or one.index.note_id in chosen) for one in rows],
        "shared": max(texts, key=texts.count, default=""),
        "authors": ", ".join(dict.fromkeys(one.index.author for one in rows)),
    }
    return render(request, "notes/cosign_group.html", context, status=422 if error else 200)
