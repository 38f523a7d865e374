"""The staff: may each do what they do? Licences, supervision, who is away, hand-over (S2)."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.care.placement.commands import NotYet
from daybridge.care.placement.commands_handover import come_back, stand_in
from daybridge.care.placement.queries import in_charge_counts, in_charge_of, staff_by_id
from daybridge.care.schedule.queries import sessions, zone
from daybridge.clinic.people import rules
from daybridge.clinic.people.licensed import may_be_in_charge
from daybridge.clinic.people.queries import LicenceRow, StaffRow, names, staff
from daybridge.clinic.people.queries_signing import absences, licence_checks, people_signed_with, supervisions
from daybridge.clinic.people.queries_ties import clients_of
from daybridge.clinic.tasks.queries import shifts, tasks_by_name
from daybridge.kernel.typed import day, whole
from daybridge.pages.leaving import AHEAD

STATES = {
    rules.LicenceState.VALID: "ok", rules.LicenceState.ENDS_IN_90: "info",
    rules.LicenceState.ENDS_IN_30: "risk", rules.LicenceState.ENDS_IN_7: "risk",
    rules.LicenceState.ENDED: "short", rules.LicenceState.NOT_YET: "neutral",
}


@page(Can.SEE_STAFF)
def staff_page(request: ActorRequest) -> HttpResponse:
    """Show the staff, the licence that ends first on top."""
    actor = request.actor
    today = clock.now().astimezone(zone(actor)).date()
    rows = staff(actor)
    states = [(row, one, _state(one, today)) for row in rows for one in row.licences]
    checks = licence_checks(actor)
    context = {
        "people": _people(actor, rows, today), "today": today, "rows": rows,
        "licences": [(row, one, state, STATES[state], checks.get(one.licence_id)) for row, one, state
                     in sorted(states, key=lambda found: (found[1].valid_until, found[0].name))],
        "all_valid": bool(states) and all(state is rules.LicenceState.VALID for _, _, state in states),
        "may_manage": may(actor, Can.MANAGE_STAFF), "may_invite": may(actor, Can.MANAGE_ACCOUNTS),
        "found": rules.REGISTER_SAYS,
    }
    return render(request, "pages/staff.html", context)


def _people(actor: Actor, rows: list[StaffRow], today: date) -> list[dict[str, Any]]:
    known = {row.staff_id: row for row in rows}
    now = {one.staff_id: one for one in supervisions(actor, on=today) if one.from_day <= today}
    away, signed_with = absences(actor), people_signed_with(actor, on=today)
    charge = in_charge_counts(actor) if may(actor, Can.MANAGE_STAFF) else {}
    found: list[dict[str, Any]] = []
    for row in rows:
        one, absence = now.get(row.staff_id), away.get(row.staff_id)
        found.append({
            "row": row, "deputy": known.get(row.deputy_id or 0), "absence": absence,
            "supervisor": known.get(one.supervisor_id) if one else None, "supervision": one,
            "needs_cosign": row.staff_id in signed_with, "charge": charge.get(row.staff_id, 0),
            "supervises": [known[pk].name for pk, sup in now.items()
                           if sup.supervisor_id == row.staff_id and pk in known],
            "stand_in": known.get(absence.stand_in_id) if absence else None,
        })
    return found


def _state(one: LicenceRow, today: date) -> rules.LicenceState:
    return rules.licence_state(rules.Valid(one.valid_from, one.valid_until), today)


@page(Can.MANAGE_STAFF)
def hand_over(request: ActorRequest, staff_id: int) -> HttpResponse:
    """Show whom somebody's absence concerns, and hand them over from now on."""
    actor, at = request.actor, clock.now()
    today, rows = at.astimezone(zone(actor)).date(), staff_by_id(actor)
    if staff_id not in rows:
        raise Http404
    error = ""
    if request.method == "POST":
        error = _hand_over(request, staff_id)
        if not error:
            return redirect("pages:staff")
    one, away = rows[staff_id], absences(actor)
    charges = in_charge_of(actor, staff_id=staff_id)
    primaries = clients_of(actor, user_id=one.user_id, part="primary")
    known = names(actor, of={*charges, *primaries})
    here = [row for row in rows.values() if row.staff_id != staff_id and row.staff_id not in away]
    context = {
        "one": one, "error": error, "here": here, "sent": request.POST, "deputy_id": one.deputy_id,
        "licensed": [row for row in here if may_be_in_charge(row, today)],
        "charges": [(pk, known[pk]) for pk in charges if pk in known],
        "primaries": [(pk, known[pk]) for pk in primaries if pk in known],
        "tasks": tasks_by_name(actor, user_id=one.user_id, at=at),
        "supervises": [rows[sup.staff_id].name for sup in supervisions(actor, on=today)
                       if sup.supervisor_id == staff_id and sup.staff_id in rows],
        "sessions": sessions(actor, first=today, last=today + AHEAD, leader_id=one.user_id),
        "shifts": [row for row in shifts(actor, first=at) if row.user_id == one.user_id],
    }
    return render(request, "pages/hand_over.html", context, status=422 if error else 200)


def _hand_over(request: ActorRequest, staff_id: int) -> str:
    typed = request.POST.get("expected_on", "")
    expected_on = day(typed)
    if typed and expected_on is None:
        return "Write the day of return like 2026-11-30, or leave it empty if nobody knows."
    try:
        stand_in(
            request.actor, staff_id=staff_id, stand_in_id=whole(request.POST.get("stand_in")),
            in_charge_to=whole(request.POST.get("in_charge_to")) or None, expected_on=expected_on,
            at=clock.now(),
        )
    except NotYet as problem:
        return str(problem)
    return ""


@page(Can.MANAGE_STAFF)
@require_POST
def back(request: ActorRequest, staff_id: int) -> HttpResponse:
    """Somebody is back: what was handed over and is still there is given back."""
    try:
        come_back(request.actor, staff_id=staff_id, at=clock.now())
    except NotYet as problem:
        return send_again(request, str(problem))
    return redirect("pages:staff")
