"""What people see when something can't be shown: what happened, what is safe, what next."""

import sys

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from daybridge.access import away
from daybridge.access.actors import ANONYMOUS


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this may not be seen, and whom to ask; a visitor is led to the sign-in."""
    actor = getattr(request, "actor", ANONYMOUS)
    navigates = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    if actor == ANONYMOUS and request.method == "GET" and navigates and not is_partial(request):
        return redirect_to_login(request.get_full_path())
    return render(request, "403.html", status=403)


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
    return HttpResponse(loader.get_template("500.html").render(), status=500)
