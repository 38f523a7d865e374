"""The client's own list of medicines; naloxone kits in the house."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, require
from daybridge.access.pages import page
from daybridge.access.queries import own_client
from daybridge.care.medicines import commands_kits, queries, rules
from daybridge.care.medicines.commands import NotPossible
from daybridge.care.medicines.forms import LotForm
from daybridge.clinic.programme.queries import house, sites
from daybridge.kernel.typed import whole

SOON_DAYS = 90


@page(Can.SEE_MEDICINES, to=(Side.CLIENT,))
def mine(request: ActorRequest) -> HttpResponse:
    """Show a client their own medicines and allergies."""
    client_id = own_client(request.actor)
    if client_id is None:
        raise Http404
    context = {
        "medicines": queries.medicines_of(request.actor, client_id=client_id),
        "allergies": queries.allergies_of(request.actor, client_id=client_id),
        "kits": queries.kits_of(request.actor, client_id=client_id), "house": house(request.actor),
    }
    return render(request, "medicines/mine.html", context)


@page(Can.SEE_SUPPLY)
def kits(request: ActorRequest) -> HttpResponse:
    """Show the naloxone kits in the house; take new ones in, take a lot out."""
    if request.method != "POST":
        return _kits(request, LotForm())
    require(request.actor, Can.MANAGE_SUPPLY)
    at = clock.now()
    if request.POST.get("do") == "discard":
        commands_kits.discard_kits(request.actor, lot_id=whole(request.POST.get("lot_id")), at=at)
        return redirect("medicines:kits")
    form = LotForm(request.POST)
    if form.is_valid():
        try:
            commands_kits.receive_kits(request.actor, at=at, **form.cleaned_data)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            return redirect("medicines:kits")
    return _kits(request, form, status=422)


def _kits(request: ActorRequest, form: LotForm, *, status: int = 200) -> HttpResponse:
    today = sites(request.actor)[0].day(clock.now())
    rows = [row for row in queries.lots(request.actor) if row.left]
    context = {
        "form": form, "today": today, "as_of": clock.now(),
        "rows": [(row, rules.in_date(row.expires_on, today), (row.expires_on - today).days < SOON_DAYS)
                 for row in rows],
        "usable": rules.usable([rules.Lot(row.expires_on, row.left) for row in rows], today),
        "may_manage": may(request.actor, Can.MANAGE_SUPPLY),
    }
    return render(request, "medicines/kits.html", context, status=status)
