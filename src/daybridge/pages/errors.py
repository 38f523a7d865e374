"""What people see when something can't be shown: what happened, what is safe, what next."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from daybridge.access.actors import ANONYMOUS
from daybridge.access.gate import Refused


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this may not be seen, and whom to ask; nothing of the page is in it.

    A visitor, or somebody whose session has ended, is asked to sign in and comes back here.
    """
    signed_out = getattr(request, "actor", None) == ANONYMOUS
    whole_page = request.method == "GET" and "HX-Request" not in request.headers
    if signed_out and whole_page and isinstance(exception, Refused):
        return redirect_to_login(request.get_full_path())
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing at this address: the same for hidden and for absent."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something broke here, without touching the database."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)
