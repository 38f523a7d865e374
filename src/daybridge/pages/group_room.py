"""The group room: who was here, what was done, a line for each, signed in one act."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, may_for
from daybridge.access.pages import page
from daybridge.access.signatures import is_really
from daybridge.care.curriculum.library_lessons import curriculum
from daybridge.care.curriculum.queries import practices
from daybridge.care.curriculum.rules_lessons import PARTS
from daybridge.care.hours.commands import CannotTake
from daybridge.care.hours.room import Room, room_of
from daybridge.care.hours.views import save_attendance
from daybridge.care.notes import rules
from daybridge.care.notes.commands import NotReady
from daybridge.care.notes.commands_group import NamesOthers, OwnLine, Shared, sign_group
from daybridge.care.notes.queries_group import signed_in_group
from daybridge.care.notes.views import WRONG_PASSWORD, signer
from daybridge.care.planning.queries_many import objectives_of_many
from daybridge.care.schedule.commands import DoesNotFit, open_session
from daybridge.care.schedule.commands_lessons import say_lesson
from daybridge.care.schedule.queries_lessons import lesson_of
from daybridge.care.schedule.queries_practice import practices_of_groups

MOST_STEPS = 9  # a key each


@page(Can.SIGN_NOTE)
def group_room(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """Show a live group; open it, save who was here, sign everybody's note."""
    if request.method != "POST":
        return _show(request, occurrence_id)
    actor, at, do = request.actor, clock.now(), request.POST.get("do", "")
    try:
        if do == "open":
            open_session(actor, occurrence_id=occurrence_id, at=at)
        elif do == "sign":
            _sign(request, occurrence_id)
        else:
            save_attendance(request, occurrence_id)
    except NamesOthers as error:
        return _show(request, occurrence_id, str(error), flagged=True)
    except (CannotTake, NotReady, DoesNotFit) as error:
        return _show(request, occurrence_id, str(error))
    return redirect("pages:group_room", occurrence_id)


@page(Can.SIGN_NOTE)
def arrivals(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """Answer who has come meanwhile, for the page that stays open."""
    room = room_of(request.actor, occurrence_id, at=clock.now())
    return render(request, "pages/group_room/_came.html", {"seats": room.seats, "fresh": True})


def _sign(request: ActorRequest, occurrence_id: int) -> None:
    """Sign everybody's note, after the password."""
    actor, at, sent = request.actor, clock.now(), request.POST
    if not is_really(actor, sent.get("password", "")):
        raise NotReady(WRONG_PASSWORD)
    lines = {seat.client_id: _line(sent, seat.client_id)
             for seat in room_of(actor, occurrence_id, at=at).seats}
    if "lesson" in sent and may(actor, Can.MANAGE_GROUPS):
        say_lesson(actor, occurrence_id=occurrence_id, lesson=sent["lesson"], at=at)
    sign_group(
        actor, occurrence_id=occurrence_id, client_ids=list(lines), lines=lines, at=at,
        signer=signer(request),
        shared=Shared(sent.get("done", ""), sent.get("practice", ""), bool(sent.get("others"))),
    )


def _line(sent: Mapping[str, str], client_id: int) -> OwnLine:
    return OwnLine(client_id, sent.get(f"part-{client_id}", ""), sent.get(f"line-{client_id}", ""),
                   sent.get(f"step-{client_id}", ""))


def _show(
    request: ActorRequest, occurrence_id: int, error: str = "", *, flagged: bool = False
) -> HttpResponse:
    viewer, at = request.actor, clock.now()
    room = room_of(viewer, occurrence_id, at=at)
    sent = request.POST if error else {}
    rows = _rows(viewer, room, sent)
    context: dict[str, Any] = {
        "room": room, "error": error, "flagged": flagged, "sent": sent, "rows": rows, "at": at,
        "participation": rules.PARTICIPATION, "is_group": room.session.service in rules.GROUP_SERVICES,
        "practices": [row for row in practices(viewer) if row.is_supported],
        "practice": sent.get("practice") or _practice(viewer, room),
        "lacking": sum(not row["note_id"] for row in rows),
        **_lessons(viewer, room, sent), "is_saved": any(seat.saved for seat in room.seats),
    }
    return render(request, "pages/group_room/room.html", context, status=422 if error else 200)


def _lessons(viewer: Actor, room: Room, sent: Mapping[str, str]) -> dict[str, Any]:
    """Return the curriculum to choose from, and what was said of this session."""
    if room.session.series_id is None or not may(viewer, Can.MANAGE_GROUPS):
        return {}
    said = sent.get("lesson", lesson_of(viewer, occurrence_id=room.session.occurrence_id))
    every = curriculum().lessons.values()
    return {"lesson": said, "parts": [(words, [one for one in every if one.part == part])
                                      for part, words in PARTS.items()]}


def _rows(viewer: Actor, room: Room, sent: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return a line for each client: seat, objectives, what was typed, the note that is signed."""
    ids = [seat.client_id for seat in room.seats]
    steps = objectives_of_many(viewer, of=set(may_for(viewer, Can.SEE_PLAN, ids)))
    signed = signed_in_group(viewer, occurrence_id=room.session.occurrence_id)
    return [
        {"seat": seat, "steps": steps.get(seat.client_id, ())[:MOST_STEPS],
         "note_id": signed.get(seat.client_id), "part": sent.get(f"part-{seat.client_id}", ""),
         "line": sent.get(f"line-{seat.client_id}", ""), "step": sent.get(f"step-{seat.client_id}", "")}
        for seat in room.seats
    ]


def _practice(viewer: Actor, room: Room) -> str:
    """Return on which practice the group stands, to begin with."""
    series = room.session.series_id
    if series is None:
        return ""
    known = practices_of_groups(viewer, series_ids={series}, on=room.session.day).get(series)
    return known.slug if known else ""
