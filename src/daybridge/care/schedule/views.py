"""Groups, and a client's places in them."""

from datetime import date, time, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_time
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.schedule import queries, queries_waiting
from daybridge.care.schedule.commands import DoesNotFit, book_single, leave, leave_all, make_series
from daybridge.care.schedule.commands_places import join_many
from daybridge.care.schedule.commands_practice import name_practice, name_session_practice
from daybridge.care.schedule.forms import WEEKDAYS, JoinForm, PracticeForm, SeriesForm
from daybridge.care.schedule.queries_apart import groups_to_avoid
from daybridge.care.schedule.queries_joining import newcomers
from daybridge.care.schedule.queries_practice import (
    NOT_SAID,
    practice_choices,
    practices_of_groups,
    single_sessions,
)
from daybridge.care.schedule.rules import Group, Newcomer, why_not_join
from daybridge.clinic.people.queries import name_of, staff
from daybridge.clinic.programme.queries import rooms
from daybridge.kernel.typed import day, whole

SHORTEST, LONGEST = 15, 240  # minutes of a single session
RECENT = timedelta(days=28)


def _today(request: ActorRequest) -> date:
    return clock.now().astimezone(queries.zone(request.actor)).date()


@page(Can.SEE_SLOTS)
def groups(request: ActorRequest) -> HttpResponse:
    """Show the week's groups and today's sessions."""
    today = _today(request)
    rows = queries.all_series(request.actor, on=today)
    may_know = may(request.actor, Can.SEE_GROUPS)
    said = practices_of_groups(
        request.actor, series_ids={row.series_id for row in rows}, on=today
    ) if may_know else {}
    context = {
        "days": [(name, [(row, said.get(row.series_id, NOT_SAID)) for row in rows
                         if row.weekday == number])
                 for number, name in enumerate(WEEKDAYS)],
        "may_know": may_know,
        "count": len(rows), "today": today, "as_of": clock.now(),
        "sessions": queries.sessions(request.actor, first=today, last=today),
        "may_make": may(request.actor, Can.MANAGE_GROUPS), "may_plan": may(request.actor, Can.PLAN_WEEK),
    }
    return render(request, "schedule/groups.html", context)


@page(Can.MANAGE_GROUPS)
def new_group(request: ActorRequest) -> HttpResponse:
    """Begin a weekly group."""
    known = rooms(request.actor, on=_today(request))
    form = SeriesForm(
        request.POST or None, rooms=[(row.room_id, row.name) for row in known],
        leaders=[(row.user_id, row.line) for row in staff(request.actor)],
        practices=practice_choices(request.actor),
        initial={"first_day": _today(request)},
    )
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        room_id = data.pop("room")
        site_id = next(row.site_id for row in known if row.room_id == room_id)
        try:
            why_none = data.pop("why_none")
            series_id = make_series(request.actor, site_id=site_id, room_id=room_id, at=clock.now(),
                                    leader_id=data.pop("leader"), **data)
        except DoesNotFit as error:
            form.add_error(None, str(error))
        else:
            if why_none:
                name_practice(request.actor, series_id=series_id, why_none=why_none,
                              from_day=data["first_day"], at=clock.now())
            return redirect("schedule:groups")
    status = 422 if form.errors else 200
    return render(request, "schedule/new_group.html", {"form": form}, status=status)


@page(Can.SEE_SCHEDULE)
def places(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show and change a client's places in groups."""
    return _places(request, client_id)


def _places(
    request: ActorRequest, client_id: int, error: str = "", status: int = 200
) -> HttpResponse:
    today = _today(request)
    series = {row.series_id: row for row in queries.all_series(request.actor, on=today)}
    mine = queries.memberships_of(request.actor, client_id=client_id, on=today)
    taken = {row.series_id for row in mine if row.until_day is None}
    taken |= groups_to_avoid(request.actor, client_id=client_id, of=series, on=today)
    choices = [(pk, _label(row)) for pk, row in series.items() if pk not in taken]
    form = JoinForm(series=choices, initial={"client": client_id, "from_day": today})
    context = {
        "client": name_of(request.actor, client_id=client_id), "form": form, "error": error,
        "mine": [(row, series[row.series_id]) for row in mine if row.series_id in series],
        "today": today, "weekdays": WEEKDAYS, "may_book": may(request.actor, Can.BOOK, client_id=client_id),
        "leaders": staff(request.actor), "rooms": rooms(request.actor, on=today), "sent": request.POST,
    }
    waits = queries_waiting.waits_of(request.actor, client_id=client_id)
    may_place = context["may_book"] and may(request.actor, Can.SEE_DEMOGRAPHICS, client_id=client_id)
    full = [(pk, label) for pk, label in choices
            if may_place and pk not in waits and series[pk].members >= series[pk].capacity]
    who = newcomer_of(request.actor, client_id) if full else None
    context |= {"waits": [(series[pk], since) for pk, since in waits.items() if pk in series],
                "may_place": may_place, "full": [(pk, label) for pk, label in full
                                                 if who and _would_fit(series[pk], who)]}
    if may(request.actor, Can.SEE_PLAN, client_id=client_id):
        context["singles"] = single_sessions(request.actor, client_id=client_id, since=today - RECENT)
    if may(request.actor, Can.WRITE_PLAN, client_id=client_id):
        context["practice"] = PracticeForm(practices=practice_choices(request.actor))
    return render(request, "schedule/places.html", context, status=status)


def _label(row: queries.SeriesRow) -> str:
    left = row.capacity - row.members
    full = ", full" if left <= 0 else f", {left} seat{'s' if left > 1 else ''}"
    return f"{WEEKDAYS[row.weekday][:3]} {row.starts:%H:%M} {row.title or row.room}{full}"


def _would_fit(row: queries.SeriesRow, newcomer: Newcomer) -> bool:
    """Tell whether a group would be for this client if it had a seat."""
    group = Group(row.capacity, frozenset(row.levels), row.language, row.gender)
    return not why_not_join(group, newcomer, members=0, meets_no_contact=False)


def newcomer_of(actor: Actor, client_id: int) -> Newcomer:
    """Return what groups ask of a client who wants to join."""
    return newcomers(actor, of={client_id})[client_id]


@page(Can.BOOK)
@require_POST
def join_group(request: ActorRequest, client_id: int) -> HttpResponse:
    """Give a client a place in the chosen groups: in all of them, or in none."""
    from_day = day(request.POST.get("from_day"))
    if from_day is None:
        return _places(request, client_id, "Give the first day, like 2026-11-16.", 422)
    try:
        join_many(request.actor, client_id=client_id, from_day=from_day, at=clock.now(),
                  newcomer=newcomer_of(request.actor, client_id),
                  series_ids=[whole(pk) for pk in request.POST.getlist("series")])
    except DoesNotFit as error:
        return _places(request, client_id, str(error), 422)
    return redirect("schedule:places", client_id)


@page(Can.BOOK)
@require_POST
def leave_group(request: ActorRequest, client_id: int, series_id: int) -> HttpResponse:
    """End a client's place after today."""
    leave(request.actor, client_id=client_id, series_id=series_id, until_day=_today(request),
          at=clock.now())
    return redirect("schedule:places", client_id)


@page(Can.BOOK)
@require_POST
def leave_groups(request: ActorRequest, client_id: int) -> HttpResponse:
    """End every place of a client after today."""
    leave_all(request.actor, client_id=client_id, until_day=_today(request), at=clock.now())
    return redirect("schedule:places", client_id)


@page(Can.BOOK)
@require_POST
def book_one(request: ActorRequest, client_id: int) -> HttpResponse:
    """Book a single session (individual or family)."""
    on, starts = day(request.POST.get("day")), _clock(request.POST.get("starts", ""))
    minutes = whole(request.POST.get("minutes"))
    if on is None or starts is None or not SHORTEST <= minutes <= LONGEST:
        wrong = "Give the day, the time, like 10:30, and 15 to 240 minutes."
        return _places(request, client_id, wrong, 422)
    said = None
    if request.POST.get("practice"):
        said = PracticeForm(request.POST, practices=practice_choices(request.actor))
        if not said.is_valid():
            return _places(request, client_id, "Choose a practice, or write why there is none.", 422)
    try:
        one = book_single(
            request.actor, client_id=client_id, leader_id=whole(request.POST.get("leader")),
            room_id=whole(request.POST.get("room")) or None,
            service="family" if request.POST.get("service") == "family" else "individual",
            starts_at=queries.local_moment(request.actor, day=on, clock=starts),
            minutes=minutes, at=clock.now(),
        )
    except (DoesNotFit, ValueError) as error:
        return _places(request, client_id, str(error), 422)
    if said:
        name_session_practice(request.actor, client_id=client_id, occurrence_id=one, at=clock.now(),
                              **said.cleaned_data)
    return redirect("schedule:places", client_id)


def _clock(sent: str) -> time | None:
    try:
        return parse_time(sent)
    except ValueError:
        return None
