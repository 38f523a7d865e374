"""Who pays for a client, what is authorised, and what runs out."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, require
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.care.placement import commands_payer as commands
from daybridge.care.placement import queries_payer as queries
from daybridge.care.placement.commands import NotYet
from daybridge.care.placement.forms import AuthorisationForm, EndForm, UsedForm
from daybridge.care.placement.queries import stay_of, stays_in_care
from daybridge.clinic.people.queries import name_of, names
from daybridge.clinic.programme.queries import sites
from daybridge.clinic.programme.rules import LEVELS


def _today(request: ActorRequest) -> date:
    return sites(request.actor)[0].day(clock.now())


@page(Can.SEE_PAYER)
def payers(request: ActorRequest) -> HttpResponse:
    """Show whose authorisation runs out, soonest first."""
    actor = request.actor
    care = {stay.client_id for stay in stays_in_care(actor)} if may(actor, Can.SEE_STAY) else set()
    rows = [row for row in queries.running_out(actor, on=_today(request)) if row.client_id in care]
    known = names(actor, of={row.client_id for row in rows})
    context = {
        "rows": [(known[row.client_id], row) for row in rows if row.client_id in known],
        "as_of": clock.now(),
    }
    return render(request, "placement/payers.html", context)


@page(Can.SEE_PAYER)
def payer(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show who pays for a client; add an authorisation."""
    if request.method != "POST":
        return _payer(request, client_id, AuthorisationForm())
    require(request.actor, Can.EDIT_PAYER, clients=[client_id])
    form = AuthorisationForm(request.POST)
    if form.is_valid():
        try:
            commands.authorise(
                request.actor, client_id=client_id, at=clock.now(), **form.cleaned_data
            )
        except NotYet as error:
            form.add_error("until", str(error))
        else:
            return redirect("placement:payer", client_id)
    return _payer(request, client_id, form, status=422)


def _payer(
    request: ActorRequest, client_id: int, form: AuthorisationForm, *, status: int = 200
) -> HttpResponse:
    actor, today = request.actor, _today(request)
    sees_stay = may(actor, Can.SEE_STAY, client_id=client_id)
    stay = stay_of(actor, client_id=client_id) if sees_stay else None
    clinical = stay.level if stay and stay.ended_at is None else ""
    context = {
        "client": name_of(actor, client_id=client_id), "form": form,
        "rows": [
            (row, LEVELS[row.level].title, bool(clinical) and row.level != clinical)
            for row in queries.payers_of(actor, client_id=client_id, on=today)
        ],
        "clinical": LEVELS[clinical].title if clinical else "", "today": today,
        "may_edit": may(actor, Can.EDIT_PAYER, client_id=client_id),
    }
    return render(request, "placement/payer.html", context, status=status)


@page(Can.EDIT_PAYER)
@require_POST
def use_units(request: ActorRequest, client_id: int, payer_id: int) -> HttpResponse:
    """Write down how many units are used so far."""
    form = UsedForm(request.POST)
    if not form.is_valid():
        return send_again(request, "Write the units used so far as a number.")
    commands.use_units(request.actor, client_id=client_id, payer_id=payer_id,
                       used=form.cleaned_data["used"], at=clock.now())
    return redirect("placement:payer", client_id)


@page(Can.EDIT_PAYER)
@require_POST
def end_authorisation(request: ActorRequest, client_id: int, payer_id: int) -> HttpResponse:
    """End an authorisation."""
    form = EndForm(request.POST)
    if not form.is_valid():
        return send_again(request, "Give the day on which it ends, and why in a few words.")
    commands.end_authorisation(request.actor, client_id=client_id, payer_id=payer_id,
                               at=clock.now(), **form.cleaned_data)
    return redirect("placement:payer", client_id)
