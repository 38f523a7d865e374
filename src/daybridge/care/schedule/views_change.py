"""Change a whole group: seats, time, room and leader from a week on, a break, its end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.care.schedule import queries
from daybridge.care.schedule.commands import DoesNotFit
from daybridge.care.schedule.commands_days import end_group, pause_group
from daybridge.care.schedule.commands_joining import change_seats
from daybridge.care.schedule.commands_standing import move_series
from daybridge.care.schedule.forms import BreakForm, EndGroupForm, MoveGroupForm, SeatsForm
from daybridge.clinic.people.queries import staff
from daybridge.clinic.programme.queries import rooms


@dataclass(frozen=True, slots=True)
class Part:
    """One of the page's forms: its name, its words, what it does."""

    name: str
    title: str
    button: str
    hint: str
    form: forms.Form
    save: Callable[..., object]


@page(Can.MANAGE_GROUPS)
def change(request: ActorRequest, series_id: int) -> HttpResponse:
    """Show what can be changed, and change one thing; what was held stays as it was."""
    actor = request.actor
    today = clock.now().astimezone(queries.zone(actor)).date()
    group = next((row for row in queries.all_series(actor, on=today) if row.series_id == series_id), None)
    if group is None:
        raise Http404
    parts = _parts(request, actor, group, today)
    for one in parts:
        if one.form.is_bound and one.form.is_valid():
            try:
                one.save(actor, series_id=series_id, at=clock.now(), **_named(one.form.cleaned_data))
            except DoesNotFit as error:
                one.form.add_error(None, str(error))
            else:
                ended = one.name == "end"
                return redirect("schedule:groups") if ended else redirect("schedule:group", series_id)
    wrong = any(one.form.errors for one in parts)
    return render(request, "schedule/change_group.html", {"group": group, "parts": parts},
                  status=422 if wrong else 200)


def _named(data: dict[str, object]) -> dict[str, object]:
    """Return a form's values under the command's names."""
    return {{"room": "room_id", "leader": "leader_id"}.get(key, key): value for key, value in data.items()}


def _parts(request: ActorRequest, actor: Actor, group: queries.SeriesRow, today: date) -> list[Part]:
    do = request.POST.get("do") if request.method == "POST" else ""

    def sent(name: str) -> dict[str, str] | None:
        return request.POST if do == name else None

    known = rooms(actor, on=today)
    whose = group.site_id, group.room
    here = next((row.room_id for row in known if (row.site_id, row.name) == whose), None)
    move = MoveGroupForm(
        sent("move"), rooms=[(row.room_id, row.name) for row in known],
        leaders=[(row.user_id, row.line) for row in staff(actor)], initial={
            "weekday": group.weekday, "starts": f"{group.starts:%H:%M}", "room": here,
            "leader": group.leader_id})
    return [
        Part("seats", "Seats", "Save the seats", "Nobody who has a seat loses it.",
             SeatsForm(sent("seats"), initial={"capacity": group.capacity}), change_seats),
        Part("move", "Another time, room or leader", "Move the group",
             "From that week on. Places move along; sessions before stay.", move, move_series),
        Part("break", "A break", "Have a break", "Its sessions are off, its clients are told or called.",
             BreakForm(sent("break")), pause_group),
        Part("end", "The end of the group", "End the group",
             "Later sessions are off, its clients are told or called, places and waiting end.",
             EndGroupForm(sent("end")), end_group),
    ]
