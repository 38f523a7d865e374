"""A copy of the whole record, for the client alone: a paper to read and a file for another program.

Made by whoever may read each part of it, through the one door like every file that leaves the house.
Source: 45 CFR 164.524 (a copy in the form the person asks for), 42 CFR 2.23.
"""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from daybridge import documents
from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.access.policy import DataClass, Op
from daybridge.access.queries import own_client
from daybridge.access.relations import reached
from daybridge.clinic.people.queries import name_of
from daybridge.clinic.programme.queries import house, sites
from daybridge.documents import wording
from daybridge.documents.commands import release
from daybridge.documents.pdf import render as render_pdf
from daybridge.documents.rules import Kind, Purpose, Recipient
from daybridge.documents.views import as_file
from daybridge.pages.record_sections import CLASSES, SECTIONS, Asking
from daybridge.pages.record_words import said

TEMPLATE = Path(documents.__file__).parent / "data" / "record.typ"
TYPES = {"pdf": "application/pdf", "json": "application/json"}


@page(Can.RELEASE)
def record_copy(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show what the copy holds and who may make it; make it."""
    actor, lacking = request.actor, _unread(request.actor, client_id)
    if request.method == "POST" and not lacking:
        return _file(request, client_id)
    context = {
        "client": name_of(actor, client_id=client_id),
        "parts": [(wording.class_words(data, "en"), data in lacking) for data in CLASSES],
        "lacking": lacking,
    }
    return render(request, "pages/documents/record_copy.html", context,
                  status=422 if request.method == "POST" else 200)


@page(Can.RELEASE, to=(Side.CLIENT,))
@require_POST
def my_record_copy(request: ActorRequest) -> HttpResponse:
    """Give a client the copy of their own record, now."""
    client_id = own_client(request.actor)
    if client_id is None:
        raise Http404
    return _file(request, client_id)


def _unread(viewer: Actor, client_id: int) -> list[DataClass]:
    """Return the parts that the viewer may not read: then somebody else makes the copy."""
    return [data for data in CLASSES if not reached(viewer, data, Op.READ, (client_id,))]


def _file(request: ActorRequest, client_id: int) -> HttpResponse:
    actor, at = request.actor, clock.now()
    wanted = "json" if request.POST.get("format") == "json" else "pdf"
    own = own_client(actor) == client_id
    spoken = (get_language() if own else request.POST.get("language")) or "en"
    language = "es" if spoken == "es" else "en"
    data = copy_of(actor, client_id, language, at=at)
    released = release(
        actor, client_id=client_id, recipient=Recipient(data["client"], "", Kind.CLIENT), at=at,
        purpose=Purpose.OWN_REQUEST, classes=frozenset(CLASSES), language=language, title=data["title"],
        make=lambda _notice: (render_pdf(TEMPLATE, data) if wanted == "pdf"
                              else json.dumps(data, ensure_ascii=False, indent=1).encode()))
    return as_file(released.content, TYPES[wanted], f"record.{wanted}")


def copy_of(viewer: Actor, client_id: int, language: str, *, at: datetime) -> dict[str, Any]:
    """Return the copy as plain data: title, client, and sections of items with labelled lines."""
    zone = sites(viewer)[0]

    def moment(when: date | datetime | None) -> str:
        if when is None:
            return ""
        if isinstance(when, datetime):
            return f"{wording.long_day(zone.day(when), language)}, {when.astimezone(zone.zone):%H:%M}"
        return wording.long_day(when, language)

    ask, found = Asking(viewer, client_id, at, moment), house(viewer)
    return {
        "title": said("A copy of my record", language), "language": language, "made": moment(at),
        "client": name_of(viewer, client_id=client_id).name, "house": found.name if found else "",
        "words": {key: said(key, language) for key in ("Page", "of", "Made on", "Nothing is on record.")},
        "notes": [said(key, language) for key in (
            "What the team wrote stands in the language they wrote it in.",
            "Kept apart and not in this copy: counselling notes, if any. Ask for them in writing.")],
        "sections": [
            {"title": _capital(wording.class_words(data, language)), "items": [
                {"head": item.head,
                 "lines": [[_label(label, language), words] for label, words in item.lines]}
                for item in read(ask)]}
            for data, read in SECTIONS],
    }


def _label(label: str, language: str) -> str:
    """Return a label in the language; a note's own lines are titled by the note."""
    try:
        return said(label, language) if label else ""
    except KeyError:
        return label


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
