"""The standing week: search a better one, look at the difference, give the parts one wants."""

import uuid
from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from procrastinate.contrib.django import app

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.care.schedule.queries import zone
from daybridge.care.weekplan.commands import (
    SECONDS,
    NotNow,
    Refused,
    ask_for_week,
    end_deciding,
    give_parts,
    stop_search,
)
from daybridge.care.weekplan.panels import difference, mondays
from daybridge.care.weekplan.queries import latest_searches, search_of
from daybridge.kernel.typed import day, whole


@page(Can.PLAN_WEEK)
def searches(request: ActorRequest) -> HttpResponse:
    """Show the last searches; begin one."""
    if request.method != "POST":
        return _searches(request, "", 200)
    monday = day(request.POST.get("monday"))
    if monday is None:
        return _searches(request, "Choose the Monday from which on the week is to hold.", 422)
    try:
        key = ask_for_week(request.actor, monday=monday, seconds=whole(request.POST.get("seconds")),
                           at=clock.now())
    except NotNow as error:
        return _searches(request, str(error), 422)
    app.configure_task("daybridge.search_week").defer(search_id=str(key))
    return redirect("weekplan:search", key)


def _searches(request: ActorRequest, error: str, status: int) -> HttpResponse:
    today = clock.now().astimezone(zone(request.actor)).date()
    context = {"error": error, "latest": latest_searches(request.actor), "mondays": mondays(today),
               "seconds": SECONDS, "sent": request.POST}
    return render(request, "weekplan/searches.html", context, status=status)


@page(Can.PLAN_WEEK)
def search(request: ActorRequest, search_id: uuid.UUID) -> HttpResponse:
    """Show how far a search is, or what it found beside the week as it stands."""
    return _search(request, search_id)


def _search(
    request: ActorRequest, search_id: uuid.UUID, *, error: str = "", given: int | None = None,
    refused: Sequence[Refused] = (), status: int = 200,
) -> HttpResponse:
    at, row = clock.now(), search_of(request.actor, search_id=search_id)
    shown = difference(request.actor, row, refused) if row.state == "proposed" else None
    context = {"row": row, "at": at, "silent": row.is_silent(at), "shown": shown, "error": error,
               "given": given, "refused": len(refused)}
    return render(request, "weekplan/search.html", context, status=status)


@page(Can.PLAN_WEEK)
@require_POST
def stop(request: ActorRequest, search_id: uuid.UUID) -> HttpResponse:
    """Stop searching; the best week so far is kept."""
    stop_search(request.actor, search_id=search_id, at=clock.now())
    return redirect("weekplan:search", search_id)


@page(Can.PLAN_WEEK)
@require_POST
def give(request: ActorRequest, search_id: uuid.UUID) -> HttpResponse:
    """Give the chosen parts; say which did not fit and why."""
    keys = request.POST.getlist("part")
    if not keys:
        return _search(request, search_id, error="Choose at least one part.", status=422)
    try:
        done, refused = give_parts(request.actor, search_id=search_id, keys=keys, at=clock.now())
    except NotNow as error:
        return _search(request, search_id, error=str(error), status=409)
    return _search(request, search_id, given=len(done), refused=refused)


@page(Can.PLAN_WEEK)
@require_POST
def end(request: ActorRequest, search_id: uuid.UUID) -> HttpResponse:
    """Leave the rest as it is."""
    end_deciding(request.actor, search_id=search_id, at=clock.now())
    return redirect("weekplan:searches")
