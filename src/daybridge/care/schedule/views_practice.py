"""One group with what it stands on; the practice of a single session."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.care.curriculum.queries import practice
from daybridge.care.schedule import queries
from daybridge.care.schedule.commands_practice import NotSaid, name_practice, name_session_practice
from daybridge.care.schedule.forms import WEEKDAYS, PracticeForm
from daybridge.care.schedule.queries_joining import joining_of
from daybridge.care.schedule.queries_practice import (
    NOT_SAID,
    practice_choices,
    practice_history,
    practices_of_groups,
)
from daybridge.care.schedule.rules import NO_RULES

AHEAD = timedelta(days=28)


@page(Can.SEE_GROUPS)
def group(request: ActorRequest, series_id: int) -> HttpResponse:
    """Show a group: when, where, what it stands on; say its practice from today on."""
    actor = request.actor
    today = clock.now().astimezone(queries.zone(actor)).date()
    rows = {row.series_id: row for row in queries.all_series(actor, on=today)}
    if series_id not in rows:
        raise Http404
    may_say = may(actor, Can.MANAGE_GROUPS) and may(actor, Can.SEE_LIBRARY)
    form = PracticeForm(request.POST or None, practices=practice_choices(actor)) if may_say else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            name_practice(actor, series_id=series_id, from_day=today, at=clock.now(), **form.cleaned_data)
        except NotSaid as error:
            form.add_error(None, str(error))
        else:
            return redirect("schedule:group", series_id)
    now = practices_of_groups(actor, series_ids={series_id}, on=today).get(series_id, NOT_SAID)
    coming = queries.sessions(actor, first=today, last=today + AHEAD)
    context = {
        "group": rows[series_id], "weekday": WEEKDAYS[rows[series_id].weekday], "said": now,
        "form": form, "may_make": may(actor, Can.MANAGE_GROUPS), "today": today,
        "history": practice_history(actor, series_id=series_id),
        "joining": joining_of(actor, series_ids=[series_id]).get(series_id, NO_RULES),
        "coming": [one for one in coming if one.series_id == series_id],
    }
    if now.slug and may(actor, Can.SEE_LIBRARY):
        found = practice(actor, slug=now.slug)
        context["review"] = found.row.review(today) if found else None
        context["practice"] = found
    status = 422 if form is not None and form.errors else 200
    return render(request, "schedule/group.html", context, status=status)


@page(Can.WRITE_PLAN)
@require_POST
def session_practice(request: ActorRequest, client_id: int, occurrence_id: int) -> HttpResponse:
    """Say on which practice a client's single session stands."""
    form = PracticeForm(request.POST, practices=practice_choices(request.actor))
    if not form.is_valid():
        return send_again(request, "Choose a practice, or write why there is none.")
    try:
        name_session_practice(request.actor, client_id=client_id, occurrence_id=occurrence_id,
                              at=clock.now(), **form.cleaned_data)
    except NotSaid as error:
        return send_again(request, str(error))
    return redirect("schedule:places", client_id)
