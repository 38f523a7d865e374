"""The nursing screen of the admission day, and the withdrawal scales over time."""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, require
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.care.medical import commands, commands_scales, forms, queries, scales
from daybridge.care.medical.catalogue import kinds, screen
from daybridge.care.medical.commands import NotPossible, Value
from daybridge.care.medical.times import day_begins
from daybridge.care.medical.trend import trend
from daybridge.care.medicines.queries import allergies_of, medicines_of
from daybridge.care.placement.queries import stay_of
from daybridge.clinic.people.queries import name_of
from daybridge.clinic.programme.queries import sites
from daybridge.kernel.typed import whole


@page(Can.RECORD_MEDICAL)
def nursing_screen(request: ActorRequest, client_id: int) -> HttpResponse:
    """Ask and write down what the admission day asks; what is left out stays "not asked"."""
    actor, at = request.actor, clock.now()
    stay = stay_of(actor, client_id=client_id)
    since = day_begins(actor, stay.admitted_at if stay and stay.ended_at is None else at)
    stands = _stands(request, client_id, since)
    zone = sites(actor)[0].zone
    initial: dict[str, Any] = {}
    for slug, row in stands.items():
        value = Value(row.number, row.number2, row.choice, row.moment)
        initial |= forms.initial_of(kinds()[slug], value, zone)
    form = forms.ValuesForm(request.POST if request.method == "POST" else None, auto_id="screen_%s",
                            asked=forms.screen_kinds(), zone=zone, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            commands.save_screen(actor, client_id=client_id, values=form.values(), since=since, at=at)
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            return redirect("medical:nursing_screen", client_id)
    context = {
        "client": name_of(actor, client_id=client_id), "form": form, "since": since, "at": at,
        "parts": _parts(form, stands), "missing": sum(one.slug not in stands for one in form.asked),
        "all": len(form.asked), "medicines": medicines_of(actor, client_id=client_id),
        "allergies": allergies_of(actor, client_id=client_id), "stay": stay,
    }
    return render(request, "medical/nursing_screen.html", context,
                  status=422 if request.method == "POST" else 200)


def _stands(request: ActorRequest, client_id: int, since: datetime) -> dict[str, queries.ObservationRow]:
    seen = queries.observations_of(request.actor, client_id=client_id)
    asked = {one.slug for one in forms.screen_kinds()}
    return {slug: rows[0] for slug, rows in seen.items() if slug in asked and rows[0].seen_at >= since}


def _parts(form: forms.ValuesForm, stands: dict[str, queries.ObservationRow]) -> list[Any]:
    """Return the screen section by section: each question's fields, and what stands of it."""
    fields = {kind.slug: bound for kind, bound in form.rows}
    return [
        (title, [(kind, fields[kind.slug], stands.get(kind.slug)) for kind in asked])
        for title, asked in screen().items()
    ]


@page(Can.SEE_MEDICAL)
def scale(request: ActorRequest, client_id: int, scale: str) -> HttpResponse:
    """Take a withdrawal scale; show it over time with its bands."""
    if scale not in scales.NAMES:
        raise Http404
    if request.method != "POST":
        return _scale(request, client_id, scale, forms.ScaleForm(scale=scale))
    require(request.actor, Can.RECORD_MEDICAL, clients=[client_id])
    if request.POST.get("do") == "strike":
        return _strike(request, client_id, scale)
    form = forms.ScaleForm(request.POST, scale=scale)
    if form.is_valid():
        try:
            commands_scales.record_scale(request.actor, client_id=client_id, kind=scale,
                                         points=form.points(), at=clock.now())
        except NotPossible as error:
            form.add_error(None, str(error))
        else:
            return redirect("medical:scale", client_id, scale)
    return _scale(request, client_id, scale, form, status=422)


def _strike(request: ActorRequest, client_id: int, kind: str) -> HttpResponse:
    try:
        commands_scales.strike_scale(
            request.actor, client_id=client_id, scale_id=whole(request.POST.get("scale")),
            why=request.POST.get("why", ""), at=clock.now())
    except NotPossible as error:
        return send_again(request, str(error))
    return redirect("medical:scale", client_id, kind)


def _scale(
    request: ActorRequest, client_id: int, kind: str, form: forms.ScaleForm, *, status: int = 200
) -> HttpResponse:
    actor, at = request.actor, clock.now()
    rows = queries.scales_of(actor, client_id=client_id, kind=kind)
    one = scales.instrument(kind)
    context = {
        "client": name_of(actor, client_id=client_id), "form": form, "kind": kind, "rows": rows[:30],
        "title": one.title.get("en", kind), "one": one, "at": at,
        "trend": trend([(row.seen_at, row.total) for row in rows if row.total is not None],
                       scales.bands(kind), since=at - timedelta(days=30), until=at),
        "zone": sites(actor)[0].zone, "writes": may(actor, Can.RECORD_MEDICAL, client_id=client_id),
    }
    return render(request, "medical/scale.html", context, status=status)
