"""One client's week proposed when they are admitted, or whenever their hours are short."""

from datetime import time

from django.http import HttpResponse
from django.shortcuts import render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.care.schedule.queries import SeriesRow, zone
from daybridge.care.weekplan.queries_place import OfferRow, offer_for
from daybridge.clinic.people.queries import name_of
from daybridge.clinic.programme.rules import WEEKDAYS
from daybridge.kernel.typed import day


@page(Can.BOOK)
def offer(request: ActorRequest, client_id: int) -> HttpResponse:
    """Propose the groups that reach a client's hours; a person gives them."""
    today = clock.now().astimezone(zone(request.actor)).date()
    from_day = max(day(request.GET.get("from")) or today, today)
    row = offer_for(request.actor, client_id=client_id, from_day=from_day)
    context = {"client": name_of(request.actor, client_id=client_id), "row": row, "from_day": from_day,
               "today": today, **(_shown(row) if row else {})}
    return render(request, "weekplan/offer.html", context)


def _shown(row: OfferRow) -> dict[str, object]:
    others = sorted(row.found.others.items(), key=lambda one: _when(row.series[one[0]]))
    chosen = sorted((row.series[pk] for pk in row.found.series), key=_when)
    return {
        "chosen": [(WEEKDAYS[one.weekday], one) for one in chosen],
        "others": [(WEEKDAYS[row.series[pk].weekday], row.series[pk], why) for pk, why in others],
        "hours": row.found.minutes / 60, "wanted": row.prescribed / 60,
        "short": max(0, row.prescribed - row.found.minutes) / 60,
    }


def _when(row: SeriesRow) -> tuple[int, time, int]:
    return row.weekday, row.starts, row.series_id
