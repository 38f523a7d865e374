"""Giving out a document of the chart."""

import uuid

from django.http import Http404, HttpResponse

from daybridge.access import aside, clock
from daybridge.access.actors import ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.documents.queries_files import NoDocument, document

# nothing in it runs, loads or posts, even if a browser shows it
SANDBOX = "sandbox; default-src 'none'"


@page(Can.SEE_DOCUMENTS, to=(Side.STAFF, Side.CLIENT))
def fetch(request: ActorRequest, client_id: int, document_id: uuid.UUID) -> HttpResponse:
    """Give out the file, as a file; each one is on the record."""
    try:
        found = document(request.actor, client_id=client_id, document_id=document_id)
    except NoDocument:
        raise Http404 from None
    aside.record_read(
        request.actor, f"documents:fetch {document_id}", at=clock.now(), client_id=client_id)
    return as_file(found.content, found.media_type, found.name)


def as_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Return a file to keep: never shown inside a page of ours."""
    return HttpResponse(content, content_type=media_type, headers={
        "Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff", "Content-Security-Policy": SANDBOX,
    })
