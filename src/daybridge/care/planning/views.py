"""The plan: write, sign, add to, prescribe hours; the client's own page."""

from decimal import Decimal, InvalidOperation

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from daybridge.access import clock
from daybridge.access.actors import ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.drafts import drop_draft
from daybridge.access.gate import Conflict, may
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.access.queries import own_client
from daybridge.access.signatures import Signer, is_really
from daybridge.care.assessment.queries import licence_line, reasons_of
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.care.placement.queries import stay_of
from daybridge.care.planning import commands, queries
from daybridge.care.planning.forms import fields_of, items_from, labels_of
from daybridge.clinic.people.queries import name_of
from daybridge.clinic.programme.queries import sites
from daybridge.kernel.typed import whole

WRONG_PASSWORD = "That password does not fit. A signature needs yours."  # noqa: S105 - words


@page(Can.SEE_PLAN)
def plan(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show the plan in force and the one in work; write and sign it."""
    if request.method == "POST":
        try:
            _act(request, client_id)
        except commands.NotReady as error:
            if request.POST.get("do") == "write":
                return send_again(request, str(error))
            return _plan(request, client_id, str(error), 422)
        return redirect("planning:plan", client_id)
    return _plan(request, client_id)


def _plan(
    request: ActorRequest, client_id: int, error: str = "", status: int = 200
) -> HttpResponse:
    actor = request.actor
    today = sites(actor)[0].day(clock.now())
    sees_assessment = may(actor, Can.SEE_ASSESSMENT, client_id=client_id)
    context = {
        "client": name_of(actor, client_id=client_id), "error": error, "today": today,
        "plan": queries.plan_in_work(actor, client_id=client_id),
        "in_force": queries.plan_in_force(actor, client_id=client_id), "sent": request.POST,
        "hours": queries.prescribed(actor, of=[client_id], on=today).get(client_id),
        "stay": stay_of(actor, client_id=client_id),
        "may_write": may(actor, Can.WRITE_PLAN, client_id=client_id),
        "reasons": reasons_of(actor, client_id=client_id) if sees_assessment else [],
        "needs": needs_of(actor, client_id=client_id, at=clock.now()) if sees_assessment else [],
    }
    return render(request, "planning/plan.html", context, status=status)


def _act(request: ActorRequest, client_id: int) -> None:
    actor, sent, at = request.actor, request.POST, clock.now()
    plan_id = whole(sent.get("plan"))
    match sent.get("do"):
        case "start":
            commands.start_plan(actor, client_id=client_id, at=at)
        case "hours":
            _prescribe(request, client_id)
        case "addendum":
            commands.add_addendum(actor, client_id=client_id, plan_id=plan_id,
                                  words=sent.get("words", ""), at=at)
        case "sign":
            commands.sign_as_clinician(actor, client_id=client_id, plan_id=plan_id,
                                       signer=_signer(request), at=at)
        case "client":
            commands.sign_as_client(actor, client_id=client_id, plan_id=plan_id, at=at,
                                    name=name_of(actor, client_id=client_id).name)
        case _:
            _write(request, client_id, plan_id)
            drop_draft(actor, f"plan-{plan_id}")


def _write(request: ActorRequest, client_id: int, plan_id: int) -> None:
    """Save the words; whoever is late sees both versions field by field."""
    actor, sent = request.actor, request.POST
    try:
        commands.write_plan(actor, client_id=client_id, plan_id=plan_id, at=clock.now(),
                            items=items_from(sent), version=whole(sent.get("version")))
    except Conflict as clash:
        stored = queries.plan(actor, client_id=client_id, plan_id=plan_id)
        theirs = fields_of(stored.problems, sent)
        raise Conflict(theirs, version=clash.version, labels=labels_of(theirs)) from None


def _prescribe(request: ActorRequest, client_id: int) -> None:
    try:
        hours = Decimal(request.POST.get("hours", ""))
    except InvalidOperation:
        raise commands.NotReady("Hours a week: a number like 9 or 10.5.") from None
    at = clock.now()
    commands.prescribe_hours(
        request.actor, client_id=client_id, hours=hours, at=at,
        from_day=sites(request.actor)[0].day(at),
        reason=request.POST.get("reason", "") or "as the plan says",
    )


def _signer(request: ActorRequest) -> Signer:
    if not is_really(request.actor, request.POST.get("password", "")):
        raise commands.NotReady(WRONG_PASSWORD)
    line = licence_line(request.actor, sites(request.actor)[0].day(clock.now()))
    return Signer(*line) if line else Signer(request.actor.name)


@page(Can.SEE_PLAN, to=(Side.CLIENT,))
def mine(request: ActorRequest) -> HttpResponse:
    """Show a client their own plan, to read and sign."""
    client_id, error = own_client(request.actor), ""
    if client_id is None:
        raise Http404
    found = queries.plan_in_work(request.actor, client_id=client_id)
    if request.method == "POST" and found is not None:
        try:
            commands.sign_as_client(
                request.actor, client_id=client_id, plan_id=found.plan_id, at=clock.now(),
                name=name_of(request.actor, client_id=client_id).name,
            )
        except commands.NotReady:
            error = gettext("Your counsellor is still writing it.")
        else:
            return redirect("planning:mine")
    context = {
        "plan": found, "error": error,
        "in_force": queries.plan_in_force(request.actor, client_id=client_id),
        "reasons": reasons_of(request.actor, client_id=client_id),
    }
    return render(request, "planning/mine.html", context, status=422 if error else 200)
