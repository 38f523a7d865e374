"""Today: what needs me now? By role: alerts, my day, outreach, my clients' hours, due."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from daybridge.access import clock, rounds
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.hours.queries import arrivals_at, week_start
from daybridge.care.hours.queries_board import hours_board
from daybridge.care.hours.room import let_in
from daybridge.care.placement.queries import dissents_due, papers_unsigned, stays_in_care
from daybridge.care.placement.queries_payer import running_out
from daybridge.care.planning.queries_due import plans_due
from daybridge.care.retention.queries import open_outreach
from daybridge.care.schedule.queries import SessionRow, roster, sessions, zone
from daybridge.clinic.people.queries import names
from daybridge.clinic.tasks.queries import mine, unclaimed_alerts

SHOWN = 6


@page(Can.SEE_SLOTS)
def today(request: ActorRequest) -> HttpResponse:
    """Show what needs this person now."""
    viewer, at = request.actor, clock.now()
    local = at.astimezone(zone(viewer))
    day = sessions(viewer, first=local.date(), last=local.date(), leader_id=viewer.user_id)
    let_in(viewer, day, at=at)
    context: dict[str, Any] = {
        "at": at, "local": local, "slots": [_slot(viewer, one, at) for one in day],
        "alerts": unclaimed_alerts(viewer, at=at) if may(viewer, Can.SEE_TASKS) else [],
        "tasks": mine(viewer, at=at)[:SHOWN] if may(viewer, Can.SEE_TASKS) else [],
        "outreach": open_outreach(viewer, at=at)[:SHOWN] if may(viewer, Can.SEE_OUTREACH) else [],
        "outreach_late": rounds.late("reach_out", at=at),
        "sees_hours": may(viewer, Can.SEE_ATTENDANCE),
    }
    if context["sees_hours"]:
        week = week_start(viewer, day=local.date())
        context["board"] = hours_board(viewer, week=week, at=at)
        context["rows"] = context["board"].rows[:SHOWN]
    context["due"] = _due(viewer, at)
    context["expected"] = sum(slot["one"].taken for slot in context["slots"])
    return render(request, "pages/today.html", context)


def _slot(viewer: Actor, one: SessionRow, at: datetime) -> dict[str, Any]:
    """Return one session of the day: arrived and missing by name when it runs now."""
    now = one.starts_at <= at < one.ends_at
    slot: dict[str, Any] = {"one": one, "now": now, "arrived": 0, "missing": []}
    if now and may(viewer, Can.SEE_ARRIVALS):
        expected = set(roster(viewer, occurrence_id=one.occurrence_id))
        came = set(arrivals_at(viewer, occurrence_id=one.occurrence_id))
        known = names(viewer, of=expected - came)
        slot["arrived"], slot["missing"] = len(came & expected), sorted(known.values())
    return slot


def _due(viewer: Actor, at: datetime) -> list[dict[str, Any]]:
    local = at.astimezone(zone(viewer)).date()
    found: list[dict[str, Any]] = []
    if may(viewer, Can.SEE_PLAN) and may(viewer, Can.SEE_STAY):
        for row in plans_due(viewer, on=local)[:SHOWN]:
            word = "overdue" if row.days_over > 0 else "today" if row.days_over == 0 else "soon"
            why = f": {row.causes[0].words}" if row.causes else ""
            found.append({"client_id": row.client_id, "title": f"{row.kind} plan{why}", "when": word,
                          "icon": "clipboard-heart", "on": row.due_on,
                          "url": reverse("planning:plan", args=[row.client_id])})
    if may(viewer, Can.SEE_CONSENTS) and may(viewer, Can.SEE_STAY):
        care = {stay.client_id for stay in stays_in_care(viewer)}
        for client_id, number in sorted(papers_unsigned(viewer, of=care).items())[:SHOWN]:
            found.append({"client_id": client_id, "title": f"{number} papers to sign",
                          "when": "today", "icon": "file-text", "on": local})
    if may(viewer, Can.SEE_PLACEMENT):
        for one in dissents_due(viewer, on=local)[:SHOWN]:
            found.append({"client_id": one.client_id, "title": "look at the difference again",
                          "when": "today", "icon": "arrows-split-2", "on": one.review_on})
    found += _payers_due(viewer, local)
    known = names(viewer, of={row["client_id"] for row in found})
    return [{**row, "name": known[row["client_id"]]} for row in found if row["client_id"] in known]


def _payers_due(viewer: Actor, on: date) -> list[dict[str, Any]]:
    """Return the authorisations that run out, for those who see to them."""
    if not may(viewer, Can.EDIT_PAYER):
        return []
    care = {stay.client_id for stay in stays_in_care(viewer)}
    rows = [row for row in running_out(viewer, on=on) if row.client_id in care][:SHOWN]
    return [
        {"client_id": row.client_id, "title": f"authorisation {' and '.join(row.warnings)}",
         "when": "overdue" if "is over" in row.warnings else "soon", "icon": "receipt-dollar",
         "on": row.until or on, "url": reverse("placement:payer", args=[row.client_id])}
        for row in rows
    ]
