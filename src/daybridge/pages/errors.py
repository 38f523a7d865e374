"""What people see when something can't be shown: what happened, what is safe, what next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this may not be seen, and whom to ask; nothing of the page is in it."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing at this address: the same for hidden and for absent."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something broke here, without touching the database."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)
