"""Drafts, unlocking, and the demo's one-click sign-in."""

from datetime import datetime

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.drafts import draft_of, drop_draft, save_draft
from daybridge.access.kept import kept_of
from daybridge.access.middleware import LOCKED
from daybridge.access.models import User
from daybridge.access.pages import Route, open_page
from daybridge.access.signatures import is_really


@open_page("A draft is read by its author alone; a visitor has none.")
@require_http_methods(["GET", "POST"])
def keep_draft(request: ActorRequest, form: str) -> HttpResponse:
    """Keep what is being typed, or give it back to its author."""
    if request.actor.user_id is None:
        return JsonResponse({"error": gettext("Sign in first. Your words are still here.")}, status=401)
    if request.method == "GET":
        found = draft_of(request.actor, form)
        if found is None:
            return JsonResponse({})
        saved = date_format(timezone.localtime(found.saved_at), "D H:i")
        return JsonResponse({"fields": found.fields, "saved": saved})
    try:
        save_draft(request.actor, form, _said(request), at=clock.now())
    except ValueError as error:
        return JsonResponse({"error": str(error)}, status=422)
    return JsonResponse({"saved": _clock(clock.now())})


def _said(request: HttpRequest) -> dict[str, str | list[str]]:
    """Return what was typed and ticked; several ticks under one name stay several."""
    return {name: said if len(said) > 1 else said[0] for name, said in request.POST.lists()}


def _clock(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%H:%M")


@open_page("Shows the signed-in person's own words that were not saved; a visitor has none.")
def kept_words(request: ActorRequest) -> HttpResponse:
    """Show what a lock or an ended session kept from being saved: send it, or let it go."""
    if request.actor.user_id is None:
        return redirect_to_login(request.path)
    if request.method == "POST":
        drop_draft(request.actor, request.POST.get("drop", ""))
        return redirect(_own_address(request.POST.get("next") or reverse("access:kept")))
    return render(request, "ui/kept.html", {"entries": kept_of(request.actor)})


@open_page("Covers the signed-in person's pages until the password is given again.")
@require_POST
def lock(request: ActorRequest) -> HttpResponse:
    """Lock the session: from now on every page answers with the lock alone."""
    request.session[LOCKED] = True
    return HttpResponse(status=204)


@open_page("Asks the signed-in person's own password after an idle time.")
@require_POST
def unlock(request: ActorRequest) -> HttpResponse:
    """Open the session again for the same person; the lock script wants JSON, a form a page."""
    if request.actor.user_id is None:
        return JsonResponse({"error": gettext("Your session has ended. Sign in again.")}, status=401)
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        return _still_locked(request, gettext("Too many tries. Wait a minute, then try again."), 429)
    if not is_really(request.actor, request.POST.get("password", "")):
        return _still_locked(request, gettext("That password does not fit. Try again."), 403)
    request.session.pop(LOCKED, None)
    if "next" in request.POST:
        return redirect(_own_address(request.POST["next"]))
    return JsonResponse({"ok": True})


def _still_locked(request: ActorRequest, why: str, status: int) -> HttpResponse:
    if "next" in request.POST:
        return render(request, "locked.html", {"error": why}, status=status)
    return JsonResponse({"error": why}, status=status)


def _own_address(address: str) -> str:
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else "/"


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people; only a demo database knows this door."""
    if settings.DAYBRIDGE.kind != "demo":
        raise Http404
    user = User.objects.filter(email=request.POST.get("email", ""), is_active=True).first()
    if user is None:
        raise Http404
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("/")


demo_sign_in.route = Route(None, "Demo databases only; invented people.", signs_in=True)  # type: ignore[attr-defined]
