"""Somebody at the door or in a group needs help now: one tap, and the team's clinicians are called.

Who arrives unwell is not sent away and does not sit in a group: somebody looks, in a quiet
room, and there is a safe way home. Source: PROGRAMME.md, 7.
"""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.care.hours.commands_card import NoCall, open_card
from daybridge.care.hours.queries_card import HELP, TITLE, emergency_card, help_was_called
from daybridge.care.schedule.queries import zone
from daybridge.clinic.people.queries import name_of
from daybridge.clinic.tasks.commands import open_alert
from daybridge.clinic.tasks.queries import on_call_now, tasks_of

MINUTES = 2  # somebody has to be there by then; the caller is told whom to call
MOST_WORDS = 60
RECENT = timedelta(hours=1)  # a call of another day, still open, must not look like somebody coming now


@page(Can.SEE_ARRIVALS)
def help_here(request: ActorRequest, client_id: int) -> HttpResponse:
    """Call for help, or show whether somebody has taken the call and what to do meanwhile."""
    actor, at = request.actor, clock.now()
    if request.POST.get("do") == "card":
        try:
            open_card(actor, client_id=client_id, at=at)
        except NoCall as error:
            return send_again(request, str(error))
        return redirect("hours:help_here", client_id)
    if request.method == "POST":
        local = at.astimezone(zone(actor))
        where = " ".join(request.POST.get("where", "").split())[:MOST_WORDS] or "ask at the front desk"
        open_alert(
            actor, client_id=client_id, title=f"{TITLE}: {where}", clock_minutes=MINUTES,
            why=f"Called by {actor.name} at {local:%H:%M}. Go there now; take somebody with you.",
            source_kind=HELP, source_id=f"{client_id}-{local:%Y%m%d%H%M}", at=at)
        return redirect(reverse("hours:help_here", args=[client_id]) + "?called=yes")
    calls = ([one for one in reversed(tasks_of(actor, client_id=client_id, at=at))
              if one.title.startswith(TITLE) and at - one.opened_at < RECENT]
             if may(actor, Can.SEE_TASKS, client_id=client_id) else None)
    context: dict[str, object] = {
        "client": name_of(actor, client_id=client_id), "calls": calls, "minutes": MINUTES,
        "called": request.GET.get("called"), "on_call": on_call_now(actor, at=at), "at": at}
    if may(actor, Can.OPEN_CARD):
        live = help_was_called(actor, client_id=client_id, at=at)
        context |= {"card": emergency_card(actor, client_id=client_id, at=at), "may_open": live,
                    "called": live or request.GET.get("called")}
    return render(request, "hours/help_here.html", context)
