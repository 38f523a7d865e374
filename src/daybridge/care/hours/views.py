"""The hours board, the group room, arrivals."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import Conflict, may
from daybridge.access.pages import page
from daybridge.care.hours import board as rules_board
from daybridge.care.hours.commands import (
    CannotTake,
    book_all_sure,
    book_makeup,
    check_in,
    say_why_short,
    take_attendance,
)
from daybridge.care.hours.forms import CHOSEN, fields_of, labels_of, lines_from
from daybridge.care.hours.queries import arrivals, week_start
from daybridge.care.hours.queries_board import Board, hours_board
from daybridge.care.hours.room import room_of
from daybridge.care.schedule.commands import DoesNotFit, open_session
from daybridge.care.schedule.commands_lead import name_substitute
from daybridge.care.schedule.queries import zone
from daybridge.care.schedule.queries_free import held_session
from daybridge.clinic.people.queries import names
from daybridge.kernel.typed import day, whole

VIEWS = ("open", "all", "long")
SHOWN = 60  # rows at once; the rest on demand


@page(Can.SEE_ATTENDANCE)
def board(request: ActorRequest) -> HttpResponse:
    """Show who will not reach the prescribed hours this week."""
    return _board(request)


def _week(request: ActorRequest) -> date:
    asked = day(request.GET.get("week") or request.POST.get("week"))
    today = clock.now().astimezone(zone(request.actor)).date()
    return week_start(request.actor, day=asked or today)


def _back(request: ActorRequest) -> HttpResponse:
    """Lead back to the board of the same week."""
    return redirect(f"{reverse('hours:board')}?week={_week(request).isoformat()}")


def _board(request: ActorRequest, error: str = "", status: int = 200) -> HttpResponse:
    found = hours_board(request.actor, week=_week(request), at=clock.now())
    wanted = request.GET.get("view", "open")
    view = wanted if wanted in VIEWS else "open"
    counsellor = request.GET.get("counsellor", "")
    show_all = request.GET.get("show") == "all"
    most = len(found.rows) if show_all else SHOWN
    rows = [row for row in found.rows if not counsellor or row.counsellor == counsellor]
    shown = {
        "open": [row for row in rows if row.week.missing],
        "all": rows,
        "long": [row for row in rows if row.long_days],
    }
    context = {
        "board": found, "rows": shown[view][:most], "view": view, "error": error,
        "hidden": max(0, len(shown[view]) - most), "show_all": show_all,
        "tabs": [(key, len(shown[key])) for key in VIEWS], "counsellor": counsellor,
        "counsellors": sorted({row.counsellor for row in found.rows if row.counsellor}),
        "sure": [row for row in rows if row.sure], "counts": _counts(found),
    }
    partial = request.htmx and request.htmx.target == "board"
    template = "hours/_board.html" if partial else "hours/board.html"
    return render(request, template, context, status=status)


def _counts(found: Board) -> list[tuple[str, str, int, str]]:
    state = rules_board.State
    return [
        ("ok", "On track", found.counts[state.ON_TRACK], "reached the hours, or booked to"),
        ("risk", "At risk", found.counts[state.AT_RISK], "only with a make-up that exists"),
        ("short", "Short", found.counts[state.SHORT], "no seat left that fits: reason needed"),
    ]


@page(Can.BOOK)
@require_POST
def book(request: ActorRequest, client_id: int) -> HttpResponse:
    """Book one make-up."""
    try:
        book_makeup(
            request.actor, client_id=client_id, week=_week(request), at=clock.now(),
            occurrence_id=whole(request.POST.get("occurrence")),
        )
    except DoesNotFit as error:
        return _board(request, str(error), 422)
    return _back(request)


@page(Can.BOOK)
@require_POST
def book_sure(request: ActorRequest) -> HttpResponse:
    """Book every make-up that alone is enough, for the clients of the confirmed list."""
    wanted = [whole(pk) for pk in request.POST.getlist("client")]
    try:
        book_all_sure(request.actor, week=_week(request), client_ids=wanted, at=clock.now())
    except DoesNotFit as error:
        return _board(request, str(error), 422)
    return _back(request)


@page(Can.TAKE_ATTENDANCE)
@require_POST
def why(request: ActorRequest, client_id: int) -> HttpResponse:
    """Write down why a week stays short."""
    try:
        say_why_short(
            request.actor, client_id=client_id, week=_week(request),
            why=request.POST.get("why", ""), at=clock.now(),
        )
    except CannotTake as error:
        return _board(request, str(error), 422)
    return _back(request)


@page(Can.SEE_ATTENDANCE)
def room(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """Show a session's group room and save its attendance in one go."""
    if request.method != "POST":
        return _room(request, occurrence_id)
    at = clock.now()
    if request.POST.get("do") == "open":
        open_session(request.actor, occurrence_id=occurrence_id, at=at)
        return redirect("hours:room", occurrence_id)
    try:
        save_attendance(request, occurrence_id)
    except CannotTake as error:
        return _room(request, occurrence_id, str(error), 422)
    return redirect("hours:room", occurrence_id)


def save_attendance(request: ActorRequest, occurrence_id: int) -> None:
    """Save who was here as the form says; somebody with an older page is shown both."""
    actor, at = request.actor, clock.now()
    lines = lines_from(request.POST, held_session(actor, occurrence_id=occurrence_id))
    try:
        take_attendance(
            actor, occurrence_id=occurrence_id, lines=lines, at=at,
            client_ids=[line.client_id for line in lines], version=whole(request.POST.get("version")))
    except Conflict as clash:
        seats = room_of(actor, occurrence_id, at=at).seats
        theirs = fields_of(seats)
        raise Conflict(theirs, version=clash.version, labels=labels_of(seats),
                       choices=[name for name in theirs if name.startswith(CHOSEN)]) from None


def _room(
    request: ActorRequest, occurrence_id: int, error: str = "", status: int = 200
) -> HttpResponse:
    found = room_of(request.actor, occurrence_id, at=clock.now())
    context = {"room": found, "error": error, "sent": request.POST if error else {},
               "may_note": may(request.actor, Can.SIGN_NOTE)}
    return render(request, "hours/room.html", context, status=status)


@page(Can.MANAGE_SLOTS)
@require_POST
def substitute(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """Let somebody else lead this one session."""
    try:
        name_substitute(request.actor, occurrence_id=occurrence_id, at=clock.now(),
                        leader_id=whole(request.POST.get("leader")))
    except DoesNotFit as error:
        return _room(request, occurrence_id, str(error), 422)
    return redirect("hours:room", occurrence_id)


@page(Can.SEE_ARRIVALS)
def arrivals_page(request: ActorRequest) -> HttpResponse:
    """Show who is expected today; those who may check somebody in with one click."""
    at = clock.now()
    if request.method == "POST":
        check_in(
            request.actor, client_id=whole(request.POST.get("client")),
            occurrence_id=whole(request.POST.get("occurrence")), at=at,
        )
        return redirect("hours:arrivals")
    rows = arrivals(request.actor, day=at.astimezone(zone(request.actor)).date())
    known = names(request.actor, of={row.client_id for row in rows})
    context = {
        "rows": [(known[row.client_id], row) for row in rows if row.client_id in known],
        "people": [{"client_id": pk, "name": known[pk]}
                   for pk in dict.fromkeys(row.client_id for row in rows) if pk in known],
        "at": timezone.localtime(at), "may_check_in": may(request.actor, Can.CHECK_IN),
    }
    return render(request, "hours/arrivals.html", context)
