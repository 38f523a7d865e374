"""Alerts, tasks and the rota."""

import uuid
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.clinic.people.queries import staff
from daybridge.clinic.tasks import queries
from daybridge.clinic.tasks.commands import NotTaken, TakenBy, add_shift, close, take
from daybridge.kernel.typed import whole

LONGEST_SHIFT = timedelta(days=7)


@page(Can.SEE_TASKS)
def tasks(request: ActorRequest) -> HttpResponse:
    """Show what waits: alerts nobody has, one's own, others'."""
    return _tasks(request)


def _tasks(request: ActorRequest, error: str = "", status: int = 200) -> HttpResponse:
    at = clock.now()
    rows = queries.open_tasks(request.actor, at=at)
    me = request.actor.user_id
    context = {
        "alerts": [row for row in rows if row.kind == "alert" and row.taken_at is None],
        "mine": [row for row in rows if (row.owner_id == me and row.taken_at) or _assigned(row, me)],
        "free": [row for row in rows if row.kind == "task" and row.owner_id is None],
        "others": [row for row in rows if row.owner_id not in (None, me)],
        "at": at, "error": error, "may_take": may(request.actor, Can.TAKE_TASK),
    }
    return render(request, "tasks/tasks.html", context, status=status)


def _assigned(row: queries.TaskRow, me: int | None) -> bool:
    return row.kind == "task" and row.owner_id == me and me is not None


@page(Can.TAKE_TASK)
@require_POST
def take_one(request: ActorRequest, task_id: uuid.UUID) -> HttpResponse:
    """Make an alert or task one's own."""
    try:
        take(request.actor, task_id=task_id, at=clock.now())
    except TakenBy as error:
        return _tasks(request, str(error), 409)
    return redirect("tasks:list")


@page(Can.TAKE_TASK)
@require_POST
def close_one(request: ActorRequest, task_id: uuid.UUID) -> HttpResponse:
    """Close an alert or task with what came of it."""
    try:
        close(request.actor, task_id=task_id, outcome=request.POST.get("outcome", ""),
              at=clock.now())
    except NotTaken as error:
        return _tasks(request, str(error), 422)
    return redirect("tasks:list")


@page(Can.SEE_STAFF)
def rota(request: ActorRequest) -> HttpResponse:
    """Show who is on call, and the holes of the next 14 days; add a shift."""
    at, error = clock.now(), ""
    if request.method == "POST":
        error = _add(request, at)
        if not error:
            return redirect("tasks:rota")
    context = {
        "now": queries.on_call_now(request.actor, at=at), "at": at, "error": error,
        "shifts": queries.shifts(request.actor, first=at), "staff": staff(request.actor),
        "holes": queries.holes(request.actor, first=at),
        "may_manage": may(request.actor, Can.MANAGE_STAFF), "sent": request.POST,
    }
    return render(request, "tasks/rota.html", context, status=422 if error else 200)


def _add(request: ActorRequest, at: datetime) -> str:
    starts, ends = (_moment(request.POST.get(name, "")) for name in ("starts", "ends"))
    if starts is None or ends is None or not starts < ends <= starts + LONGEST_SHIFT:
        return "Give begin and end; the end is later, at most seven days."
    if whole(request.POST.get("user")) not in {row.user_id for row in staff(request.actor)}:
        return "Choose who is on call."
    try:
        add_shift(
            request.actor, user_id=whole(request.POST.get("user")), starts_at=starts,
            part="backup" if request.POST.get("part") == "backup" else "primary",
            phone=request.POST.get("phone", ""), ends_at=ends, at=at,
        )
    except TakenBy as error:
        return str(error)
    return ""


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found
