"""What does this person need, and what is the answer?"""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from daybridge.access import clock, gate
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.care.assessment import rules_needs as rules
from daybridge.care.assessment.commands_needs import NotAnswered, SendTo, answer_need, find_need
from daybridge.care.assessment.forms_needs import (
    DeclinedForm,
    DeferredForm,
    HereForm,
    NeedForm,
    ReferredForm,
)
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.care.assessment.rows import NeedRow
from daybridge.clinic.people.queries import name_of
from daybridge.clinic.programme.queries import sites
from daybridge.clinic.referrals.commands import NotReferred
from daybridge.clinic.referrals.queries import referrals_of
from daybridge.clinic.referrals.queries_partners import catalogue
from daybridge.clinic.referrals.rows import PartnerRow, ServiceRow
from daybridge.clinic.referrals.rules import SERVICES

UNPROCESSABLE = 422
MOST_FORMS = 30
TITLES = {"here": "Treat here", "referred": "Refer", "deferred": "Put off",
          "declined": "Client declines"}
ICONS = {"here": "home-heart", "referred": "send", "deferred": "calendar-pause",
         "declined": "hand-stop"}


@page(Can.SEE_ASSESSMENT)
def needs(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show all needs, those without a current answer first."""
    return _show(request, client_id)


@page(Can.ASSESS)
@require_POST
def add(request: ActorRequest, client_id: int) -> HttpResponse:
    """Write down a need."""
    form = NeedForm(request.POST, auto_id="need_%s")
    if form.is_valid():
        try:
            find_need(request.actor, client_id=client_id, domain=form.cleaned_data["domain"],
                      words=form.cleaned_data["words"], at=clock.now(),
                      urgency=form.cleaned_data["urgency"] or "routine")
        except NotAnswered as error:
            form.add_error(error.field, str(error))
        else:
            if request.POST.get("from") == "evaluation":
                return redirect(f"{reverse('assessment:evaluation', args=[client_id])}#need")
            return redirect("assessment:needs", client_id)
    return _show(request, client_id, need_form=form, status=UNPROCESSABLE)


@page(Can.ASSESS)
@require_POST
def answer(request: ActorRequest, client_id: int, need_id: int) -> HttpResponse:
    """Give a need its answer."""
    actor, kind = request.actor, request.POST.get("answer", "")
    row = next((one for one in needs_of(actor, client_id=client_id, at=clock.now())
                if one.need_id == need_id), None)
    if row is None or kind not in TITLES:
        raise Http404("There is no such need or answer.")
    form = _forms(actor, row, request.POST, kind)[kind]
    if form.is_valid():
        said = form.cleaned_data
        try:
            answer_need(
                actor, client_id=client_id, need_id=need_id, answer=kind, words=said["words"],
                again_on=said.get("again_on"), to=_to(said), after=_version(request),
                at=clock.now(),
            )
        except (NotAnswered, NotReferred) as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return redirect(f"{reverse('assessment:needs', args=[client_id])}#need-{need_id}")
    return _show(request, client_id, wrong=(need_id, kind, form), status=UNPROCESSABLE)


def _version(request: ActorRequest) -> int | None:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else None  # noqa: PLR2004


def _to(said: dict[str, Any]) -> SendTo:
    return SendTo(partner_id=said.get("partner"), to_words=said.get("to_words", ""),
                  kind=said.get("kind", ""), urgency=said.get("urgency") or "routine",
                  referral_id=said.get("referral"))


def _show(
    request: ActorRequest, client_id: int, *, need_form: NeedForm | None = None,
    wrong: tuple[int, str, forms.Form] | None = None, status: int = 200,
) -> HttpResponse:
    actor, at = request.actor, clock.now()
    rows = needs_of(actor, client_id=client_id, at=at)
    may_assess = gate.may(actor, Can.ASSESS, client_id=client_id)
    asked = request.GET.get("change", "")
    opened = {row.need_id for row in rows if row.is_open or str(row.need_id) == asked}
    if wrong:
        opened.add(wrong[0])
    only_open = request.GET.get("show") == "open"
    shown = [row for row in rows if row.is_open or not only_open]
    drawn = [row for row in shown if row.need_id in opened][:MOST_FORMS] if may_assess else []
    known = {row.service.code: row for row in catalogue(actor, on=sites(actor)[0].day(at))}
    answers = {row.need_id: _answers(actor, row, known, wrong) for row in drawn}
    return render(request, "assessment/needs.html", {
        "client": name_of(actor, client_id=client_id), "client_id": client_id,
        "rows": [(row, answers.get(row.need_id, []), _gaps(row, known)) for row in shown],
        "open": sum(row.is_open for row in rows), "all": len(rows), "only_open": only_open,
        "may_assess": may_assess, "need_form": need_form or NeedForm(auto_id="need_%s"),
        "sees_referrals": gate.may(actor, Can.SEE_REFERRALS, client_id=client_id),
    }, status=status)


def _answers(
    actor: Actor, row: NeedRow, known: dict[str, ServiceRow],
    wrong: tuple[int, str, forms.Form] | None,
) -> list[tuple[str, str, str, forms.Form, bool]]:
    made = _forms(actor, row, None, "", known)
    found = []
    for kind, title in TITLES.items():
        is_wrong = wrong is not None and wrong[:2] == (row.need_id, kind)
        form = wrong[2] if wrong is not None and is_wrong else made[kind]
        found.append((kind, title, ICONS[kind], form, is_wrong))
    return found


def _forms(
    actor: Actor, row: NeedRow, data: QueryDict | None, kind: str, known: dict[str, ServiceRow] | None = None
) -> dict[str, forms.Form]:
    """Return the four forms of a need; the one that was sent is bound."""
    at = clock.now()
    today = sites(actor)[0].day(at)
    services = known or {one.service.code: one for one in catalogue(actor, on=today)}
    codes = rules.DOMAIN_SERVICES[row.domain]

    def made(one: str, form: type[forms.Form], **more: Any) -> forms.Form:
        return form(data if one == kind else None, auto_id=f"n{row.need_id}-{one}-%s", **more)

    partners: dict[int, PartnerRow] = {
        partner.partner_id: partner for code in codes for partner in services[code].partners}
    others = {partner.partner_id: partner for one in services.values() for partner in one.partners}
    return {
        "here": made("here", HereForm),
        "referred": made(
            "referred", ReferredForm,
            partners=[(pk, f"{one.name}, {one.waiting}") for pk, one in (partners | others).items()],
            kinds=[(code, SERVICES[code].title) for code in sorted(SERVICES, key=lambda c: c not in codes)],
            on_its_way=[(one.referral_id, f"{one.title}: {one.to}, {one.state_words}")
                        for one in referrals_of(actor, client_id=row.client_id, at=at)
                        if not one.is_closed]),
        "deferred": made("deferred", DeferredForm),
        "declined": made("declined", DeclinedForm,
                         initial={"again_on": today + rules.DECLINED_AGAIN}),
    }


def _gaps(row: NeedRow, known: dict[str, ServiceRow]) -> str:
    """Return why nobody can answer this need, or "" when somebody can."""
    services = [known[code] for code in rules.DOMAIN_SERVICES[row.domain]]
    if any(not one.gap for one in services):
        return ""
    return ", ".join(one.service.title.lower() for one in services)
