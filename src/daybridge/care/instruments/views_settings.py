"""Which instruments when, whose words a site may show, and what is wrong with a definition."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.instruments import queries_packs
from daybridge.care.instruments.commands_packs import set_timing
from daybridge.care.instruments.commands_sheet import NotOffered
from daybridge.care.instruments.forms import TimingForm
from daybridge.care.instruments.known import by_name, instruments
from daybridge.care.instruments.library import load
from daybridge.clinic.programme.queries import sites


@page(Can.SEE_LIBRARY)
def settings(request: ActorRequest) -> HttpResponse:
    """Show every instrument: words, licence, when it is due; and definitions with a mistake."""
    today = sites(request.actor)[0].day(clock.now())
    packs: dict[str, list[queries_packs.PackRow]] = {}
    for pack in queries_packs.packs(request.actor):
        packs.setdefault(pack.name, []).append(pack)
    known = instruments()
    context = {
        "rows": [(row, known[row.timing.instrument], packs.get(row.timing.instrument, []))
                 for row in queries_packs.timing_rows(request.actor, on=today)],
        "problems": load().problems, "may_manage": may(request.actor, Can.MANAGE_LIBRARY),
    }
    return render(request, "instruments/settings.html", context)


@page(Can.MANAGE_LIBRARY)
def timing(request: ActorRequest, instrument: str) -> HttpResponse:
    """Choose when an instrument is due, from a day on, with the reason."""
    name, error = by_name(instrument).name, ""
    today = sites(request.actor)[0].day(clock.now())
    now = next(row for row in queries_packs.timing_rows(request.actor, on=today)
               if row.timing.instrument == name)
    form = TimingForm(request.POST if request.method == "POST" else None, initial={
        "at_admission": now.timing.at_admission, "every_days": now.timing.every,
        "at_discharge": now.timing.at_discharge, "levels": sorted(now.timing.levels),
        "effective_on": today,
    })
    if form.is_valid():
        try:
            set_timing(request.actor, name=name, at=clock.now(), **form.cleaned_data)
        except NotOffered as problem:
            error = str(problem)
        else:
            return redirect("instruments:settings")
    context = {"form": form, "row": now, "error": error}
    return render(request, "instruments/timing.html", context,
                  status=422 if error or form.errors else 200)
