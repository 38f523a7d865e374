"""The first page of each role."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from daybridge.access.actors import ActorRequest
from daybridge.access.kept import kept_of
from daybridge.access.pages import open_page
from daybridge.pages.shell import landing


@open_page("Leads everybody to their own first page, a visitor to the sign-in.")
def front(request: ActorRequest) -> HttpResponse:
    """Go to the role's first page."""
    if request.actor.user_id is None:
        return redirect("account_login")
    if kept_of(request.actor):
        return redirect("access:kept")
    return redirect(landing(request.actor))


@open_page("Says that a role has no page yet; shows nothing.")
def nothing_here(request: ActorRequest) -> HttpResponse:
    """Say so."""
    return render(request, "pages/nothing_here.html")
