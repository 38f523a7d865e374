"""What people see when something can't be shown: what happened, what is safe, what next."""

import sys

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from daybridge.access import away
from daybridge.access.actors import ANONYMOUS, Actor, Side, sides
from daybridge.access.gate import OtherSide
from daybridge.pages.shell import STAFF_ROLES, landing


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this may not be seen, and whom to ask; a visitor is led to the sign-in."""
    actor = getattr(request, "actor", ANONYMOUS)
    navigates = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    if actor == ANONYMOUS and request.method == "GET" and navigates and not is_partial(request):
        return redirect_to_login(request.get_full_path())
    context = _own_way(actor) if isinstance(exception, OtherSide) else {
        "for_staff": actor.has(*STAFF_ROLES)}
    return render(request, "403.html", context, status=403)


def _own_way(actor: Actor) -> dict[str, object]:
    """Say whose page this is not, and lead to the person's own."""
    if Side.STAFF in sides(actor):
        reason = _("This page belongs to clients or to those who support them.")
    else:
        reason = _("This page is for the people who work here. You have a page of your own.")
    return {"reason": reason, "own_page": landing(actor), "next_step": _("Go to your own page")}


def is_partial(request: HttpRequest) -> bool:
    """Tell whether only a part of a page was asked for."""
    return "HX-Request" in request.headers


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing at this address: the same for hidden and for absent."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something broke here, or that the database did, without touching it."""
    error = sys.exception()
    if away.is_away(error):
        return away.answer(request, error)
    for_staff = getattr(request, "actor", ANONYMOUS).has(*STAFF_ROLES)
    words = loader.get_template("500.html").render({"for_staff": for_staff})
    return HttpResponse(words, status=500)
