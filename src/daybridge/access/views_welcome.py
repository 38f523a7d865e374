"""The page behind an invitation's link: choose a password, then the second factor follows."""

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from daybridge.access import clock, identity
from daybridge.access.actors import Actor
from daybridge.access.forms import PasswordForm
from daybridge.access.invitations import LinkIsOver, accept, invited
from daybridge.access.models import User
from daybridge.access.pages import Route
from daybridge.access.second_factor import WITHOUT


def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody in by their link. Only sending the form uses it: mail scanners open links."""
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="reset_password_from_key")
    if limited is not None:
        return limited
    at = clock.now()
    try:
        user = invited(token, at=at)
    except LinkIsOver:
        return render(request, "account/link_over.html", status=410)
    is_staff = bool({*user.roles} - WITHOUT)
    form = PasswordForm(request.POST or None, may_skip=not is_staff)
    if request.method == "POST" and form.is_valid():
        return _come_in(request, token, form.cleaned_data["password"])
    context = {"form": form, "person": user, "is_staff": is_staff}
    return render(request, "account/welcome.html", context, status=422 if form.errors else 200)


def _come_in(request: HttpRequest, token: str, password: str) -> HttpResponse:
    actor: Actor = identity.current_actor()
    try:
        user_id = accept(actor, token=token, password=password or None, at=clock.now())
    except LinkIsOver:
        return render(request, "account/link_over.html", status=410)
    user = User.objects.get(pk=user_id)
    request.session.flush()  # whoever was signed in on this browser leaves
    answer: HttpResponse = perform_login(request, user, redirect_url="/")
    return answer


welcome.route = Route(None, "Whoever holds a live link; rate limited.", signs_in=True)  # type: ignore[attr-defined]
