"""The palette: clients, pages and actions by the beginning of a word."""

from django.http import HttpResponse
from django.shortcuts import render

from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.clinic.people.queries_search import search
from daybridge.pages.shell import navigation

MOST = 8


@page(Can.SEE_PROGRAMME)
def find(request: ActorRequest) -> HttpResponse:
    """Answer what is typed into the palette."""
    words = request.GET.get("q", "")[:100]
    folded = words.casefold().strip()
    places = [item for item in navigation(request.actor, "")
              if not folded or item.label.casefold().startswith(folded)]
    hits = (
        search(request.actor, words=words, limit=MOST)
        if folded and may(request.actor, Can.SEE_NAMES) else []
    )
    return render(request, "pages/find.html", {"places": places, "hits": hits, "q": words})
