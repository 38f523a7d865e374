"""The principles: do we keep them, who is behind the number?"""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.clinic.people.queries import names
from daybridge.kernel.proportion import Verdict
from daybridge.quality.estimate import estimate
from daybridge.quality.listing import EVERYTHING, LEVELS, PRINCIPLES, SPECIFICATIONS
from daybridge.quality.measure import Kept, Measure, Reading, Window

DAYS = 90
STATES = {
    Verdict.KEPT: "ok", Verdict.KEPT_FEW: "ok", Verdict.AT_RISK: "risk",
    Verdict.NOT_KEPT: "risk", Verdict.NOT_YET: "neutral",
}
SHOWN = 60


def window(request: ActorRequest) -> Window:
    """Return the last 90 days, ended yesterday; states are as of now."""
    now = clock.now()
    last = now.date() - timedelta(days=1)
    return Window(last - timedelta(days=DAYS - 1), last, now)


def _row(request: ActorRequest, kept: Kept, measure: Measure, of: Window) -> dict[str, object]:
    reading = measure.read(request.actor, of) if measure.read else None
    found = estimate(measure, reading).verdict
    return {
        "kept": kept, "measure": measure, "reading": reading, "verdict": found,
        "state": STATES[found], "figure": _figure(reading),
        "target": f"{measure.target:.0%}" if measure.target is not None else "",
    }


def _figure(reading: Reading | None) -> str:
    if reading is None or not reading.cases:
        return ""
    share = reading.proportion
    return f"{share.numerator} of {share.denominator}"


@page(Can.SEE_QUALITY)
def principles(request: ActorRequest) -> HttpResponse:
    """Show every principle, specification and level with its measure, now."""
    of = window(request)
    parts = [
        (title, [_row(request, kept, kept.measures[0], of) for kept in group])
        for title, group in (
            ("The fourteen principles", PRINCIPLES), ("Levels and the decision", LEVELS),
            ("What defines the programme", SPECIFICATIONS),
        )
    ]
    return render(request, "quality/principles.html", {"parts": parts, "window": of})


@page(Can.SEE_QUALITY)
def measure(request: ActorRequest, measure_id: str) -> HttpResponse:
    """Show one measure: definition, figure, and the people behind it for whom one may see."""
    kept = next((one for one in EVERYTHING if one.id == measure_id), None)
    if kept is None:
        raise Http404
    row = _row(request, kept, kept.measures[0], window(request))
    reading = row["reading"]
    open_cases = [case for case in reading.cases if not case.counted] if isinstance(reading, Reading) else []
    known = (
        names(request.actor, of={case.client_id for case in open_cases})
        if may(request.actor, Can.SEE_NAMES) else {}
    )
    context = {
        "row": row, "open": [(known.get(case.client_id), case) for case in open_cases[:SHOWN]],
        "interval": reading.proportion.wilson() if isinstance(reading, Reading) else None,
        "named": bool(known), "open_count": len(open_cases), "window": window(request),
    }
    return render(request, "quality/measure.html", context)
