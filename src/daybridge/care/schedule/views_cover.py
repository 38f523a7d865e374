"""Somebody is away: see their sessions, take the proposal or choose, and save it in one act."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.schedule import queries
from daybridge.care.schedule.commands import DoesNotFit
from daybridge.care.schedule.commands_cover import OFF, Undone, cover
from daybridge.care.schedule.queries_cover import LONGEST, sessions_lost
from daybridge.clinic.calendar.commands import NotKept
from daybridge.clinic.calendar.rules import Away
from daybridge.clinic.people.queries import staff_names
from daybridge.kernel.typed import day as typed_day
from daybridge.kernel.typed import whole

CALL_OFF = "off"
WRONG_DAYS = "The last day is not before the first, and at most two weeks after it."


@page(Can.MANAGE_SLOTS)
def cover_page(request: ActorRequest, user_id: int) -> HttpResponse:
    """Show the sessions of somebody who is away, with who could lead them; give them."""
    name = staff_names(request.actor, user_ids={user_id}).get(user_id)
    own = user_id == request.actor.user_id
    if name is None or not (own or may(request.actor, Can.MANAGE_STAFF)):
        raise Http404
    sent = request.POST if request.method == "POST" else request.GET
    first = typed_day(sent.get("first")) or _today(request)
    last = typed_day(sent.get("last")) or first
    error, undone, status = "", list[Undone](), 200
    if not 0 <= (last - first).days <= LONGEST.days:
        error, status, last = WRONG_DAYS, 422, first
    elif request.method == "POST":
        try:
            undone = cover(request.actor, user_id=user_id, days=Away(first, last), answers=_answers(request),
                           at=clock.now())
        except (DoesNotFit, NotKept) as refused:
            error, status = str(refused), 422
        else:
            if not undone:
                here = reverse("schedule:cover", args=[user_id])
                return redirect(f"{here}?first={first}&last={last}&saved=yes")
            status = 422
    return _shown(request, user_id, (first, last), {
        "name": name, "own": own, "error": error,
        "why": {one.occurrence_id: one.why for one in undone}}, status)


def _shown(
    request: ActorRequest, user_id: int, days: tuple[date, date], more: dict[str, object], status: int
) -> HttpResponse:
    rows = sessions_lost(request.actor, user_id=user_id, first=days[0], last=days[1], at=clock.now())
    chosen = _answers(request) if request.method == "POST" else {}
    context = {
        "user_id": user_id, "first": days[0], "last": days[1], "saved": request.GET.get("saved") == "yes",
        "rows": [(row, chosen.get(row.one.occurrence_id, row.proposed)) for row in rows],
        "open": sum(row.proposed is None for row in rows), "off": CALL_OFF, **more}
    return render(request, "schedule/cover.html", context, status=status)


def _answers(request: ActorRequest) -> dict[int, int]:
    """Return what was chosen for each session; one left open is not in it."""
    found = {}
    for name, value in request.POST.dict().items():
        key, _, number = name.partition("-")
        if key == "lead" and whole(number) and value:
            found[whole(number)] = OFF if value == CALL_OFF else whole(value) or -1
    return found


def _today(request: ActorRequest) -> date:
    return clock.now().astimezone(queries.zone(request.actor)).date()
