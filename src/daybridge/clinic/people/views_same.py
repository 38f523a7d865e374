"""Two charts, one person: asked for by one, confirmed by another, taken apart by either."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.clinic.people import commands_same as commands
from daybridge.clinic.people import queries
from daybridge.clinic.people.queries_same import FoldRow, folds
from daybridge.clinic.people.queries_search import Hit, look_alikes
from daybridge.kernel.typed import whole

LONGEST = 300


@page(Can.FOLD_CHARTS)
def same_person(request: ActorRequest) -> HttpResponse:
    """Show what waits for a second person, and what holds."""
    rows = folds(request.actor)
    context = {"waiting": [row for row in rows if row.from_at is None],
               "holding": [row for row in rows if row.from_at is not None], "as_of": clock.now()}
    return render(request, "people/same_person.html", context)


@page(Can.FOLD_CHARTS)
def fold(request: ActorRequest, client_id: int) -> HttpResponse:
    """Ask that another chart be recognised as this person's."""
    actor, error = request.actor, ""
    if request.method == "POST":
        try:
            _ask(request, client_id)
        except commands.NotFolded as problem:
            error = str(problem)
        else:
            return redirect("people:same_person")
    context = {
        "client": queries.name_of(actor, client_id=client_id), "alike": _alike(actor, client_id),
        "error": error, "sent": request.POST,
    }
    return render(request, "people/fold.html", context, status=422 if error else 200)


def _ask(request: ActorRequest, client_id: int) -> None:
    other_id, reason = whole(request.POST.get("other")), request.POST.get("reason", "")
    if other_id == client_id or other_id not in queries.names(request.actor, of={other_id}):
        raise commands.NotFolded("Choose the other chart, or write its number as its page shows it.")
    if len(reason) > LONGEST:
        raise commands.NotFolded("The reason has at most 300 letters. Make it shorter.")
    kept_id = client_id if request.POST.get("keep") != "other" else other_id
    commands.ask_to_fold(
        request.actor, client_ids=[client_id, other_id], kept_id=kept_id, reason=reason, at=clock.now()
    )


def _alike(actor: Actor, client_id: int) -> list[Hit]:
    if not may(actor, Can.SEE_IDENTITY, client_id=client_id):
        return []
    name = queries.name_of(actor, client_id=client_id).name
    identity = queries.identity_of(actor, client_id=client_id)
    found = look_alikes(actor, name=identity.legal_name or name, birth_date=identity.birth_date)
    return [hit for hit in found if hit.client_id != client_id]


@page(Can.FOLD_CHARTS)
@require_POST
def settle_fold(request: ActorRequest, fold_id: int, what: str) -> HttpResponse:
    """Confirm that it is one person, or say that these are two."""
    row = _known(request, fold_id)
    if row is None or what not in {"confirm", "apart"}:
        return send_again(request, "This has been settled meanwhile. Look at the list again.")
    reason = request.POST.get("reason", "")
    if len(reason) > LONGEST:
        return send_again(request, "The reason has at most 300 letters. Make it shorter.")
    both = [row.kept_id, row.other_id]
    try:
        if what == "confirm":
            commands.confirm_fold(request.actor, client_ids=both, fold_id=fold_id, at=clock.now())
        else:
            commands.take_apart(
                request.actor, client_ids=both, fold_id=fold_id, reason=reason, at=clock.now()
            )
    except commands.NotFolded as problem:
        return send_again(request, str(problem))
    return redirect("people:same_person")


def _known(request: HttpRequest, fold_id: int) -> FoldRow | None:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return next((row for row in folds(actor) if row.fold_id == fold_id), None)
