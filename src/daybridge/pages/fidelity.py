"""Are practices delivered as designed? What is to be said by oneself; what observers saw over time (P13)."""

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.schedule.commands_fidelity import NotRated, rate
from daybridge.care.schedule.queries import zone
from daybridge.care.schedule.queries_fidelity import MonthRow, by_month, draw_of, draws
from daybridge.kernel.typed import whole

SHOWN = timedelta(days=182)


@page(Can.SEE_FIDELITY)
def fidelity(request: ActorRequest) -> HttpResponse:
    """Show the drawn sessions: to say, coming, said; for who answers for them, practices by month."""
    actor, at = request.actor, clock.now()
    first = at.astimezone(zone(actor)).date() - SHOWN
    rows = draws(actor, since=first)
    months = by_month(actor, since=first) if may(actor, Can.SEE_QUALITY) else []
    context = {
        "to_say": [row for row in rows if row.is_mine(actor.user_id, at)],
        "coming": [row for row in rows if row.starts_at > at and row.state != "cancelled"],
        "said": [row for row in rows if row.observed is not None or row.own is not None],
        "lapsed": sum(row.starts_at <= at and row.observed is None and not row.is_mine(row.observer_id, at)
                      and row.state != "cancelled" for row in rows),
        "drift": _drift(months), "months": sorted({row.month for row in months}), "at": at,
        "may_rate": may(actor, Can.RATE_FIDELITY),
    }
    return render(request, "pages/fidelity.html", context)


@page(Can.RATE_FIDELITY)
def rate_session(request: ActorRequest, draw_id: int) -> HttpResponse:
    """Say what one saw in a drawn session."""
    one, error, status = draw_of(request.actor, draw_id=draw_id), "", 200
    if one is None:
        raise Http404
    if request.method == "POST":
        try:
            rate(request.actor, draw_id=draw_id, words=request.POST.get("words", ""), at=clock.now(),
                 seen=[whole(place) - 1 for place in request.POST.getlist("seen")])
        except NotRated as refused:
            error, status = str(refused), 422
        else:
            return redirect("pages:fidelity")
    me, chosen = request.actor.user_id, {whole(place) for place in request.POST.getlist("seen")}
    context = {"one": one, "error": error, "chosen": chosen, "words": request.POST.get("words", ""),
               "as_observer": one.leader_id != me, "is_open": one.is_mine(me, clock.now())}
    return render(request, "pages/fidelity_rate.html", context, status=status)


def _drift(rows: list[MonthRow]) -> list[tuple[str, list[tuple[date, MonthRow | None]]]]:
    """Return each practice's months side by side; one without a check stays empty."""
    months = sorted({row.month for row in rows})
    found: dict[str, dict[date, MonthRow]] = {}
    for row in rows:
        found.setdefault(row.title, {})[row.month] = row
    return [(title, [(month, by.get(month)) for month in months]) for title, by in sorted(found.items())]
