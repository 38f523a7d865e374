"""The principles: do we keep them, who is behind the number?"""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.care.schedule.queries import zone
from daybridge.quality.figures import figure, groups, is_outside
from daybridge.quality.listing import EVERYTHING, LEVELS, PRINCIPLES, SPECIFICATIONS
from daybridge.quality.measure import Kept, Measure
from daybridge.quality.trend import drawing, frozen_values, months
from daybridge.quality.windows import until_yesterday


@page(Can.SEE_QUALITY)
def principles(request: ActorRequest) -> HttpResponse:
    """Show every principle, specification and level with its measure, now."""
    now = clock.now()
    past = {} if is_outside(request.actor) else frozen_values(request.actor, now=now)
    parts = [
        (title, [
            (figure(request.actor, kept, one, now), drawing(one, past.get(one.id, ())))
            for kept in group for one in kept.measures[:1]
        ])
        for title, group in (
            ("The fourteen principles", PRINCIPLES), ("Levels and the decision", LEVELS),
            ("What defines the programme", SPECIFICATIONS),
        )
    ]
    window = until_yesterday(PRINCIPLES[0].measures[0], now, zone(request.actor))
    return render(request, "quality/principles.html", {"parts": parts, "window": window})


@page(Can.SEE_QUALITY)
def measure(request: ActorRequest, measure_id: str) -> HttpResponse:
    """Show one measure: figure, further figures, the people for whom one may see, definition."""
    kept, wanted = _find(measure_id)
    now = clock.now()
    one = figure(request.actor, kept, wanted, now)
    points = months(request.actor, kept=kept, one=wanted, now=now, outside=is_outside(request.actor))
    is_first = wanted is kept.measures[0]
    context = {
        "one": one, "kept": kept, "is_first": is_first,
        "points": points, "drawing": drawing(wanted, [point.value for point in points]),
        "groups": groups(request.actor, one),
        "further": [figure(request.actor, kept, m, now) for m in kept.measures[1:]] if is_first else [],
        "beside": [figure(request.actor, kept, m, now) for m in kept.companions] if is_first else [],
        "window": until_yesterday(wanted, now, zone(request.actor)),
    }
    return render(request, "quality/measure.html", context)


def _find(measure_id: str) -> tuple[Kept, Measure]:
    for kept in EVERYTHING:
        for one in kept.figures:
            if measure_id in {one.id, kept.id if one is kept.measures[0] else one.id}:
                return kept, one
    raise Http404
