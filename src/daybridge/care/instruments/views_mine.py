"""A client's own forms: one question a page, saved as one goes; stop here and go on later."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.conflict import conflict_page
from daybridge.access.gate import Conflict
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.access.queries import own_client
from daybridge.care.instruments import commands, commands_alliance, queries, queries_alliance
from daybridge.care.instruments.commands_sheet import Ended, NotOffered
from daybridge.care.instruments.forms import typed
from daybridge.care.instruments.queries_packs import shown
from daybridge.care.instruments.rules_shape import OutOfSet
from daybridge.care.instruments.rules_sheet import Question, first_open
from daybridge.care.instruments.rules_sheet import questions as questions_of
from daybridge.clinic.programme.queries import house
from daybridge.kernel.typed import whole

UNPROCESSABLE = 422
Row = queries.SheetRow | queries_alliance.CheckRow
END = "end"
JUST_NOW = timedelta(seconds=20)  # then the help takes the focus


@dataclass(frozen=True, slots=True)
class Pen:
    """How one kind of form is read and written: the alliance check has tables of its own."""

    route: str
    read: Callable[..., Row]
    answer: Callable[..., None]
    finish: Callable[..., None]


QUESTIONS = Pen("instruments:questions", queries.sheet, commands.answer, commands.finish)
CHECK = Pen("instruments:check", queries_alliance.check, commands_alliance.answer_check,
            commands_alliance.finish_check)


def spoken() -> str:
    """Return the language of this page."""
    return (get_language() or "en")[:2]


def _own(request: ActorRequest) -> int:
    client_id = own_client(request.actor)
    if client_id is None:
        raise Http404
    return client_id


@page(Can.FILL_INSTRUMENT, to=(Side.CLIENT,))
@require_POST
def begin(request: ActorRequest) -> HttpResponse:
    """Begin a form, or go on with it."""
    return _begin(request, commands.begin, QUESTIONS)


@page(Can.FILL_ALLIANCE, to=(Side.CLIENT,))
@require_POST
def begin_check(request: ActorRequest) -> HttpResponse:
    """Begin the check of how we work together."""
    return _begin(request, commands_alliance.begin_check, CHECK)


def _begin(request: ActorRequest, command: Callable[..., int], pen: Pen) -> HttpResponse:
    try:
        number = command(request.actor, client_id=_own(request), name=request.POST.get("name", ""),
                         language=spoken(), at=clock.now())
    except NotOffered:
        return send_again(request, gettext("You fill this form together with your counsellor."))
    return redirect(pen.route, number)


@page(Can.FILL_INSTRUMENT, to=(Side.CLIENT,))
def questions(request: ActorRequest, begun_id: int) -> HttpResponse:
    """Answer one question after the other."""
    return _page(request, begun_id, QUESTIONS)


@page(Can.FILL_ALLIANCE, to=(Side.CLIENT,))
def check(request: ActorRequest, check_id: int) -> HttpResponse:
    """Say how it goes with the counsellor, one question after the other."""
    return _page(request, check_id, CHECK)


def _page(request: ActorRequest, response_id: int, pen: Pen) -> HttpResponse:
    if request.method != "POST":
        return _show(request, response_id, pen)
    ids = {"client_id": _own(request), "response_id": response_id}
    try:
        if request.POST.get("do") == "finish":
            pen.finish(request.actor, **ids, at=clock.now())
            return redirect("pages:my_questions")
        return _save(request, ids, pen)
    except OutOfSet:
        words = gettext("This answer is not on the list. Choose or write another one.")
        return _show(request, response_id, pen, error=words)
    except Ended:
        return _show(request, response_id, pen, error=gettext("This form is finished."))


def _save(request: ActorRequest, ids: dict[str, int], pen: Pen) -> HttpResponse:
    sent, at = request.POST, clock.now()
    given = typed(sent)
    item = sent.get("item", "")
    if sent.get("do") == "answer" and not given:
        words = gettext("Choose an answer, or skip this question.")
        return _show(request, ids["response_id"], pen, error=words)
    try:
        pen.answer(request.actor, **ids, item=item, typed=given, at=at,
                   version=whole(sent.get("version")))
    except Conflict as clash:
        if pen is QUESTIONS:
            commands.hear_critical(request.actor, **ids, item=item, typed=given, at=at)
        return conflict_page(request, clash)
    asked = _asked(pen.read(request.actor, **ids), request)
    places = [one.item for one in asked]
    after = asked[places.index(item) + 1:] if item in places else asked
    place = after[0].number if after else END
    return redirect(f"{request.path}?q={place}")


def _asked(row: Row, request: ActorRequest) -> list[Question]:
    instrument = shown(request.actor, name=row.instrument, language=spoken())
    return [one for one in questions_of(instrument, row.answers, spoken()) if one.is_asked]


def _show(request: ActorRequest, response_id: int, pen: Pen, *, error: str = "") -> HttpResponse:
    client_id, at = _own(request), clock.now()
    row = pen.read(request.actor, client_id=client_id, response_id=response_id)
    instrument = shown(request.actor, name=row.instrument, language=spoken())
    asked = _asked(row, request)
    now = _current(request, asked)
    place = asked.index(now) if now else len(asked)
    said = queries.help_shown(request.actor, client_id=client_id, at=at) if pen is QUESTIONS else None
    just_said = said is not None and at - said.at < JUST_NOW
    context = {
        "row": row, "asked": asked, "q": now, "place": place + 1, "total": len(asked),
        "back": asked[place - 1].number if place else None, "error": error,
        "title": instrument.title.get(spoken()) or instrument.title.get("en", ""),
        "recall": instrument.recall.get(spoken()) or instrument.recall.get("en", ""),
        "notice": instrument.copyright if instrument.licence.kind != "OWN" else "",
        "house": house(request.actor), "is_check": pen is CHECK, "given": request.POST,
        "writes": now is not None and now.kind in {"text", "open"},
        "help": said if said and (just_said or said.what != "violence") else None,
        "just_said": just_said, "at": at,
        "holes": [one for one in asked if not one.is_answered],
    }
    return render(request, "instruments/mine.html", context, status=UNPROCESSABLE if error else 200)


def _current(request: ActorRequest, asked: list[Question]) -> Question | None:
    """Return the question of the address; without one, the first that waits."""
    sent = request.POST.get("item")
    wanted = request.GET.get("q", "")
    if wanted == END and not sent:
        return None
    for one in asked:
        if one.item == sent or (sent is None and str(one.number) == wanted):
            return one
    return first_open(asked)


