"""A form filled by staff with a client: question by question, each saved as it is answered."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.conflict import conflict_page
from daybridge.access.gate import Conflict, may
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.care.instruments import commands, queries, rules_follow
from daybridge.care.instruments.commands_sheet import Ended, NotOffered
from daybridge.care.instruments.forms import BeginForm, typed
from daybridge.care.instruments.known import NoSuchForm, by_name
from daybridge.care.instruments.panels import sheet_words, title_of
from daybridge.care.instruments.queries_packs import shown
from daybridge.care.instruments.rules_shape import Instrument, OutOfSet
from daybridge.care.instruments.rules_sheet import Question, questions
from daybridge.clinic.people.queries import name_of, profile_of
from daybridge.kernel.typed import whole

UNPROCESSABLE, CLASH = 422, 409


@page(Can.FILL_INSTRUMENT)
def fill(request: ActorRequest, client_id: int, instrument: str) -> HttpResponse:
    """Fill a form with a client: begin it, answer, finish it or set it aside."""
    name = by_name(instrument).name
    if by_name(name).data_class != "instrument":
        raise NoSuchForm(name)
    if request.method != "POST":
        return _show(request, client_id, name)
    try:
        return _act(request, client_id, name)
    except OutOfSet as error:
        return _wrong(request, client_id, name, str(error))
    except (NotOffered, Ended) as error:
        return _show(request, client_id, name, error=str(error), status=UNPROCESSABLE)


def _act(request: ActorRequest, client_id: int, name: str) -> HttpResponse:
    sent, at = request.POST, clock.now()
    ids: dict[str, Any] = {"client_id": client_id, "response_id": whole(sent.get("response"))}
    match sent.get("do"):
        case "begin":
            return _begin(request, client_id, name)
        case "finish":
            commands.finish(request.actor, **ids, at=at)
            return redirect("instruments:sheet", client_id, ids["response_id"])
        case "aside":
            commands.set_aside(request.actor, **ids, at=at)
            return redirect("instruments:fill", client_id, name)
        case "answer" | "skip":
            return _answer(request, client_id, name)
        case _:
            raise NotOffered("Choose an answer, or finish the form.")


def _begin(request: ActorRequest, client_id: int, name: str) -> HttpResponse:
    form = BeginForm(request.POST)
    if not form.is_valid():
        return _show(request, client_id, name, status=UNPROCESSABLE, form=form)
    commands.begin(request.actor, client_id=client_id, name=name, at=clock.now(), **form.cleaned_data)
    return redirect("instruments:fill", client_id, name)


def _answer(request: ActorRequest, client_id: int, name: str) -> HttpResponse:
    """Save one answer; whoever is late sees both, and what is critical alerts all the same."""
    sent, at = request.POST, clock.now()
    what: dict[str, Any] = {"client_id": client_id, "response_id": whole(sent.get("response")),
                            "item": sent.get("item", ""), "typed": typed(sent)}
    before = _asked(request, client_id, name)
    try:
        commands.answer(request.actor, **what, version=whole(sent.get("version")), at=at)
    except Conflict as clash:
        commands.hear_critical(request.actor, **what, at=at)
        if not request.htmx:
            return conflict_page(request, clash)
        return _changed(request, client_id, name, before, clash=True)
    if request.htmx:
        return _changed(request, client_id, name, before)
    return redirect(f"{reverse('instruments:fill', args=[client_id, name])}#q-{what['item']}")


def _asked(request: ActorRequest, client_id: int, name: str) -> set[str]:
    row = queries.draft_of(request.actor, client_id=client_id, name=name)
    instrument = by_name(name)
    return {q.item for q in questions(instrument, row.answers, "en") if q.is_asked} if row else set()


def _changed(
    request: ActorRequest, client_id: int, name: str, before: set[str], *, clash: bool = False
) -> HttpResponse:
    """Return the question that was answered, and what else changes by it."""
    context = _context(request, client_id, name)
    item = request.POST.get("item", "")
    asked = context["questions"]
    now = {one.item for one in asked if one.is_asked}
    context |= {
        "q": next(one for one in asked if one.item == item), "clash": clash, "saved_at": clock.now(),
        "mine": typed(request.POST),
        "others": [one for one in asked if one.item in before ^ now and one.item != item],
    }
    return render(request, "instruments/_changed.html", context, status=CLASH if clash else 200)


def _wrong(request: ActorRequest, client_id: int, name: str, words: str) -> HttpResponse:
    """Give an answer back that the form does not offer, with what it may be."""
    item = request.POST.get("item", "")
    if request.htmx:
        context = _context(request, client_id, name)
        found = [one for one in context["questions"] if one.item == item]
        if found:
            context |= {"q": found[0], "wrong": words, "given": request.POST.get("value", "")}
            return render(request, "instruments/_changed.html", context, status=UNPROCESSABLE)
    return send_again(request, words)


def _show(
    request: ActorRequest, client_id: int, name: str, *, error: str = "", status: int = 200,
    form: BeginForm | None = None,
) -> HttpResponse:
    context = _context(request, client_id, name) | {"error": error}
    if context["row"] is None:
        spoken = _language(request, client_id)
        context["form"] = form or BeginForm(initial={
            "by": "interviewer", "mode": "interview", "language": spoken})
    return render(request, "instruments/fill.html", context, status=status)


def _context(request: ActorRequest, client_id: int, name: str) -> dict[str, Any]:
    row = queries.draft_of(request.actor, client_id=client_id, name=name)
    language = row.language if row else "en"
    instrument = shown(request.actor, name=name, language=language)
    asked = questions(instrument, row.answers if row else {}, language)
    open_ones = [one for one in asked if one.is_asked]
    return {
        "client": name_of(request.actor, client_id=client_id), "name": name, "row": row,
        "title": title_of(name), "instrument": instrument, "language": language,
        "questions": asked, "total": len(open_ones), "at": clock.now(),
        "done": sum(one.is_answered for one in open_ones),
        "holes": [one for one in open_ones if one.required and not one.is_answered],
        "worded": instrument.may_be_shown(language), "recall": recall_of(instrument, language),
        "alerts": alerts_of(instrument, row) if row else [],
    }


def recall_of(instrument: Instrument, language: str) -> str:
    """Return over which time a form asks."""
    return instrument.recall.get(language) or instrument.recall.get("en", "")


def alerts_of(instrument: Instrument, row: queries.SheetRow) -> list[tuple[str, tuple[str, ...]]]:
    """Return what critical answers of this form ask of whoever is in the room: title, steps."""
    raised = {flag.name for flag in row.flags if flag.act_by}
    return [(rules_follow.title_of(one), one.steps) for one in instrument.critical if one.name in raised]


def _language(request: ActorRequest, client_id: int) -> str:
    if not may(request.actor, Can.SEE_DEMOGRAPHICS, client_id=client_id):
        return "en"
    spoken = profile_of(request.actor, client_id=client_id).language
    return spoken if spoken in {"en", "es"} else "en"


@page(Can.SEE_INSTRUMENTS)
def sheet(request: ActorRequest, client_id: int, response_id: int) -> HttpResponse:
    """Show one filling with who answered what; begin a correction of it."""
    error = ""
    if request.method == "POST":
        try:
            commands.correct(request.actor, client_id=client_id, response_id=response_id,
                             why=request.POST.get("why", ""), at=clock.now())
        except (NotOffered, Ended) as problem:
            error = str(problem)
        else:
            row = queries.sheet(request.actor, client_id=client_id, response_id=response_id)
            return redirect("instruments:fill", client_id, row.instrument)
    row = queries.sheet(request.actor, client_id=client_id, response_id=response_id)
    return render(request, "instruments/sheet.html", _sheet_context(request, client_id, row) | {
        "error": error, "sent": request.POST}, status=UNPROCESSABLE if error else 200)


def _sheet_context(
    request: ActorRequest, client_id: int, row: queries.SheetRow
) -> dict[str, Any]:
    try:
        instrument = shown(request.actor, name=row.instrument, language=row.language)
    except NoSuchForm:
        instrument = None
    asked: list[Question] = questions(instrument, row.answers, row.language) if instrument else []
    flags = set(row.details.get("flags", []))
    return {
        "client": name_of(request.actor, client_id=client_id), "row": row,
        "title": title_of(row.instrument), "score_words": sheet_words(row),
        "questions": [one for one in asked if one.is_asked],
        "same_version": instrument is not None and instrument.version == row.instrument_version,
        "notes": [one.words for one in instrument.flags if one.name in flags] if instrument else [],
        "cautions": instrument.cautions if instrument else (),
        "alerts": alerts_of(instrument, row) if instrument else [],
        "may_correct": row.state == "finished" and not row.replaced_by_id
        and may(request.actor, Can.FILL_INSTRUMENT, client_id=client_id),
    }
