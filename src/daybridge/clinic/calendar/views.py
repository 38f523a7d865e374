"""When can you come? The client's own page; the same for staff who ask; staff's own hours."""

from collections.abc import Callable
from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.access.queries import own_client
from daybridge.clinic.calendar import commands
from daybridge.clinic.calendar.forms import AwayForm, DayForm, WeekForm
from daybridge.clinic.calendar.queries import Times, client_times, staff_times
from daybridge.clinic.calendar.rules import Away, OneDay, Window
from daybridge.clinic.people.queries import name_of, staff_names
from daybridge.clinic.programme.queries import sites
from daybridge.kernel.typed import whole

Save = Callable[..., None]


@page(Can.GIVE_TIMES, to=(Side.CLIENT,))
def my_times(request: ActorRequest) -> HttpResponse:
    """Ask a client when they can come."""
    client_id = own_client(request.actor)
    if client_id is None:
        raise Http404
    return _of_client(request, client_id, "calendar/my_times.html", "calendar:my_times")


@page(Can.SEE_TIMES)
def times_of_client(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show when a client can come; write it down as they say it."""
    if request.method == "POST" and not may(request.actor, Can.GIVE_TIMES, client_id=client_id):
        raise Http404
    return _of_client(request, client_id, "calendar/client_times.html", "calendar:client_times", client_id)


def _of_client(request: ActorRequest, client_id: int, template: str, back: str, *args: int) -> HttpResponse:
    today, at = _today(request), clock.now()
    shown = client_times(request.actor, client_id=client_id, on=today)

    def week(windows: tuple[Window, ...]) -> None:
        commands.give_client_week(request.actor, client_id=client_id, windows=windows, from_day=today, at=at)

    def away(days: Away) -> None:
        commands.give_client_away(request.actor, client_id=client_id, days=days, at=at)

    def day(times: OneDay) -> None:
        commands.give_client_day(request.actor, client_id=client_id, times=times, at=at)

    def withdraw(away_id: int, day_id: int) -> None:
        commands.withdraw_client_away(request.actor, client_id=client_id, away_id=away_id, at=at)
        commands.withdraw_client_day(request.actor, client_id=client_id, day_id=day_id, at=at)

    context = {"client": name_of(request.actor, client_id=client_id), "client_id": client_id,
               "may_give": may(request.actor, Can.GIVE_TIMES, client_id=client_id)}
    return _answer(request, shown, (week, away, day, withdraw), template, context, redirect(back, *args),
                   today)


@page(Can.SEE_SLOTS)
def my_hours(request: ActorRequest) -> HttpResponse:
    """Give one's own hours and leave."""
    return _of_staff(request, request.actor.user_id or 0, "calendar:my_hours")


@page(Can.MANAGE_STAFF)
def hours_of_staff(request: ActorRequest, user_id: int) -> HttpResponse:
    """Give the hours and leave of somebody of the staff."""
    return _of_staff(request, user_id, "calendar:staff_hours", user_id)


def _of_staff(request: ActorRequest, user_id: int, back: str, *args: int) -> HttpResponse:
    today, at, name = _today(request), clock.now(), staff_names(request.actor, user_ids={user_id})
    if user_id not in name:
        raise Http404

    def week(windows: tuple[Window, ...]) -> None:
        commands.give_staff_week(request.actor, user_id=user_id, windows=windows, from_day=today, at=at)

    def away(days: Away) -> None:
        commands.give_staff_away(request.actor, user_id=user_id, days=days, at=at)

    def day(times: OneDay) -> None:
        commands.give_staff_day(request.actor, user_id=user_id, times=times, at=at)

    def withdraw(away_id: int, day_id: int) -> None:
        commands.withdraw_staff_away(request.actor, user_id=user_id, away_id=away_id, at=at)
        commands.withdraw_staff_day(request.actor, user_id=user_id, day_id=day_id, at=at)

    shown = staff_times(request.actor, user_id=user_id, on=today)
    context = {"name": name[user_id], "user_id": user_id, "is_own": user_id == request.actor.user_id,
               "may_give": may(request.actor, Can.MANAGE_SLOTS)}
    return _answer(request, shown, (week, away, day, withdraw), "calendar/staff_hours.html", context,
                   redirect(back, *args), today)


def _answer(
    request: ActorRequest, shown: Times, saves: tuple[Save, Save, Save, Save], template: str,
    context: dict[str, object], done: HttpResponse, today: date,
) -> HttpResponse:
    """Read one of the page's forms, save it, or show the page with what is wrong."""
    save_week, save_away, save_day, withdraw = saves
    do = request.POST.get("do") if request.method == "POST" else None
    week = WeekForm(request.POST if do == "week" else None, windows=shown.windows)
    away = AwayForm(request.POST if do == "away" else None)
    one_day = DayForm(request.POST if do == "day" else None)
    if do == "withdraw":
        withdraw(whole(request.POST.get("away")), whole(request.POST.get("day")))
        return done
    for form, save, key in ((week, save_week, "windows"), (away, save_away, "days"),
                            (one_day, save_day, "times")):
        if form.is_bound and form.is_valid():
            try:
                save(form.cleaned_data[key])
            except commands.NotKept as error:
                form.add_error(None, str(error))
            else:
                return done
    context |= {"times": shown, "week": week, "away": away, "one_day": one_day, "today": today}
    wrong = week.errors or away.errors or one_day.errors
    return render(request, template, context, status=422 if wrong else 200)


def _today(request: ActorRequest) -> date:
    return _local(request, clock.now()).date()


def _local(request: ActorRequest, at: datetime) -> datetime:
    known = sites(request.actor)
    return at.astimezone(known[0].zone) if known else at
