"""The week as a calendar, and moving one session of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_time

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.schedule import queries, rules_week
from daybridge.care.schedule.commands import DoesNotFit
from daybridge.care.schedule.commands_move import move_session
from daybridge.care.schedule.forms import WEEKDAYS
from daybridge.care.schedule.queries_week import MOST, Clash, clashes, week_of_client, week_sessions
from daybridge.clinic.people.queries import name_of, staff
from daybridge.clinic.programme.queries import closures, rooms
from daybridge.kernel.minutes import of_day
from daybridge.kernel.typed import day as typed_day
from daybridge.kernel.typed import whole

BY = {"room": "room_id", "leader": "leader_id", "group": "series_id"}
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A session and its box."""

    one: queries.SessionRow
    box: rules_week.Box
    may_move: bool


@page(Can.SEE_SLOTS)
def week(request: ActorRequest) -> HttpResponse:
    """Show a week: the whole house, a room, a leader or a group."""
    monday = _monday(request)
    by, _, number = request.GET.get("only", "").partition("-")
    by, pick = (by, whole(number)) if by in BY else ("", 0)
    rows = week_sessions(request.actor, monday=monday, **({BY[by]: pick} if by else {}))
    return _week(request, monday, rows, {
        "by": by, "pick": pick, "rooms": rooms(request.actor, on=monday),
        "leaders": staff(request.actor), "groups": queries.all_series(request.actor, on=monday)})


@page(Can.SEE_SCHEDULE)
def client_week(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show a client's week."""
    monday = _monday(request)
    rows = week_of_client(request.actor, client_id=client_id, monday=monday)
    return _week(request, monday, rows, {"client": name_of(request.actor, client_id=client_id)})


def _week(
    request: ActorRequest, monday: date, rows: Sequence[queries.SessionRow], more: dict[str, object]
) -> HttpResponse:
    zone, at = queries.zone(request.actor), clock.now()
    spans = {one.occurrence_id: of_day(one.starts_at, one.ends_at, zone) for one in rows}
    first, last = rules_week.hours(spans.values())
    moves = may(request.actor, Can.MANAGE_SLOTS)
    closed = closures(request.actor, first=monday, last=monday + WEEK)
    days = []
    for number in range(7):
        day = monday + timedelta(days=number)
        mine = [one for one in rows if one.day == day]
        drawn = rules_week.boxes([spans[one.occurrence_id] for one in mine], first)
        if number < 5 or mine:  # noqa: PLR2004 - a weekend is drawn when something is there
            shut = ", ".join(found[day].words for found in closed.values() if day in found)
            days.append((WEEKDAYS[number], day, shut, [
                Drawn(one, box, moves and one.state == "planned" and one.starts_at > at)
                for one, box in zip(mine, drawn, strict=True)]))
    context = {
        "days": days, "hours": range(first, last), "monday": monday, "before": monday - WEEK,
        "after": monday + WEEK, "today": at.astimezone(zone).date(), "count": len(rows), "first": first,
        "is_cut": len(rows) >= MOST,
        "rows": (last - first) * 2, "sunday": monday + WEEK - timedelta(days=1), **more}
    return render(request, "schedule/week.html", context)


@page(Can.MANAGE_SLOTS)
def move(request: ActorRequest, occurrence_id: int) -> HttpResponse:
    """Move one session: say what would clash before anything is saved."""
    one = queries.session(request.actor, occurrence_id=occurrence_id)
    local = one.starts_at.astimezone(queries.zone(request.actor))
    known = rooms(request.actor, on=one.day)
    sent = request.POST if request.method == "POST" else request.GET
    here = next((row.room_id for row in known if row.name == one.room), 0)
    asked = _Asked(typed_day(sent.get("day")) or local.date(), sent.get("starts") or f"{local:%H:%M}",
                   whole(sent.get("room")) or here, whole(sent.get("leader")) or one.leader_id)
    starts_at, error, status = _moment(request, asked), "", 200
    if starts_at is None:
        error, status = "Give the time like 10:30.", 422
    elif request.method == "POST":
        try:
            move_session(request.actor, occurrence_id=occurrence_id, starts_at=starts_at,
                         room_id=asked.room or None, leader_id=asked.leader,
                         version=whole(request.POST.get("version")), at=clock.now())
        except DoesNotFit as refused:
            error, status = str(refused), 422
        else:
            return redirect(f"/week/?from={_monday_of(asked.day).isoformat()}")
    context = {"one": one, "asked": asked, "rooms": known, "leaders": staff(request.actor), "error": error,
               "clashes": _clashes(request, occurrence_id, starts_at, asked) if starts_at else (),
               "is_moved": starts_at not in (None, one.starts_at) or asked.room != here
               or asked.leader != one.leader_id}
    return render(request, "schedule/move.html", context, status=status)


@dataclass(frozen=True, slots=True)
class _Asked:
    day: date
    starts: str
    room: int
    leader: int


def _clashes(
    request: ActorRequest, occurrence_id: int, starts_at: datetime, asked: _Asked
) -> list[Clash]:
    return clashes(request.actor, occurrence_id=occurrence_id, starts_at=starts_at,
                   room_id=asked.room or None, leader_id=asked.leader)


def _moment(request: ActorRequest, asked: _Asked) -> datetime | None:
    try:
        time = parse_time(asked.starts)
    except ValueError:
        return None
    return queries.local_moment(request.actor, day=asked.day, clock=time) if time else None


def _monday(request: ActorRequest) -> date:
    today = clock.now().astimezone(queries.zone(request.actor)).date()
    return _monday_of(typed_day(request.GET.get("from")) or today)


def _monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
