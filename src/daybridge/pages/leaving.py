"""Somebody leaves: whom they answer for, who takes over, and the end of the account."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.care.placement.commands import NotYet
from daybridge.care.placement.commands_leaving import part_with
from daybridge.care.placement.queries import in_charge_of, staff_by_id
from daybridge.care.schedule.queries import sessions, zone
from daybridge.clinic.people.queries import names
from daybridge.clinic.people.queries_signing import supervisions
from daybridge.clinic.people.queries_ties import clients_of
from daybridge.clinic.tasks.queries import shifts, tasks_by_name
from daybridge.kernel.typed import whole

AHEAD = timedelta(days=14)


@page(Can.MANAGE_ACCOUNTS)
def leaving(request: ActorRequest, staff_id: int) -> HttpResponse:
    """Show what somebody would leave behind; hand it over and end the account."""
    actor, at = request.actor, clock.now()
    day, rows = at.astimezone(zone(actor)).date(), staff_by_id(actor)
    if staff_id not in rows:
        raise Http404
    error, leaver = "", rows[staff_id]
    if request.method == "POST":
        try:
            part_with(
                actor, staff_id=staff_id, on=day, at=at,
                in_charge_to=_number(request, "in_charge_to"),
                primary_to=_number(request, "primary_to"),
                supervisor_to=_number(request, "supervisor_to"),
            )
        except NotYet as problem:
            error = str(problem)
        else:
            return redirect("pages:staff")
    charges = in_charge_of(actor, staff_id=staff_id)
    primaries = clients_of(actor, user_id=leaver.user_id, part="primary")
    known = names(actor, of={*charges, *primaries})
    others = [row for row in rows.values() if row.staff_id != staff_id]
    context = {
        "leaver": leaver, "error": error, "others": others, "is_me": leaver.user_id == actor.user_id,
        "licensed": [row for row in others if any(
            one.may_be_in_charge and one.valid_from <= day <= one.valid_until
            for one in row.licences)],
        "charges": [(pk, known[pk]) for pk in charges if pk in known],
        "primaries": [(pk, known[pk]) for pk in primaries if pk in known],
        "tasks": tasks_by_name(actor, user_id=leaver.user_id, at=at),
        "supervises": [rows[one.staff_id].name for one in supervisions(actor, on=day)
                       if one.supervisor_id == staff_id and one.staff_id in rows],
        "sessions": sessions(actor, first=day, last=day + AHEAD, leader_id=leaver.user_id),
        "shifts": [row for row in shifts(actor, first=at) if row.user_id == leaver.user_id],
    }
    return render(request, "pages/leaving.html", context, status=422 if error else 200)


def _number(request: ActorRequest, name: str) -> int | None:
    return whole(request.POST.get(name)) or None
