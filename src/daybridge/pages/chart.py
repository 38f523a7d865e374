"""The chart: how is this person, what next? Panels openly listed, top to bottom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.assessment.queries import readiness_of, reasons_of
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.care.hours import rules as hours_rules
from daybridge.care.hours.queries import PresenceRow, presence_between, week_start, weeks_delivered
from daybridge.care.hours.queries_board import hours_board
from daybridge.care.medical import panels as medical
from daybridge.care.medicines.queries import allergies_of
from daybridge.care.notes.queries import notes_of
from daybridge.care.notes.queries_due import notes_due
from daybridge.care.placement.queries import levels_of, papers_unsigned, stay_of
from daybridge.care.planning.queries import plan_in_force, plan_in_work
from daybridge.care.retention.queries import attempts_of
from daybridge.care.schedule.queries import seats, zone
from daybridge.care.schedule.queries_free import LineRow, session_lines
from daybridge.clinic.people import rules as people_rules
from daybridge.clinic.people.queries import (
    TeamRow,
    contact_of,
    identity_of,
    name_of,
    profile_of,
    staff_line,
    supporters_of,
    team_of,
)
from daybridge.clinic.people.queries_same import also_recorded_as, folded
from daybridge.clinic.referrals.queries import referrals_in_of, referrals_of
from daybridge.clinic.tasks.queries import tasks_of
from daybridge.documents.queries import consents_of
from daybridge.documents.queries_files import documents_of
from daybridge.kernel.typed import whole
from daybridge.pages import instruments

WEEKS_SHOWN = 6
TIMELINE_DAYS = 60
TIMELINE_ROWS = 14
NEEDS_SHOWN = 8
NOTES_SHOWN = 5
PARTS = {"in_charge": "in charge", "primary": "primary counsellor", "supervises": "supervises"}


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of the chart: what it needs, its template, and how it is loaded."""

    slug: str
    title: str
    needs: Can
    template: str
    load: Callable[[Actor, int, datetime], dict[str, Any]]
    half: bool = True


def _reasons(viewer: Actor, client_id: int, at: datetime) -> dict[str, Any]:
    return {
        "reasons": reasons_of(viewer, client_id=client_id)[:2],
        "rulers": readiness_of(viewer, client_id=client_id)[-1:],
    }


def _needs(viewer: Actor, client_id: int, at: datetime) -> dict[str, Any]:
    needs = needs_of(viewer, client_id=client_id, at=at)
    return {"needs": needs[:NEEDS_SHOWN], "more": max(len(needs) - NEEDS_SHOWN, 0),
            "open": sum(one.is_open for one in needs)}


def _referrals(viewer: Actor, client_id: int, at: datetime) -> dict[str, Any]:
    rows = referrals_of(viewer, client_id=client_id, at=at)
    came = referrals_in_of(viewer, client_id=client_id)
    return {"rows": [row for row in rows if not row.is_closed],
            "closed": sum(row.is_closed for row in rows),
            "came": [row for row in came if row.answered_on is None]}


def _hours(viewer: Actor, client_id: int, at: datetime) -> dict[str, Any]:
    week = week_start(viewer, day=at.astimezone(zone(viewer)).date())
    board = hours_board(viewer, week=week, at=at, client_id=client_id)
    weeks = weeks_delivered(
        viewer, client_id=client_id, weeks=WEEKS_SHOWN,
        first=week - timedelta(weeks=WEEKS_SHOWN),
    )
    return {"row": board.rows[0] if board.rows else None, "weeks": weeks}


def _plan(viewer: Actor, client_id: int, at: datetime) -> dict[str, Any]:
    plan = plan_in_force(viewer, client_id=client_id)
    return {"plan": plan, "draft": None if plan else plan_in_work(viewer, client_id=client_id)}


def _people(viewer: Actor, client_id: int, at: datetime) -> dict[str, Any]:
    return {
        "supporters": supporters_of(viewer, client_id=client_id),
        "contact": contact_of(viewer, client_id=client_id)
        if may(viewer, Can.SEE_CONTACT, client_id=client_id) else [],
        "team": _parts(team_of(viewer, client_id=client_id)),
    }


def _parts(team: list[TeamRow]) -> list[tuple[str, str]]:
    """Return each person of the team once, with what they are to the client."""
    found: dict[str, list[str]] = {}
    for row in team:
        line = f"{row.name}, {row.credential}" if row.credential else row.name
        found.setdefault(line, []).extend([PARTS[row.part]] if row.part in PARTS else [])
    return [(line, ", ".join(parts)) for line, parts in found.items()]


def _tasks(viewer: Actor, client_id: int, at: datetime) -> dict[str, Any]:
    unsigned = (
        papers_unsigned(viewer, of={client_id}).get(client_id, 0)
        if may(viewer, Can.SEE_CONSENTS, client_id=client_id) else 0
    )
    return {"tasks": tasks_of(viewer, client_id=client_id, at=at), "unsigned": unsigned}


def _papers(viewer: Actor, client_id: int, at: datetime) -> dict[str, Any]:
    sees = may(viewer, Can.SEE_CONSENTS, client_id=client_id)
    rows = consents_of(viewer, client_id=client_id) if sees else []
    return {
        "documents": documents_of(viewer, client_id=client_id)[:4], "sees_consents": sees,
        "live": [row for row in rows if row.state(at) == "live"][:4],
        "offered": sum(1 for row in rows if row.state(at) == "offered"),
    }


def _medicine(viewer: Actor, client_id: int, at: datetime) -> dict[str, Any]:
    return medical.medicine_panel(viewer, client_id=client_id)


def _notes(viewer: Actor, client_id: int, at: datetime) -> dict[str, Any]:
    due = notes_due(viewer, client_id=client_id, at=at)
    begun = {row.note_id for row in due}
    rows = [row for row in notes_of(viewer, client_id=client_id, most=TIMELINE_ROWS)
            if row.note_id not in begun]
    return {
        "rows": rows[:NOTES_SHOWN], "due": due,
        "reads": may(viewer, Can.SEE_NOTES, client_id=client_id),
    }


PANELS = (
    Panel("reasons", "Own reasons", Can.SEE_ASSESSMENT, "pages/chart/reasons.html", _reasons),
    Panel("hours", "Hours this week", Can.SEE_ATTENDANCE, "pages/chart/hours.html", _hours),
    Panel("needs", "Needs", Can.SEE_ASSESSMENT, "pages/chart/needs.html", _needs, half=False),
    Panel("plan", "Plan", Can.SEE_PLAN, "pages/chart/plan.html", _plan, half=False),
    Panel("notes", "Notes", Can.SEE_NOTE_INDEX, "pages/chart/notes.html", _notes),
    Panel("medicine", "Medicine", Can.SEE_MEDICINES, "pages/chart/medicine.html", _medicine),
    Panel("instruments", "In their own answers", Can.SEE_INSTRUMENTS, "pages/chart/instruments.html",
          instruments.panel),
    Panel("referrals", "Referrals", Can.SEE_REFERRALS, "referrals/_chart.html", _referrals),
    Panel("due", "Due", Can.SEE_TASKS, "pages/chart/due.html", _tasks),
    Panel("papers", "Papers and documents", Can.SEE_DOCUMENTS, "pages/chart/papers.html", _papers),
    Panel("people", "People", Can.SEE_SUPPORTERS, "pages/chart/people.html", _people, half=False),
)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline."""

    at: datetime
    title: str
    words: str
    kind: str


@page(Can.SEE_NAMES)
def chart(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show the chart. A part the viewer may not see says whom to ask.

    A chart folded into another leads on to the kept one, unless it is asked for by itself.
    """
    viewer, at = request.actor, clock.now()
    kept = folded(viewer).get(client_id)
    if kept is not None and "recorded" not in request.GET and may(viewer, Can.SEE_NAMES, client_id=kept):
        return redirect(f"{reverse('pages:chart', args=[kept])}?led_from={client_id}")
    parts = []
    for panel in PANELS:
        allowed = may(viewer, panel.needs, client_id=client_id)
        parts.append({
            "panel": panel, "hidden": not allowed,
            "context": panel.load(viewer, client_id, at) if allowed else {},
        })
    context = {
        "client": name_of(viewer, client_id=client_id), "parts": parts,
        "banner": banner(viewer, client_id, at), "events": timeline(viewer, client_id, at),
        "kept": kept, "led_from": whole(request.GET.get("led_from")),
        "also": also_recorded_as(viewer, client_id=client_id)
        if may(viewer, Can.SEE_TEAM, client_id=client_id) else [],
        "sees_kept": kept is not None and may(viewer, Can.SEE_NAMES, client_id=kept),
        "at": at,
        "may_note": may(viewer, Can.WRITE_NOTE, client_id=client_id),
    }
    return render(request, "pages/chart.html", context)


def banner(viewer: Actor, client_id: int, at: datetime) -> dict[str, Any]:
    """Return what stands at the top of every page about a client, as far as it may be seen."""
    found: dict[str, Any] = {}
    today = at.astimezone(zone(viewer)).date()
    if may(viewer, Can.SEE_STAY, client_id=client_id):
        stay = stay_of(viewer, client_id=client_id)
        found["stay"] = stay
        if stay is not None and stay.ended_at is None:
            found["may_step"] = may(viewer, Can.CHANGE_STAY, client_id=client_id)
            found["day"] = hours_rules.stay_day(stay.admitted_at.date(), today)
            found["in_charge"] = staff_line(viewer, staff_id=stay.in_charge_id or 0)
    if may(viewer, Can.SEE_IDENTITY, client_id=client_id):
        born = identity_of(viewer, client_id=client_id).birth_date
        found["age"] = people_rules.age(born, today) if born else None
    if may(viewer, Can.SEE_MEDICINES, client_id=client_id):
        found["allergies"] = allergies_of(viewer, client_id=client_id)
    if may(viewer, Can.SEE_DEMOGRAPHICS, client_id=client_id):
        found["profile"] = profile_of(viewer, client_id=client_id)
    return found


def timeline(viewer: Actor, client_id: int, at: datetime) -> list[Event]:
    """Return what happened and what comes, newest first, of what the viewer may see."""
    today = at.astimezone(zone(viewer)).date()
    events: list[Event] = []
    events += _sessions(viewer, client_id, today, at)
    if may(viewer, Can.SEE_STAY, client_id=client_id):
        events += [
            Event(row.from_at, f"Level: {row.level.upper()}", row.why, "info")
            for row in levels_of(viewer, client_id=client_id)
        ]
    if may(viewer, Can.SEE_OUTREACH, client_id=client_id):
        events += [
            Event(row.at, f"{row.channel.capitalize()}, {row.outcome}", row.said, "neutral")
            for row in attempts_of(viewer, client_id=client_id)
        ]
    events += [Event(one.at, one.title, one.words, one.kind)
               for one in medical.happened(viewer, client_id=client_id)]
    if may(viewer, Can.SEE_NOTE_INDEX, client_id=client_id):
        events += [
            Event(row.event_at, f"Note: {row.title.lower()}", row.author, "neutral")
            for row in notes_of(viewer, client_id=client_id, most=TIMELINE_ROWS)
            if row.signed_at and not row.is_apart
        ]
    return sorted(events, key=lambda event: event.at, reverse=True)[:TIMELINE_ROWS]


def _sessions(viewer: Actor, client_id: int, today: date, at: datetime) -> list[Event]:
    """Return the sessions of the last weeks and the next ones, as far as each may be seen."""
    held, ahead = [], []
    if may(viewer, Can.SEE_ATTENDANCE, client_id=client_id):
        first = today - timedelta(days=TIMELINE_DAYS)
        held = presence_between(viewer, first=first, last=today, of={client_id})
    if may(viewer, Can.SEE_SCHEDULE, client_id=client_id):
        rows = seats(viewer, first=today, last=today + timedelta(days=7), of={client_id})
        ahead = [row for row in rows if row.ends_at > at][:4]
    ids = {row.occurrence_id for row in held} | {row.occurrence_id for row in ahead}
    lines = session_lines(viewer, ids=ids)
    return [
        *(_was(row, lines[row.occurrence_id]) for row in held),
        *(Event(row.starts_at, lines[row.occurrence_id].title, "Booked.", "info") for row in ahead),
    ]


def _was(row: PresenceRow, one: LineRow) -> Event:
    if row.present_from is None:
        return Event(one.starts_at, f"Missed: {one.title}", row.reason, "risk")
    return Event(one.starts_at, one.title, f"{row.clinical_minutes / 60:.1f} h", "ok")
