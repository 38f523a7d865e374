"""The papers behind a licence: keep a scan, give it out, put it away."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import aside, clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.clinic.people.commands_papers import keep_licence_paper, put_licence_paper_away
from daybridge.clinic.people.commands_staff import NotKept
from daybridge.clinic.people.queries_papers import licence_paper, licence_papers
from daybridge.documents.rules_files import MOST_BYTES
from daybridge.documents.views import as_file


@page(Can.MANAGE_ACCOUNTS)
def papers(request: ActorRequest, licence_id: int) -> HttpResponse:
    """Show a licence's papers; keep another one or put one away."""
    actor, at, error = request.actor, clock.now(), ""
    found = licence_papers(actor, licence_id=licence_id)
    if found is None:
        raise Http404
    away = next((one for one in found.papers if str(one.paper_id) == request.POST.get("away")), None)
    if away is not None:
        put_licence_paper_away(actor, licence_id=licence_id, paper_id=away.paper_id, at=at)
        return redirect("people:licence_papers", licence_id)
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            keep_licence_paper(actor, licence_id=licence_id, about=request.POST.get("about", ""), at=at,
                               content=file.read(MOST_BYTES + 1) if file else b"")
        except NotKept as problem:
            error = str(problem)
        else:
            return redirect("people:licence_papers", licence_id)
    context = {"found": found, "error": error, "sent": request.POST if error else {},
               "most_mb": MOST_BYTES // 1_000_000}
    return render(request, "people/licence_papers.html", context, status=422 if error else 200)


@page(Can.MANAGE_ACCOUNTS)
def paper(request: ActorRequest, licence_id: int, paper_id: uuid.UUID) -> HttpResponse:
    """Give a paper out as a file; each one is on the record."""
    found = licence_paper(request.actor, licence_id=licence_id, paper_id=paper_id)
    if found is None:
        raise Http404
    aside.record_read(request.actor, f"people:licence_paper {paper_id}", at=clock.now(), client_id=None)
    return as_file(found.content, found.media_type, found.name)
