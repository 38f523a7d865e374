"""What clients ask about their record: for staff, for the client, for the privacy officer."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from daybridge import documents
from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.access.policy import DataClass
from daybridge.access.queries import own_client
from daybridge.clinic.people.queries import name_of, names, staff_names
from daybridge.clinic.programme.queries import house, sites
from daybridge.documents import commands_requests as commands
from daybridge.documents import queries, queries_requests, wording
from daybridge.documents.commands import release
from daybridge.documents.forms import AnswerForm, OwnRequestForm, RequestForm
from daybridge.documents.pdf import render as render_pdf
from daybridge.documents.queries import DisclosureRow
from daybridge.documents.rules import Kind, Purpose, Recipient
from daybridge.documents.rules_requests import ACCOUNTING_YEARS, Outcome, RequestKind
from daybridge.documents.views import as_file

LEDGER = Path(documents.__file__).parent / "data" / "ledger.typ"
YEARS = timedelta(days=366 * ACCOUNTING_YEARS)


def _today(viewer: Actor, at: datetime) -> date:
    return sites(viewer)[0].day(at)


@page(Can.SEE_REQUESTS)
def requests(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show what a client has asked; write down another request."""
    actor, at = request.actor, clock.now()
    today = _today(actor, at)
    form = RequestForm(request.POST or None, initial={"received_on": today.isoformat()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            commands.make_request(
                actor, client_id=client_id, kind=RequestKind(data["kind"]), words=data["words"],
                party=data["party"], received_on=data["received_on"], today=today, at=at)
        except commands.NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("pages:requests", client_id)
    rows = queries_requests.requests_of(actor, client_id=client_id)
    context = {
        "client": name_of(actor, client_id=client_id), "form": form, "today": today,
        "rows": [(row, row.state(today).value) for row in rows],
        "may_ask": may(actor, Can.MAKE_REQUEST, client_id=client_id),
        "may_answer": may(actor, Can.ANSWER_REQUEST, client_id=client_id),
    }
    return render(request, "pages/documents/requests.html", context, status=422 if form.errors else 200)


@page(Can.ANSWER_REQUEST)
def answer(request: ActorRequest, client_id: int, request_id: int) -> HttpResponse:
    """Answer a request, or take the one extension."""
    actor, at = request.actor, clock.now()
    rows = queries_requests.requests_of(actor, client_id=client_id)
    row = next((one for one in rows if one.request_id == request_id), None)
    if row is None:
        raise Http404
    extends = request.POST.get("do") == "extend"
    form = AnswerForm(None if extends else request.POST or None, grounds=row.grounds)
    error = ""
    if request.method == "POST" and (extends or form.is_valid()):
        try:
            _answer(request, client_id, request_id, form)
        except commands.NotPossible as problem:
            error = str(problem)
        else:
            return redirect("pages:privacy")
    today = _today(actor, at)
    context = {
        "client": name_of(actor, client_id=client_id), "row": row, "form": form, "error": error,
        "state": row.state(today).value, "sent": request.POST,
    }
    wrong = bool(error or form.errors)
    return render(request, "pages/documents/answer.html", context, status=422 if wrong else 200)


def _answer(request: ActorRequest, client_id: int, request_id: int, form: AnswerForm) -> None:
    ids = {"client_id": client_id, "request_id": request_id}
    if request.POST.get("do") == "extend":
        commands.extend_request(
            request.actor, **ids, words=request.POST.get("why", ""), at=clock.now())
        return
    data = form.cleaned_data
    commands.answer_request(
        request.actor, **ids, outcome=Outcome(data["outcome"]), ground=data["ground"],
        words=data["words"], at=clock.now())


@page(Can.ANSWER_REQUEST)
def privacy(request: ActorRequest) -> HttpResponse:
    """Show the privacy officer what waits for an answer and what has left the house."""
    actor, at = request.actor, clock.now()
    today = _today(actor, at)
    rows = queries_requests.open_requests(actor)
    sent = queries.disclosures(actor)
    known = names(actor, of={row.client_id for row in rows} | {row.client_id for row in sent})
    context = {
        "rows": [(row, known.get(row.client_id, ""), row.state(today).value) for row in rows],
        "sent": [(known.get(row.client_id, ""), row, _what(row, "en")) for row in sent], "at": at,
        "by": staff_names(actor, user_ids={row.by_user_id for row in sent}),
    }
    return render(request, "pages/documents/privacy.html", context)


def _what(row: DisclosureRow, language: str) -> str:
    return "; ".join(wording.class_words(data, language) for data in row.classes)


def _rows(viewer: Actor, client_id: int, at: datetime, language: str) -> list[dict[str, object]]:
    found = queries.disclosures_of(viewer, client_id=client_id, since=at - YEARS, until=at)
    return [
        {"row": row, "what": _what(row, language), "why": wording.purpose_words(row.purpose, language)}
        for row in found
    ]


@page(Can.SEE_DISCLOSURES)
def ledger(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show what has left the house about a client in three years."""
    rows = _rows(request.actor, client_id, clock.now(), "en")
    context = {
        "client": name_of(request.actor, client_id=client_id), "rows": rows,
        "may_release": may(request.actor, Can.RELEASE, client_id=client_id),
        "by": staff_names(request.actor, user_ids={one["row"].by_user_id for one in rows}),  # type: ignore[attr-defined]
    }
    return render(request, "pages/documents/ledger.html", context)


@page(Can.RELEASE, to=(Side.STAFF, Side.CLIENT))
@require_POST
def ledger_pdf(request: ActorRequest, client_id: int) -> HttpResponse:
    """Give the client the list of disclosures, through the door like everything else."""
    actor, at, language = request.actor, clock.now(), "es" if get_language() == "es" else "en"
    name, found = name_of(actor, client_id=client_id).name, house(actor)
    data = {
        "client": name, "house": found.name if found else "", "language": language,
        "day": wording.long_day(_today(actor, at), language),
        "from": wording.long_day(_today(actor, at) - YEARS, language),
        "rows": [
            {"day": wording.long_day(_today(actor, one["row"].at), language),  # type: ignore[attr-defined]
             "to": one["row"].recipient, "address": one["row"].address, "what": one["what"],  # type: ignore[attr-defined]
             "why": one["why"], "title": one["row"].title}  # type: ignore[attr-defined]
            for one in _rows(actor, client_id, at, language)
        ],
    }
    released = release(
        actor, client_id=client_id, recipient=Recipient(name, "", Kind.CLIENT), at=at,
        purpose=Purpose.OWN_REQUEST, classes=frozenset({DataClass.DISCLOSURE}),
        title=gettext("List of what was told to others"),
        make=lambda _notice: render_pdf(LEDGER, data))
    return as_file(released.content, "application/pdf", "list.pdf")


@page(Can.SEE_REQUESTS, to=(Side.CLIENT,))
def my_record(request: ActorRequest) -> HttpResponse:
    """Let a client ask for a copy, a change, a limit or the list; show what was told."""
    actor, at = request.actor, clock.now()
    client_id = own_client(actor)
    if client_id is None:
        raise Http404
    language, today = "es" if get_language() == "es" else "en", _today(actor, at)
    form = OwnRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            commands.make_request(
                actor, client_id=client_id, kind=RequestKind(data["kind"]), words=data["words"],
                party=data["party"], received_on=today, today=today, at=at)
        except commands.NotPossible:
            form.add_error(None, gettext("Write a few words: what is wrong, or whom we shall tell nothing."))
        else:
            return redirect("pages:my_record")
    kinds = dict(OwnRequestForm.KINDS)
    rows = queries_requests.requests_of(actor, client_id=client_id)
    context = {
        "form": form, "client_id": client_id, "told": _rows(actor, client_id, at, language),
        "requests": [(row, kinds[row.kind.value]) for row in rows],
    }
    return render(request, "pages/documents/my_record.html", context, status=422 if form.errors else 200)
