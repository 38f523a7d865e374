"""Who does what: the service catalogue, and the partners beside us."""

from dataclasses import asdict

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, require
from daybridge.access.pages import page
from daybridge.clinic.programme.queries import sites
from daybridge.clinic.referrals import commands_partners as commands
from daybridge.clinic.referrals import queries_partners as queries
from daybridge.clinic.referrals import rules
from daybridge.clinic.referrals.commands import NotReferred
from daybridge.clinic.referrals.commands_partners import PartnerWords
from daybridge.clinic.referrals.forms import PartnerForm, ServiceForm, today_first

UNPROCESSABLE = 422


@page(Can.SEE_PARTNERS)
def catalogue(request: ActorRequest) -> HttpResponse:
    """Show every service and who does it; what nobody does comes first."""
    actor = request.actor
    rows = queries.catalogue(actor, on=sites(actor)[0].day(clock.now()))
    groups = [(title, [row for row in rows if row.service.group == title and not row.gap])
              for title in (rules.CORE, rules.ENHANCED, rules.ACCESS)]
    return render(request, "referrals/catalogue.html", {
        "gaps": [row for row in rows if row.gap and row.doer], "groups": groups, "all": len(rows),
        "unsaid": [row for row in rows if row.gap and not row.doer],
        "may_manage": may(actor, Can.MANAGE_PARTNERS), "tab": "services",
        "sees_desk": may(actor, Can.SEE_REFERRALS),
    })


@page(Can.SEE_PARTNERS)
def service(request: ActorRequest, service: str) -> HttpResponse:
    """Show one service: who does it, from when, which partners; say who does it."""
    if service not in rules.SERVICES:
        raise Http404("There is no such service.")
    actor = request.actor
    today = sites(actor)[0].day(clock.now())
    row = next(one for one in queries.catalogue(actor, on=today) if one.service.code == service)
    form = ServiceForm(initial={**today_first(today), "doer": row.doer})
    if request.method == "POST":
        require(actor, Can.MANAGE_PARTNERS)
        form = ServiceForm(request.POST)
        if form.is_valid():
            try:
                commands.choose_doer(actor, service=service, at=clock.now(), **form.cleaned_data)
            except NotReferred as error:
                form.add_error(error.field, str(error))
            else:
                return redirect("referrals:service", service)
    return render(request, "referrals/service.html", {
        "row": row, "form": form, "tab": "services",
        "may_manage": may(actor, Can.MANAGE_PARTNERS),
    }, status=UNPROCESSABLE if form.errors else 200)


@page(Can.SEE_PARTNERS)
def partners(request: ActorRequest) -> HttpResponse:
    """Show the partners by name."""
    actor, ended = request.actor, request.GET.get("show") == "ended"
    rows = queries.partners(actor, on=sites(actor)[0].day(clock.now()), ended=ended)
    return render(request, "referrals/partners.html", {
        "rows": rows, "ended": ended, "may_manage": may(actor, Can.MANAGE_PARTNERS),
        "tab": "partners", "sees_desk": may(actor, Can.SEE_REFERRALS),
    })


@page(Can.SEE_PARTNERS)
def partner(request: ActorRequest, partner_id: int) -> HttpResponse:
    """Show one partner."""
    row = queries.partner(request.actor, partner_id=partner_id)
    return render(request, "referrals/partner.html", {
        "row": row, "may_manage": may(request.actor, Can.MANAGE_PARTNERS), "tab": "partners",
    })


@page(Can.MANAGE_PARTNERS)
def new(request: ActorRequest) -> HttpResponse:
    """Write down a partner."""
    form = PartnerForm(request.POST if request.method == "POST" else None,
                       initial={"services": request.GET.getlist("service")})
    if form.is_valid():
        try:
            made = commands.add_partner(request.actor, words=PartnerWords(**form.values()),
                                        at=clock.now())
        except NotReferred as error:
            form.add_error(error.field, str(error))
        else:
            return redirect("referrals:partner", made)
    return _edit(request, form, None)


@page(Can.MANAGE_PARTNERS)
def edit(request: ActorRequest, partner_id: int) -> HttpResponse:
    """Change what is written about a partner."""
    row = queries.partner(request.actor, partner_id=partner_id)
    form = PartnerForm(request.POST if request.method == "POST" else None, initial=asdict(row))
    if form.is_valid():
        sent = request.POST.get("version", "")
        version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0  # noqa: PLR2004
        try:
            commands.change_partner(request.actor, partner_id=partner_id, version=version,
                                    words=PartnerWords(**form.values()), at=clock.now())
        except NotReferred as error:
            form.add_error(error.field, str(error))
        else:
            return redirect("referrals:partner", partner_id)
    return _edit(request, form, row)


def _edit(request: ActorRequest, form: PartnerForm, row: object) -> HttpResponse:
    return render(request, "referrals/partner_edit.html", {
        "form": form, "row": row, "version": getattr(row, "version", None),
    }, status=UNPROCESSABLE if form.errors else 200)
