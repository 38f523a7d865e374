"""The referral desk, a client's referrals, one referral followed until its loop is closed."""

from datetime import date, timedelta

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, require
from daybridge.access.pages import page
from daybridge.clinic.people.queries import name_of, names
from daybridge.clinic.programme.queries import sites
from daybridge.clinic.referrals import commands, queries
from daybridge.clinic.referrals.commands import NotReferred
from daybridge.clinic.referrals.forms import (
    AnswerInForm,
    ChaseForm,
    InForm,
    ReferForm,
    StepForm,
    today_first,
)
from daybridge.clinic.referrals.queries_partners import partner, partners
from daybridge.clinic.referrals.rules import NotNow

UNPROCESSABLE = 422
LATELY = timedelta(days=7)


def _day(actor: Actor) -> date:
    return sites(actor)[0].day(clock.now())


@page(Can.SEE_REFERRALS)
def desk(request: ActorRequest) -> HttpResponse:
    """Show every open loop, the longest overdue first, and who waits for our answer."""
    actor, at = request.actor, clock.now()
    loops, came = queries.open_loops(actor, at=at), queries.unanswered_in(actor)
    closed = queries.closed_lately(actor, since=at - LATELY, at=at)
    number, overdue = queries.loops_count(actor, at=at)
    known = names(actor, of={row.client_id for row in loops} | {row.client_id for row in came}
                  | {row.client_id for row in closed})
    mine = request.GET.get("view") == "mine"
    rows = [(known.get(row.client_id, ""), row) for row in loops
            if row.client_id in known and (not mine or row.owner_id == actor.user_id)]
    return render(request, "referrals/desk.html", {
        "late": [one for one in rows if one[1].is_overdue],
        "running": [one for one in rows if not one[1].is_overdue],
        "came": [(known[row.client_id], row) for row in came if row.client_id in known],
        "closed": [(known[row.client_id], row) for row in closed if row.client_id in known],
        "number": number, "overdue": overdue, "more": max(number - len(loops), 0),
        "mine": mine, "as_of": at,
    })


@page(Can.SEE_REFERRALS)
def of(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show a client's referrals; send one."""
    actor = request.actor
    if request.method != "POST":
        return _of(request, client_id)
    require(actor, Can.REFER, clients=[client_id])
    form = _refer_form(actor, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = commands.refer(
                actor, client_id=client_id, kind=said["kind"], why=said["why"],
                partner_id=said["partner"], to_words=said["to_words"], at=clock.now(),
                urgency=said["urgency"] or "routine", within_days=said["within_days"])
        except NotReferred as error:
            form.add_error(error.field, str(error))
        else:
            return redirect("referrals:one", client_id, made)
    return _of(request, client_id, refer_form=form, status=UNPROCESSABLE)


@page(Can.REFER)
@require_POST
def take_in(request: ActorRequest, client_id: int) -> HttpResponse:
    """Write down who sent the client to us."""
    form = _in_form(request.actor, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            commands.take_in(
                request.actor, client_id=client_id, from_kind=said["from_kind"],
                from_words=said["from_words"], asks=said["asks"], partner_id=said["partner"],
                came_on=said["came_on"], at=clock.now())
        except NotReferred as error:
            form.add_error(error.field, str(error))
        else:
            return redirect("referrals:of", client_id)
    return _of(request, client_id, in_form=form, status=UNPROCESSABLE)


@page(Can.REFER)
@require_POST
def answer_in(request: ActorRequest, client_id: int, in_id: int) -> HttpResponse:
    """Write down what those who sent the client were told."""
    form = AnswerInForm(request.POST, auto_id=f"in{in_id}-%s")
    if form.is_valid():
        try:
            commands.answer_in(request.actor, client_id=client_id, in_id=in_id,
                               told=form.cleaned_data["told"], words=form.cleaned_data["words"],
                               at=clock.now())
        except NotReferred as error:
            form.add_error(error.field, str(error))
        else:
            return redirect("referrals:of", client_id)
    return _of(request, client_id, answer=(in_id, form), status=UNPROCESSABLE)


def _of(
    request: ActorRequest, client_id: int, *, refer_form: forms.Form | None = None,
    in_form: forms.Form | None = None, answer: tuple[int, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, at = request.actor, clock.now()
    came = queries.referrals_in_of(actor, client_id=client_id)
    answers = {row.in_id: AnswerInForm(auto_id=f"in{row.in_id}-%s") for row in came} | dict(
        [answer] if answer else [])
    return render(request, "referrals/of.html", {
        "client": name_of(actor, client_id=client_id), "client_id": client_id,
        "rows": queries.referrals_of(actor, client_id=client_id, at=at),
        "came": [(row, answers[row.in_id]) for row in came],
        "refer_form": refer_form or _refer_form(actor, None),
        "in_form": in_form or _in_form(actor, None),
        "may_refer": may(actor, Can.REFER, client_id=client_id),
        "sees_needs": may(actor, Can.SEE_ASSESSMENT, client_id=client_id),
    }, status=status)


@page(Can.SEE_REFERRALS)
def one(request: ActorRequest, client_id: int, referral_id: int) -> HttpResponse:
    """Show one referral, how far it has come, and what comes next."""
    return _one(request, client_id, referral_id)


@page(Can.REFER)
@require_POST
def step(request: ActorRequest, client_id: int, referral_id: int) -> HttpResponse:
    """Note the next step."""
    form = StepForm(request.POST, auto_id="step_%s")
    if form.is_valid():
        said = form.cleaned_data
        try:
            commands.take_step(request.actor, client_id=client_id, referral_id=referral_id,
                               to=said["to"], words=said["words"], on=said["on"], at=clock.now())
        except NotReferred as error:
            form.add_error(error.field, str(error))
        except NotNow as error:
            form.add_error(None, f"{error} Somebody may have been faster: look at the steps below.")
        else:
            return redirect("referrals:one", client_id, referral_id)
    return _one(request, client_id, referral_id, step_form=form, status=UNPROCESSABLE)


@page(Can.REFER)
@require_POST
def chase(request: ActorRequest, client_id: int, referral_id: int) -> HttpResponse:
    """Note that somebody asked what became of it."""
    form = ChaseForm(request.POST, auto_id="chase_%s")
    if form.is_valid():
        try:
            commands.chase(request.actor, client_id=client_id, referral_id=referral_id,
                           words=form.cleaned_data["words"], at=clock.now())
        except NotReferred as error:
            form.add_error(error.field, str(error))
        else:
            return redirect("referrals:one", client_id, referral_id)
    return _one(request, client_id, referral_id, chase_form=form, status=UNPROCESSABLE)


def _one(
    request: ActorRequest, client_id: int, referral_id: int, *,
    step_form: forms.Form | None = None, chase_form: forms.Form | None = None, status: int = 200,
) -> HttpResponse:
    actor, at = request.actor, clock.now()
    row, steps = queries.referral(actor, client_id=client_id, referral_id=referral_id, at=at)
    form = step_form or StepForm(initial=today_first(_day(actor)), auto_id="step_%s")
    form.fields["to"].choices = [  # type: ignore[attr-defined]
        (state, words) for state, words, _ in row.steps_ahead]
    sees_partner = row.partner_id is not None and may(actor, Can.SEE_PARTNERS)
    return render(request, "referrals/one.html", {
        "client": name_of(actor, client_id=client_id), "client_id": client_id, "row": row,
        "steps": steps, "form": form,
        "chase_form": chase_form or ChaseForm(auto_id="chase_%s"),
        "partner": partner(actor, partner_id=row.partner_id or 0) if sees_partner else None,
        "may_refer": may(actor, Can.REFER, client_id=client_id),
        "sees_needs": may(actor, Can.SEE_ASSESSMENT, client_id=client_id),
    }, status=status)


def _choices(actor: Actor) -> list[tuple[int, str]]:
    if not may(actor, Can.SEE_PARTNERS):
        return []
    return [(row.partner_id, f"{row.name}, {row.waiting}") for row in partners(actor, on=_day(actor))]


def _refer_form(actor: Actor, data: QueryDict | None) -> ReferForm:
    return ReferForm(data, partners=_choices(actor), auto_id="refer_%s")


def _in_form(actor: Actor, data: QueryDict | None) -> InForm:
    return InForm(data, partners=_choices(actor), auto_id="came_%s",
                  initial=today_first(_day(actor)))
