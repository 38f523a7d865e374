"""Interpreters of a client's coming sessions."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.schedule import queries
from daybridge.care.schedule.commands_interpreter import (
    HOW,
    NotBooked,
    book_interpreter,
    give_up_interpreter,
)
from daybridge.care.schedule.queries_interpreter import coming_with_interpreters
from daybridge.clinic.people.queries import name_of
from daybridge.clinic.people.queries_many import need_interpreters
from daybridge.kernel.typed import whole

AHEAD = timedelta(days=14)


@page(Can.SEE_SCHEDULE)
def interpreter(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show which coming sessions have an interpreter; book one for several at once, or give one up."""
    actor, sent, at, error = request.actor, request.POST, clock.now(), ""
    if request.method == "POST":
        try:
            if sent.get("give_up"):
                give_up_interpreter(actor, client_id=client_id, occurrence_id=whole(sent["give_up"]), at=at)
            else:
                _book(request, client_id)
        except NotBooked as problem:
            error = str(problem)
        else:
            return redirect("schedule:interpreter", client_id)
    today = at.astimezone(queries.zone(actor)).date()
    knows = may(actor, Can.SEE_DEMOGRAPHICS, client_id=client_id)
    context = {
        "client": name_of(actor, client_id=client_id), "error": error, "sent": sent, "how": HOW.items(),
        "coming": [row for row in coming_with_interpreters(
            actor, client_id=client_id, first=today, last=today + AHEAD) if row.session.ends_at > at],
        "needs": client_id in need_interpreters(actor, of={client_id}) if knows else None,
        "may_book": may(actor, Can.BOOK, client_id=client_id),
        "chosen": [whole(pk) for pk in sent.getlist("session")],
    }
    return render(request, "schedule/interpreter.html", context, status=422 if error else 200)


def _book(request: ActorRequest, client_id: int) -> None:
    """Book for those of the chosen sessions that are the client's own."""
    actor, sent, at = request.actor, request.POST, clock.now()
    today = at.astimezone(queries.zone(actor)).date()
    mine = {row.session.occurrence_id for row in coming_with_interpreters(
        actor, client_id=client_id, first=today, last=today + AHEAD)}
    book_interpreter(
        actor, client_id=client_id, occurrence_ids=mine & {whole(pk) for pk in sent.getlist("session")},
        language=sent.get("language", ""), who=sent.get("who", ""), reach=sent.get("reach", ""),
        how=sent.get("how", ""), at=at)
