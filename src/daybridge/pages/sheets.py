"""Papers of a day: who is expected where, and the sheet that people sign. They name no group and no house."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.care.hours.queries import ArrivalRow, arrivals
from daybridge.care.schedule.queries import SessionRow, roster, session, sessions, zone
from daybridge.clinic.people.queries import names
from daybridge.documents.pdf import render
from daybridge.kernel.typed import day as typed_day

FOLDER = Path(__file__).parents[1] / "care" / "schedule" / "templates" / "schedule"


@page(Can.SEE_SCHEDULE)
def sign_in_sheet(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """Print a session's sheet to sign: one line a person expected."""
    actor, at = request.actor, clock.now()
    one = session(actor, occurrence_id=occurrence_id)
    known = names(actor, of=set(roster(actor, occurrence_id=occurrence_id)))
    lines = short(sorted(known.values(), key=str.casefold))
    return _pdf("sign_in.typ", {
        "when": _when(one, actor), "room": one.room, "leader": one.leader, "names": lines,
        "others": max(0, one.taken - len(lines)), "printed": _printed(at),
    }, f"sheet-{occurrence_id}.pdf")


@page(Can.SEE_ARRIVALS)
def day_sheet(request: ActorRequest) -> HttpResponse:
    """Print a day, or today: each session with its time, room, leader and who is expected."""
    actor, at = request.actor, clock.now()
    day = typed_day(request.GET.get("day")) or at.astimezone(zone(actor)).date()
    rows = arrivals(actor, day=day)
    known = names(actor, of={row.client_id for row in rows})
    return _pdf("day.typ", {
        "title": f"{day:%A %d %B %Y}", "printed": _printed(at),
        "sessions": [_session(actor, one, rows, known) for one in sessions(actor, first=day, last=day)],
    }, f"day-{day.isoformat()}.pdf")


def _session(
    actor: Actor, one: SessionRow, rows: list[ArrivalRow], known: dict[int, str]
) -> dict[str, Any]:
    here = sorted((known[row.client_id] for row in rows
                   if row.occurrence_id == one.occurrence_id and row.client_id in known), key=str.casefold)
    return {"when": _when(one, actor), "room": one.room, "leader": one.leader, "names": here,
            "others": max(0, one.taken - len(here))}


def short(full: list[str]) -> list[str]:
    """Return each name as far as others at the table need it: first name and initial, in full if alike."""
    cut = [_first_and_initial(name) for name in full]
    return [name if cut.count(brief) > 1 else brief for name, brief in zip(full, cut, strict=True)]


def _first_and_initial(name: str) -> str:
    words = name.split()
    return f"{words[0]} {words[-1][0]}." if len(words) > 1 else name


def _when(one: SessionRow, actor: Actor) -> str:
    here = zone(actor)
    return f"{one.starts_at.astimezone(here):%a %d %b, %H:%M} to {one.ends_at.astimezone(here):%H:%M}"


def _printed(at: datetime) -> str:
    return f"{timezone.localtime(at):%d %b %Y, %H:%M}"


def _pdf(template: str, data: dict[str, Any], name: str) -> HttpResponse:
    response = HttpResponse(render(FOLDER / template, data), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
