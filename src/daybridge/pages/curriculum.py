"""The curriculum: its lessons, who has covered which, and what the next group should teach (P11)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.curriculum.commands import review_lesson
from daybridge.care.curriculum.forms import LookForm
from daybridge.care.curriculum.library_lessons import Lesson, curriculum
from daybridge.care.curriculum.queries_checks import CheckRow, checks_of
from daybridge.care.curriculum.queries_reviews import lesson_dates, looks_at
from daybridge.care.curriculum.rules_lessons import (
    CHECKS,
    LED_BY,
    PARTS,
    Covered,
    Taught,
    covered,
    teach_next,
)
from daybridge.care.hours.queries import presence_between
from daybridge.care.schedule.commands import DoesNotFit
from daybridge.care.schedule.commands_lessons import say_lesson
from daybridge.care.schedule.queries import SessionRow, all_series, members_of, roster, sessions, zone
from daybridge.care.schedule.queries_lessons import lessons_of_group, lessons_taught
from daybridge.clinic.people.queries import names
from daybridge.kernel.typed import whole

LOOKED_BACK = timedelta(days=120)  # a stay and more
AHEAD = timedelta(days=14)
SUGGESTED = 3
KINDS = {Covered.YES: "ok", Covered.SHORT: "risk", Covered.NO: "neutral"}


@dataclass(frozen=True, slots=True)
class Line:
    """A client's row of the grid: a cell a lesson."""

    client_id: int
    name: str
    cells: tuple[tuple[Lesson, Covered], ...]
    checks: tuple[CheckRow, ...]

    @property
    def count(self) -> int:
        """Return how many lessons are covered."""
        return sum(state is Covered.YES for _, state in self.cells)

    @property
    def understood(self) -> str:
        """Return how much stayed, of the lessons they answered questions on; empty: none so far."""
        right, asked = sum(one.right for one in self.checks), CHECKS * len(self.checks)
        return f"{right} of {asked}" if asked else ""


@page(Can.SEE_LIBRARY)
def lessons(request: ActorRequest) -> HttpResponse:
    """Show the lessons in their three parts, those out of date flagged."""
    today = _today(request.actor)
    found = curriculum()
    dates = lesson_dates(request.actor)
    parts = [(title, [(one, dates[one.slug].is_out_of_date(today), dates[one.slug].by_us)
                      for one in found.lessons.values() if one.part == part])
             for part, title in PARTS.items()]
    context = {"parts": parts, "files": found.problems if may(request.actor, Can.MANAGE_LIBRARY) else (),
               "count": len(found.lessons)}
    return render(request, "pages/lessons.html", context)


@page(Can.SEE_LIBRARY)
def one_lesson(request: ActorRequest, slug: str) -> HttpResponse:
    """Show one lesson in both languages, with who looked at it; record a look."""
    actor, one, today = request.actor, curriculum().lessons.get(slug), _today(request.actor)
    if one is None:
        raise Http404
    form = LookForm(request.POST or None, today=today) if may(actor, Can.MANAGE_LIBRARY) else None
    if request.method == "POST" and form is not None and form.is_valid():
        review_lesson(actor, slug=slug, looked_on=today, at=clock.now(), **form.cleaned_data)
        return redirect("pages:lesson", slug)
    dates = lesson_dates(actor)[slug]
    context = {"one": one, "form": form, "looks": looks_at(actor, slug=slug), "dates": dates,
               "part": PARTS[one.part], "led_by": LED_BY[one.led_by],
               "sides": (("English", "en", one.words["en"]), ("Spanish", "es", one.words["es"])),
               "is_old": dates.is_out_of_date(today)}
    return render(request, "pages/lesson.html", context,
                  status=422 if form is not None and form.errors else 200)


@page(Can.SEE_ATTENDANCE)
def coverage(request: ActorRequest, series_id: int) -> HttpResponse:
    """Show who of a group has covered which lesson, what to teach next; say what was taught."""
    actor, at = request.actor, clock.now()
    today, error, status = _today(actor), "", 200
    group = next((row for row in all_series(actor, on=today) if row.series_id == series_id), None)
    if group is None:
        raise Http404
    if request.method == "POST":
        try:
            say_lesson(actor, occurrence_id=whole(request.POST.get("session")),
                       lesson=request.POST.get("lesson", ""), at=at)
        except DoesNotFit as refused:
            error, status = str(refused), 422
        else:
            return redirect("pages:coverage", series_id)
    next_one = _next_session(actor, series_id, today, at)
    expected = roster(actor, occurrence_id=next_one.occurrence_id) if next_one else []
    members = {row.client_id for row in members_of(actor, series_id=series_id, on=today)} | set(expected)
    known = known_lessons(actor, members, since=today - LOOKED_BACK, today=today)
    lines, order = _lines(actor, members, known), list(curriculum().lessons)
    old = [slug for slug, one in lesson_dates(actor).items() if one.is_out_of_date(today)]
    context = {
        "group": group, "lines": lines, "error": error, "next": next_one,
        "parts": [(words, [one for one in curriculum().lessons.values() if one.part == part])
                  for part, words in PARTS.items()],
        "suggested": [(curriculum().lessons[found.lesson], found.new_for)
                      for found in teach_next(order, known, expected, old)[:SUGGESTED] if found.new_for],
        "expected": len(expected), "held": lessons_of_group(actor, series_id=series_id, until=at),
        "may_say": may(actor, Can.MANAGE_GROUPS), "kinds": KINDS, "lessons": curriculum().lessons.values(),
    }
    return render(request, "pages/coverage.html", context, status=status)


def _next_session(viewer: Actor, series_id: int, today: date, at: datetime) -> SessionRow | None:
    rows = sessions(viewer, first=today, last=today + AHEAD)
    return next((row for row in rows if row.series_id == series_id and row.starts_at > at), None)


def known_lessons(
    viewer: Actor, clients: set[int], *, since: date, today: date
) -> dict[int, dict[str, Covered]]:
    """Return which lessons these clients have met since a day, and how far."""
    taught: list[Taught] = lessons_taught(viewer, since=since)
    rows = presence_between(viewer, first=since, last=today, of=clients)
    present = {(row.client_id, row.occurrence_id): row.clinical_minutes for row in rows}
    return covered(taught, present, clients)


def _lines(viewer: Actor, clients: set[int], known: dict[int, dict[str, Covered]]) -> list[Line]:
    called = names(viewer, of=clients)
    checks = checks_of(viewer, of=clients) if may(viewer, Can.SEE_INSTRUMENTS) else {}
    rows = [
        Line(pk, called[pk], tuple((one, known.get(pk, {}).get(one.slug, Covered.NO))
                                   for one in curriculum().lessons.values()),
             tuple(found for (client_id, _), found in checks.items() if client_id == pk))
        for pk in clients if pk in called
    ]
    return sorted(rows, key=lambda row: (row.count, row.name))


def _today(viewer: Actor) -> date:
    return clock.now().astimezone(zone(viewer)).date()
