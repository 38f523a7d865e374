"""The programme's choices, its sites and rooms, its closed days."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.clinic.programme import commands, queries, rules
from daybridge.clinic.programme.forms import (
    ChangeForm,
    ClosureForm,
    EndForm,
    RoomForm,
    SiteForm,
    ValueForm,
)


def _today(request: ActorRequest) -> date:
    return queries.sites(request.actor)[0].day(clock.now())


@page(Can.SEE_SETTINGS)
def settings(request: ActorRequest) -> HttpResponse:
    """Show every choice of the programme: value, source, since when, who looked at it."""
    rows = queries.all_settings(request.actor, on=_today(request))
    context = {
        "rows": rows, "levels": [rules.LEVELS[code] for code in rules.LEVELS],
        "unlooked": sum(not row.looked_at_by for row in rows),
        "may_manage": may(request.actor, Can.MANAGE_PROGRAMME), "tab": "choices",
    }
    return render(request, "programme/settings.html", context)


@page(Can.SEE_SETTINGS)
def choice(request: ActorRequest, key: str) -> HttpResponse:
    """Show one choice with its history; propose another value from a day on."""
    if key not in rules.CHOICES:
        raise Http404
    today, may_manage = _today(request), may(request.actor, Can.MANAGE_PROGRAMME)
    form = ValueForm(request.POST if request.method == "POST" and may_manage else None,
                     choice=rules.CHOICES[key], today=today)
    if form.is_valid():
        commands.change_setting(
            request.actor, key=key, looked_at_by="", looked_at_on=None, at=clock.now(),
            **form.cleaned_data,
        )
        return redirect("programme:choice", key)
    rows = queries.setting_history(request.actor, key=key)
    now = next(row for row in queries.all_settings(request.actor, on=today) if row.key == key)
    context = {
        "choice": rules.CHOICES[key], "rows": rows, "now": now, "form": form, "today": today,
        "may_manage": may_manage, "tab": "choices",
    }
    return render(request, "programme/choice.html", context, status=422 if form.errors else 200)


@page(Can.MANAGE_PROGRAMME)
@require_POST
def look_at(request: ActorRequest, key: str) -> HttpResponse:
    """Note who looked at a value today."""
    if key not in rules.CHOICES:
        raise Http404
    commands.look_at_setting(
        request.actor, key=key, effective_on=_day(request.POST.get("effective_on", "")),
        on=_today(request), at=clock.now(),
    )
    if request.POST.get("back") == "all":
        return redirect("programme:settings")
    return redirect("programme:choice", key)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


@page(Can.SEE_SETTINGS)
def places(request: ActorRequest) -> HttpResponse:
    """Show sites and rooms; add one."""
    return _places(request)


def _places(request: ActorRequest, error: str = "") -> HttpResponse:
    actor, today = request.actor, _today(request)
    known = queries.sites(actor)
    adds = request.POST.get("add") if may(actor, Can.MANAGE_PROGRAMME) else None
    site_form = SiteForm(request.POST if adds == "site" else None)
    room_form = RoomForm(request.POST if adds == "room" else None,
                         sites=[(row.site_id, row.name) for row in known])
    try:
        if _added(request, site_form, room_form):
            return redirect("programme:places")
    except commands.NotPossible as problem:
        error = str(problem)
    rooms = queries.rooms(actor)
    context = {
        "sites": [(row, [room for room in rooms if room.site_id == row.site_id]) for row in known],
        "site_form": site_form, "room_form": room_form, "error": error, "today": today,
        "may_manage": may(actor, Can.MANAGE_PROGRAMME), "tab": "places",
    }
    bad = error or site_form.errors or room_form.errors
    return render(request, "programme/places.html", context, status=422 if bad else 200)


def _added(request: ActorRequest, site_form: SiteForm, room_form: RoomForm) -> bool:
    at = clock.now()
    if site_form.is_valid():
        commands.add_site(request.actor, at=at, **site_form.cleaned_data)
    elif room_form.is_valid():
        data = dict(room_form.cleaned_data)
        commands.add_room(request.actor, site_id=data.pop("site"), at=at, **data)
    return site_form.is_valid() or room_form.is_valid()


@page(Can.MANAGE_PROGRAMME)
@require_POST
def change_site(request: ActorRequest, site_id: int) -> HttpResponse:
    """Rename a site, or close it from a day on."""
    end, form = EndForm(request.POST), ChangeForm(request.POST)
    try:
        if request.POST.get("do") == "end" and end.is_valid():
            commands.end_site(
                request.actor, site_id=site_id, on=end.cleaned_data["on"], at=clock.now()
            )
        elif request.POST.get("do") == "rename" and form.is_valid():
            commands.rename_site(
                request.actor, site_id=site_id, name=form.cleaned_data["name"], at=clock.now()
            )
        else:
            return send_again(request, "Give a name, or the day from which it is closed.")
    except commands.NotPossible as error:
        return send_again(request, str(error))
    return redirect("programme:places")


@page(Can.MANAGE_PROGRAMME)
@require_POST
def change_room(request: ActorRequest, room_id: int) -> HttpResponse:
    """Rename a room, change its seats, or close it from a day on."""
    end, form = EndForm(request.POST), ChangeForm(request.POST)
    try:
        if request.POST.get("do") == "end" and end.is_valid():
            commands.end_room(
                request.actor, room_id=room_id, on=end.cleaned_data["on"], at=clock.now()
            )
        elif (request.POST.get("do") == "rename" and form.is_valid()
              and form.cleaned_data["seats"]):
            commands.rename_room(
                request.actor, room_id=room_id, at=clock.now(), **form.cleaned_data
            )
        else:
            return send_again(request, "Give name and seats, or the day from which it is closed.")
    except commands.NotPossible as error:
        return send_again(request, str(error))
    return redirect("programme:places")


@page(Can.SEE_SETTINGS)
def days(request: ActorRequest) -> HttpResponse:
    """Show the closed days to come; add some."""
    return _days(request)


def _days(request: ActorRequest, error: str = "") -> HttpResponse:
    actor, today = request.actor, _today(request)
    known = [row for row in queries.sites(actor) if row.closed_on is None or row.closed_on > today]
    adds = request.POST.get("add") == "days" and may(actor, Can.MANAGE_PROGRAMME)
    form = ClosureForm(request.POST if adds else None,
                       sites=[(row.site_id, row.name) for row in known])
    if form.is_valid():
        try:
            commands.close_days(actor, at=clock.now(), **form.chosen())
        except commands.NotPossible as problem:
            error = str(problem)
        else:
            return redirect("programme:days")
    context = {
        "rows": queries.closure_list(actor, first=today), "form": form, "error": error,
        "today": today, "many": len(known) > 1, "tab": "days",
        "may_manage": may(actor, Can.MANAGE_PROGRAMME),
    }
    return render(request, "programme/days.html", context,
                  status=422 if error or form.errors else 200)


@page(Can.MANAGE_PROGRAMME)
@require_POST
def take_back(request: ActorRequest, closure_id: int) -> HttpResponse:
    """Open a closed day again while it is to come."""
    try:
        commands.take_back_closure(request.actor, closure_id=closure_id, at=clock.now())
    except commands.NotPossible as error:
        return _days(request, str(error))
    return redirect("programme:days")
