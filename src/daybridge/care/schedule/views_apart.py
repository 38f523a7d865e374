"""Two clients who must not meet: shown only to those who answer for both."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may_for
from daybridge.access.pages import page
from daybridge.care.schedule import queries
from daybridge.care.schedule.commands_apart import NotKept, end_apart, keep_apart
from daybridge.care.schedule.queries_apart import ApartRow, apart_of
from daybridge.clinic.people.queries import name_of, names
from daybridge.clinic.people.queries_search import search

UNREADABLE = "Give the days like 2026-11-30."


@page(Can.SEE_APART)
def apart(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show whom a client must not meet, and find the other person."""
    return _apart(request, client_id)


def _today(viewer: Actor) -> date:
    return clock.now().astimezone(queries.zone(viewer)).date()


def _apart(request: ActorRequest, client_id: int, error: str = "") -> HttpResponse:
    viewer, words = request.actor, request.GET.get("q", "")[:100]
    today = _today(viewer)
    hits = search(viewer, words=words) if words.strip() else []
    allowed = may_for(viewer, Can.KEEP_APART, {hit.client_id for hit in hits}) - {client_id}
    rows = apart_of(viewer, client_id=client_id)
    context = {
        "client": name_of(viewer, client_id=client_id), "today": today, "error": error, "q": words,
        "hits": [hit for hit in hits if hit.client_id in allowed], "sent": request.POST,
        "rows": _shown(viewer, client_id, rows, today),
    }
    return render(request, "schedule/apart.html", context, status=422 if error else 200)


def _shown(
    viewer: Actor, client_id: int, rows: list[ApartRow], today: date
) -> list[dict[str, Any]]:
    """Return each pair with the other's name and the groups in which both still are."""
    known = names(viewer, of={row.other_id for row in rows})
    mine = _groups(viewer, client_id, today)
    titles = {row.series_id: row.title or row.room for row in queries.all_series(viewer, on=today)}
    return [
        {
            "row": row, "name": known.get(row.other_id, ""),
            "over": row.until_day is not None and row.until_day < today,
            "both": sorted(titles.get(pk, "") for pk in mine & _groups(viewer, row.other_id, today)),
        }
        for row in rows
    ]


def _groups(viewer: Actor, client_id: int, on: date) -> set[int]:
    rows = queries.memberships_of(viewer, client_id=client_id, on=on)
    return {row.series_id for row in rows}


@page(Can.KEEP_APART)
@require_POST
def add(request: ActorRequest, client_id: int) -> HttpResponse:
    """Keep two clients apart."""
    sent = request.POST
    try:
        from_day = parse_date(sent.get("from_day", ""))
        until_day = parse_date(sent.get("until_day", ""))
    except ValueError:
        return _apart(request, client_id, UNREADABLE)
    other = sent.get("other", "")
    try:
        keep_apart(
            request.actor, reason=sent.get("reason", "")[:200], until_day=until_day,
            client_ids=[client_id, int(other) if other.isdecimal() else client_id],
            from_day=from_day or _today(request.actor), at=clock.now(),
        )
    except NotKept as error:
        return _apart(request, client_id, str(error))
    return redirect("schedule:apart", client_id)


@page(Can.KEEP_APART)
@require_POST
def end(request: ActorRequest, client_id: int, other_id: int) -> HttpResponse:
    """Let two clients meet again after today."""
    end_apart(request.actor, client_ids=[client_id, other_id], until_day=_today(request.actor),
              at=clock.now())
    return redirect("schedule:apart", client_id)
