"""Who may join a group beyond level, language and gender; where it meets by video."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.care.schedule import queries
from daybridge.care.schedule.commands_joining import say_who_may_join
from daybridge.care.schedule.forms import JoiningForm
from daybridge.care.schedule.queries_joining import joining_of
from daybridge.care.schedule.rules import NO_RULES, Joining


@page(Can.MANAGE_GROUPS)
def joining(request: ActorRequest, series_id: int) -> HttpResponse:
    """Say who may join a group from now on; who is in it stays."""
    actor = request.actor
    today = clock.now().astimezone(queries.zone(actor)).date()
    rows = {row.series_id: row for row in queries.all_series(actor, on=today)}
    if series_id not in rows:
        raise Http404
    now = joining_of(actor, series_ids=[series_id]).get(series_id, NO_RULES)
    form = JoiningForm(request.POST or None, initial={
        "stages": sorted(now.stages), "dual_only": now.dual_only, "closed_after": now.closed_after,
        "video_link": now.video_link})
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        say_who_may_join(actor, series_id=series_id, at=clock.now(),
                         rules=Joining(frozenset(data.pop("stages")), **data))
        return redirect("schedule:group", series_id)
    context = {"group": rows[series_id], "form": form}
    return render(request, "schedule/joining.html", context, status=422 if form.errors else 200)
