"""What a client's groups taught: to read again, to take home, three questions to see what stayed (P11)."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daybridge.access import clock
from daybridge.access.actors import ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.access.queries import own_client
from daybridge.care.curriculum.commands_checks import NotAnswered, answer_check
from daybridge.care.curriculum.library_lessons import Check, Lesson, Words, curriculum
from daybridge.care.curriculum.queries_checks import CheckRow, checks_of
from daybridge.care.curriculum.rules_lessons import CHOICES, Covered
from daybridge.care.schedule.queries import zone
from daybridge.clinic.programme.queries import texts_were_read
from daybridge.documents.pdf import render as render_pdf
from daybridge.kernel.typed import whole
from daybridge.pages.curriculum import known_lessons

TEMPLATE = Path(__file__).parents[1] / "care" / "curriculum" / "templates" / "curriculum" / "lesson.typ"
LOOKED_BACK = timedelta(days=365)
PARTS = {"use": _("Substance use"), "recovery": _("Recovery"), "return": _("Return to use")}


@dataclass(frozen=True, slots=True)
class Line:
    """A lesson that one of the client's sessions taught."""

    lesson: Lesson
    words: Words
    state: Covered
    check: CheckRow | None


@page(Can.SEE_LIBRARY, to=(Side.CLIENT,))
def my_lessons(request: ActorRequest) -> HttpResponse:
    """Show the lessons of a client's own sessions, in the curriculum's order."""
    client_id, at = _own(request), clock.now()
    today = at.astimezone(zone(request.actor)).date()
    known = known_lessons(request.actor, {client_id}, since=today - LOOKED_BACK, today=today)[client_id]
    checks = checks_of(request.actor, of={client_id})
    lines = [Line(one, _words(one), known[slug], checks.get((client_id, slug)))
             for slug, one in curriculum().lessons.items() if slug in known]
    parts = [(words, [line for line in lines if line.lesson.part == part]) for part, words in PARTS.items()]
    context = {"parts": [row for row in parts if row[1]], "count": sum(
        line.state is Covered.YES for line in lines), "all": len(curriculum().lessons)}
    return render(request, "pages/my_lessons.html", context)


@page(Can.FILL_INSTRUMENT, to=(Side.CLIENT,))
def my_lesson(request: ActorRequest, slug: str) -> HttpResponse:
    """Show one lesson to its client; take the answers to its questions."""
    client_id, one = _own(request), _lesson(slug)
    words, error, status = _words(one), "", 200
    given: list[int | None] = [None] * len(words.checks)
    if request.method == "POST":
        given = [_choice(request.POST.get(f"q{n}")) for n in range(len(words.checks))]
        answers = [place for place in given if place is not None]
        try:
            answer_check(request.actor, client_id=client_id, lesson=slug, answers=answers, at=clock.now())
        except NotAnswered:
            error, status = gettext("Please answer each question."), 422
        else:
            return redirect("pages:my_lesson", slug)
    check = checks_of(request.actor, of={client_id}).get((client_id, slug))
    again = request.GET.get("again") == "yes" or bool(error)
    context = {
        "one": one, "words": words, "error": error, "check": None if again else check,
        "questions": [_question(n, asked, given[n] if again or check is None else check.answers[n])
                      for n, asked in enumerate(words.checks)],
        "language": _language(), "total": len(words.checks)}
    return render(request, "pages/my_lesson.html", context, status=status)


def _question(number: int, asked: Check, given: int | None) -> dict[str, object]:
    return {"name": f"q{number}", "ask": asked.ask, "right": asked.right, "given": given,
            "choices": list(enumerate(asked.choices)), "is_right": given == asked.right}


@page(Can.SEE_LIBRARY, to=(Side.STAFF, Side.CLIENT))
def lesson_paper(request: ActorRequest, slug: str, language: str) -> HttpResponse:
    """Give a lesson's hand-out as a PDF: for the group's table, or to take home. It names no house."""
    one = _lesson(slug)
    if language not in one.words:
        raise Http404
    today = clock.now().astimezone(zone(request.actor)).date()
    read = language == settings.LANGUAGE_CODE or texts_were_read(request.actor, language=language, on=today)
    with translation.override(language):
        words = one.words[language]
        paper = {
            "language": language, "title": words.title, "points": words.points, "task": words.task,
            "part": str(PARTS[one.part]), "questions": [
                {"ask": check.ask, "choices": check.choices} for check in words.checks],
            "words": {"try": gettext("To try this week"), "know": gettext("What stayed with me?"),
                      "own": gettext("My own words")},
            "unread": "" if read else gettext(
                "A machine put this page into your language. Nobody has checked it yet."),
        }
    response = HttpResponse(render_pdf(TEMPLATE, paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="hand-out-{one.order}-{language}.pdf"'
    return response


def _own(request: ActorRequest) -> int:
    client_id = own_client(request.actor)
    if client_id is None:
        raise Http404
    return client_id


def _lesson(slug: str) -> Lesson:
    one = curriculum().lessons.get(slug)
    if one is None:
        raise Http404
    return one


def _language() -> str:
    spoken = translation.get_language() or settings.LANGUAGE_CODE
    return spoken if spoken in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _words(one: Lesson) -> Words:
    return one.words.get(_language()) or one.words[settings.LANGUAGE_CODE]


def _choice(value: str | None) -> int | None:
    place = whole(value) if value is not None and value.isdecimal() else -1
    return place if 0 <= place < CHOICES else None
