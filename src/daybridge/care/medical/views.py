"""A client's medical page: needs, medicine offered, what was seen, the first two weeks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, require
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.care.assessment.queries_severity import severities
from daybridge.care.medical import commands, commands_offers, queries, queries_offers, rules
from daybridge.care.medical import forms as asked
from daybridge.care.medical.catalogue import Kind, kinds, within_two_weeks
from daybridge.care.medical.times import day_begins
from daybridge.care.placement.queries import stay_of
from daybridge.clinic.people.queries import name_of
from daybridge.clinic.programme.queries import sites
from daybridge.kernel.typed import whole

Run = Callable[[ActorRequest, int, Any], object]


@page(Can.SEE_MEDICAL)
def medical(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show medical needs, offers of medicine and what was seen; write them down."""
    if request.method != "POST":
        return _show(request, client_id, {})
    require(request.actor, Can.RECORD_MEDICAL, clients=[client_id])
    do = request.POST.get("do", "")
    if do in INLINE:
        form = _form(request, client_id, do, request.POST)
        if form.is_valid():
            try:
                INLINE[do](request, client_id, form)
            except commands.NotPossible as error:
                form.add_error(None, str(error))
            else:
                return redirect("medical:medical", client_id)
        return _show(request, client_id, {do: form}, status=422)
    try:
        _row(request, client_id, do)
    except commands.NotPossible as error:
        return send_again(request, str(error))
    return redirect("medical:medical", client_id)


def _row(request: ActorRequest, client_id: int, do: str) -> None:
    actor, sent, at = request.actor, request.POST, clock.now()
    if do == "tell":
        commands_offers.tell_prescriber(actor, client_id=client_id, how=sent.get("how", ""), at=at,
                                        outside_id=whole(sent.get("outside")))
    elif do == "strike":
        commands.strike(actor, client_id=client_id, observation_id=whole(sent.get("observation")),
                        why=sent.get("why", ""), at=at)
    else:
        raise commands.NotPossible("This page did not understand the button. Load it again.")


def _offer(request: ActorRequest, client_id: int, form: forms.Form) -> None:
    commands_offers.offer(request.actor, client_id=client_id, at=clock.now(), **form.cleaned_data)


def _begin(request: ActorRequest, client_id: int, form: forms.Form) -> None:
    commands_offers.begin(request.actor, client_id=client_id, at=clock.now(), **form.cleaned_data)


def _outside(request: ActorRequest, client_id: int, form: forms.Form) -> None:
    commands_offers.name_prescriber(request.actor, client_id=client_id, at=clock.now(),
                                    **form.cleaned_data)


def _need(request: ActorRequest, client_id: int, form: forms.Form) -> None:
    commands.name_need(request.actor, client_id=client_id, at=clock.now(), **form.cleaned_data)


def _seen(request: ActorRequest, client_id: int, form: asked.SeenForm) -> None:
    said, at, site = form.cleaned_data, clock.now(), sites(request.actor)[0]
    seen_at = form.seen_at(site.zone)
    if said["at_time"] is None and said["on"] == site.day(at):
        seen_at = at
    commands.record_seen(
        request.actor, client_id=client_id, need_ids=said["needs"], where=said["where"], who=said["who"],
        words=said["words"], seen_at=seen_at, at=at)


INLINE: dict[str, Run] = {"offer": _offer, "begin": _begin, "outside": _outside, "need": _need,
                          "seen": _seen}


def _form(request: ActorRequest, client_id: int, do: str, sent: QueryDict | None = None) -> forms.Form:
    if do == "seen":
        needs = queries.medical_needs_of(request.actor, client_id=client_id)
        waiting = [(row.need_id, row.words) for row in needs if row.seen_at is None]
        return asked.SeenForm(sent, open_needs=waiting, auto_id="seen_%s",
                              initial={"on": sites(request.actor)[0].day(clock.now())})
    return {"offer": asked.OfferForm, "begin": asked.BeginForm, "outside": asked.PrescriberForm,
            "need": asked.NeedForm}[do](sent, auto_id=f"{do}_%s")


def _show(
    request: ActorRequest, client_id: int, wrong: dict[str, forms.Form], *, status: int = 200
) -> HttpResponse:
    actor, at = request.actor, clock.now()
    today = sites(actor)[0].day(at)
    seen = queries.observations_of(actor, client_id=client_id)
    writes = may(actor, Can.RECORD_MEDICAL, client_id=client_id)
    known = severities(actor, of={client_id}).get(client_id)
    offers = queries_offers.offers_of(actor, client_id=client_id)
    context = {
        "client": name_of(actor, client_id=client_id), "at": at, "today": today, "writes": writes,
        "needs": queries.medical_needs_of(actor, client_id=client_id), "offers": offers,
        "offers_due": [dict(rules.SUBSTANCE)[one] for one in rules.offers_due(
            known.of if known else {}, frozenset(row.substance for row in offers))],
        "evaluated": known is not None and known.is_signed,
        "begun": queries_offers.begun_of(actor, of={client_id}),
        "outside": queries_offers.outside_of(actor, client_id=client_id),
        "newest": [rows[0] for rows in seen.values()],
        "scales": queries.scales_of(actor, client_id=client_id)[:4],
        "forms": {do: wrong.get(do) or _form(request, client_id, do) for do in INLINE} if writes else {},
        "kinds": kinds().values(), **_first_days(request, client_id, seen),
    }
    return render(request, "medical/medical.html", context, status=status)


def _first_days(
    request: ActorRequest, client_id: int, seen: dict[str, list[queries.ObservationRow]]
) -> dict[str, Any]:
    """Return what is done or offered in the first two weeks of the stay, and until when."""
    actor = request.actor
    stay = stay_of(actor, client_id=client_id) if may(actor, Can.SEE_STAY, client_id=client_id) else None
    if stay is None or stay.ended_at is not None:
        return {"first_days": [], "screen_missing": None}
    since = day_begins(actor, stay.admitted_at)
    rows = []
    for kind in within_two_weeks():
        found = next((row for row in seen.get(kind.slug, []) if row.seen_at >= since), None)
        rows.append((kind, found, (since + timedelta(days=kind.within_days)).date()))
    missing = [kind.title for kind in asked.screen_kinds()
               if not any(row.seen_at >= since for row in seen.get(kind.slug, []))]
    return {"first_days": rows, "screen_missing": missing}


@page(Can.SEE_MEDICAL)
def observation(request: ActorRequest, client_id: int, kind: str) -> HttpResponse:
    """Write down one observation; show the earlier ones of its kind."""
    one = kinds().get(kind)
    if one is None:
        raise Http404
    if request.method != "POST":
        return _observation(request, client_id, one, _observing(request, one))
    require(request.actor, Can.RECORD_MEDICAL, clients=[client_id])
    form = _observing(request, one, request.POST)
    if form.is_valid():
        try:
            _observe(request, client_id, one, form)
        except commands.NotPossible as error:
            form.add_error(None, str(error))
        else:
            return redirect(reverse("medical:medical", args=[client_id]))
    return _observation(request, client_id, one, form, status=422)


def _observe(request: ActorRequest, client_id: int, one: Kind, form: asked.ObservationForm) -> None:
    values, said, at = form.values(), form.cleaned_data, clock.now()
    if one.slug not in values:
        raise commands.NotPossible("Give the value. What nobody has seen stays open.")
    on = said["seen_on"]
    site = sites(request.actor)[0]
    seen_at = at if on is None or on == site.day(at) else asked.midday(on, site.zone)
    commands.observe(request.actor, client_id=client_id, kind=one.slug, value=values[one.slug],
                     source=said["source"], words=said["words"], seen_at=seen_at, at=at)


def _observing(request: ActorRequest, one: Kind, sent: QueryDict | None = None) -> asked.ObservationForm:
    return asked.ObservationForm(sent, asked=(one,), zone=sites(request.actor)[0].zone,
                                 auto_id="observed_%s")


def _observation(
    request: ActorRequest, client_id: int, one: Kind, form: asked.ObservationForm, *, status: int = 200
) -> HttpResponse:
    actor = request.actor
    context = {
        "client": name_of(actor, client_id=client_id), "kind": one, "form": form,
        "rows": queries.observations_of(actor, client_id=client_id).get(one.slug, []),
        "writes": may(actor, Can.RECORD_MEDICAL, client_id=client_id), "at": clock.now(),
    }
    return render(request, "medical/observation.html", context, status=status)
