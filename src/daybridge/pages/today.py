"""Today: what needs me now? By role: alerts, my day, outreach, my clients' hours, due."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from daybridge.access import clock, rounds
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, may_for
from daybridge.access.pages import page
from daybridge.care.assessment.queries_needs import open_counts
from daybridge.care.hours.queries import arrivals_at, week_start
from daybridge.care.hours.queries_board import hours_board
from daybridge.care.hours.room import let_in
from daybridge.care.medical.panels import stops_due
from daybridge.care.notes.queries_due import notes_due, to_cosign
from daybridge.care.notes.queries_group import groups_due
from daybridge.care.notes.rows import by_group
from daybridge.care.notes.rules import GROUP_SERVICES
from daybridge.care.placement.queries import dissents_due, papers_unsigned, stays_in_care
from daybridge.care.placement.queries_payer import running_out
from daybridge.care.planning.queries_due import plans_due
from daybridge.care.retention.queries import open_outreach
from daybridge.care.schedule.queries import SessionRow, roster, sessions, zone
from daybridge.care.schedule.queries_cover import leaders_away
from daybridge.care.schedule.queries_fidelity import draws
from daybridge.care.schedule.rules_fidelity import RATED_WITHIN
from daybridge.clinic.people.queries import names
from daybridge.clinic.tasks.queries import mine, unclaimed_alerts
from daybridge.pages.instruments import due_lines

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
    documents = may(viewer, Can.SIGN_NOTE) and one.service in GROUP_SERVICES
    slot: dict[str, Any] = {"one": one, "now": now, "arrived": 0, "missing": [],
                            "room": "pages:group_room" if documents else "hours:room"}
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
        care = may_for(viewer, Can.SEE_CONSENTS, [stay.client_id for stay in stays_in_care(viewer)])
        for client_id, number in sorted(papers_unsigned(viewer, of=set(care)).items())[:SHOWN]:
            papers = f"{number} paper{'s' if number > 1 else ''} to sign"
            found.append({"client_id": client_id, "title": papers,
                          "when": "today", "icon": "file-text", "on": local})
    if may(viewer, Can.SEE_PLACEMENT):
        for one in dissents_due(viewer, on=local)[:SHOWN]:
            found.append({"client_id": one.client_id, "title": "look at the difference again",
                          "when": "today", "icon": "arrows-split-2", "on": one.review_on})
    found += _notes_due(viewer, at)
    found += _payers_due(viewer, local)
    found += _leaders_away(viewer, at)
    found += _fidelity_due(viewer, at)
    found += _needs_due(viewer, local)
    found += [
        {"client_id": client_id, "title": f"answer a stop: {about}", "when": "today", "icon": "pill",
         "on": at, "url": reverse("medical:medicines", args=[client_id])}
        for client_id, about, at in stops_due(viewer)[:SHOWN]
    ]
    found += due_lines(viewer, local, SHOWN)
    found.sort(key=lambda row: row["when"] != "overdue")
    known = names(viewer, of={row["client_id"] for row in found if row["client_id"]})
    return [{**row, "name": row["name"] if "name" in row else known[row["client_id"]]}
            for row in found if "name" in row or row["client_id"] in known]


def _needs_due(viewer: Actor, on: date) -> list[dict[str, Any]]:
    """Return whose needs have no current answer, the most of them first (S4)."""
    if not (may(viewer, Can.SEE_ASSESSMENT) and may(viewer, Can.SEE_STAY)):
        return []
    counts = open_counts(viewer, of=[stay.client_id for stay in stays_in_care(viewer)], on=on)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:SHOWN]
    return [
        {"client_id": client_id, "on": on, "when": "open", "icon": "user-question",
         "title": f"{number} need{'s' if number > 1 else ''} without an answer",
         "url": reverse("assessment:needs", args=[client_id])}
        for client_id, number in rows
    ]


def _notes_due(viewer: Actor, at: datetime) -> list[dict[str, Any]]:
    """Return the notes that are missing, not signed, or wait for the viewer's co-signature."""
    if not may(viewer, Can.WRITE_NOTE):
        return []
    found: list[dict[str, Any]] = [
        {"client_id": row.client_id, "title": f"{'sign the' if row.note_id else 'missing'} note: {row.title}",
         "when": "overdue" if row.overdue else "today", "icon": "pencil", "on": row.event_at,
         "url": reverse("notes:note", args=[row.client_id, row.note_id]) if row.note_id
         else f"{reverse('notes:new', args=[row.client_id])}?session={row.occurrence_id}"}
        for row in notes_due(viewer, at=at)[:SHOWN]
    ]
    found += [
        {"client_id": None, "name": row.title, "title": f"{row.lacking} group notes to sign",
         "when": "overdue" if row.overdue else "today", "icon": "pencil", "on": row.starts_at,
         "url": reverse("pages:group_room", args=[row.occurrence_id])}
        for row in (groups_due(viewer, at=at)[:SHOWN] if may(viewer, Can.SIGN_NOTE) else [])
    ]
    if may(viewer, Can.COSIGN_NOTE):
        groups, single = by_group(to_cosign(viewer, at=at))
        found += [
            {"client_id": None, "name": one.author, "title": f"co-sign {one.count} notes of a group",
             "when": "overdue" if one.overdue else "soon", "icon": "signature", "on": one.event_at,
             "url": reverse("notes:cosign_group", args=[one.occurrence_id])}
            for one in groups[:SHOWN]
        ]
        found += [
            {"client_id": one.index.client_id, "title": f"co-sign: {one.index.title}",
             "when": "overdue" if one.overdue else "soon", "icon": "signature", "on": one.index.event_at,
             "url": reverse("notes:note", args=[one.index.client_id, one.index.note_id])}
            for one in single[:SHOWN]
        ]
    return found


def _leaders_away(viewer: Actor, at: datetime) -> list[dict[str, Any]]:
    """Return whose sessions have nobody to lead them, for who sees to it."""
    if not may(viewer, Can.MANAGE_STAFF):
        return []
    today = at.astimezone(zone(viewer)).date()
    return [
        {"client_id": None, "name": one.name, "on": one.first_day, "when": "overdue", "icon": "calendar-off",
         "title": f"is away: {one.sessions} session{'s' if one.sessions > 1 else ''} without a leader",
         "url": f"{reverse('schedule:cover', args=[one.user_id])}?first={one.first_day}&last={one.last_day}"}
        for one in leaders_away(viewer, first=today, at=at)[:SHOWN]
    ]


def _fidelity_due(viewer: Actor, at: datetime) -> list[dict[str, Any]]:
    """Return the drawn sessions of which one still has to say what one saw (P13)."""
    if not may(viewer, Can.RATE_FIDELITY):
        return []
    rows = draws(viewer, since=at.astimezone(zone(viewer)).date() - RATED_WITHIN)
    return [
        {"client_id": None, "name": row.title, "title": "say what you saw in the drawn session",
         "when": "today", "icon": "certificate", "on": row.starts_at,
         "url": reverse("pages:rate_session", args=[row.draw_id])}
        for row in rows if row.is_mine(viewer.user_id, at)
    ]


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
