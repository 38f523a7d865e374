"""Reading the plan: the client's own page, and what changed from version to version."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from daybridge.access import clock
from daybridge.access.actors import ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.access.queries import own_client
from daybridge.care.assessment.queries import reasons_of
from daybridge.care.planning import commands, commands_sign, queries
from daybridge.care.planning.rows import ChangesRow, ProgressRow
from daybridge.care.planning.rules_change import Changed
from daybridge.clinic.people.queries import name_of
from daybridge.kernel.typed import whole


@page(Can.SEE_PLAN)
def changes(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show the versions of a plan, and what changed from one to another."""
    actor = request.actor
    versions = queries.versions(actor, client_id=client_id)
    numbers = [one.number for one in versions]
    until = whole(request.GET.get("until")) or max(numbers, default=0)
    before = [number for number in numbers if number < until]
    since = whole(request.GET.get("since")) or max(before, default=0)
    found = queries.changes_since(actor, client_id=client_id, since=since, until=until)
    context = {
        "client": name_of(actor, client_id=client_id), "versions": versions, "since": since,
        "until": until, "changes": found, "rows": _with_progress(found) if found else [],
    }
    return render(request, "planning/changes.html", context)


def _with_progress(
    found: ChangesRow,
) -> list[tuple[Changed, list[tuple[Changed, ProgressRow | None]]]]:
    """Return the compared problems, each step with how far it was."""
    last = {step.key: step.progress[-1] for plan in (found.old, found.new)
            for problem in plan.problems for step in problem.objectives if step.progress}
    return [(one, [(part, last.get(part.key)) for part in one.parts]) for one in found.problems]


@page(Can.SEE_PLAN, to=(Side.CLIENT,))
def mine(request: ActorRequest) -> HttpResponse:
    """Show a client their own plan, to read and sign."""
    client_id, error = own_client(request.actor), ""
    if client_id is None:
        raise Http404
    found = queries.plan_in_work(request.actor, client_id=client_id)
    if request.method == "POST" and found is not None:
        try:
            commands_sign.sign_as_client(
                request.actor, client_id=client_id, plan_id=found.plan_id, at=clock.now(),
                name=name_of(request.actor, client_id=client_id).name,
                version=whole(request.POST.get("version")) or None,
            )
        except commands.NotReady:
            error = gettext("Your counsellor is still writing it. Read it again before you sign.")
        else:
            return redirect("planning:mine")
    context = {
        "plan": found, "error": error,
        "in_force": queries.plan_in_force(request.actor, client_id=client_id),
        "reasons": reasons_of(request.actor, client_id=client_id),
    }
    return render(request, "planning/mine.html", context, status=422 if error else 200)
