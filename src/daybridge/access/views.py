"""Drafts, unlocking, and the demo's one-click sign-in."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.drafts import save_draft
from daybridge.access.models import User
from daybridge.access.pages import Route, open_page
from daybridge.access.signatures import is_really


@open_page("A draft is read by its author alone; a visitor has none.")
@require_POST
def keep_draft(request: ActorRequest, form: str) -> HttpResponse:
    """Keep what is being typed."""
    if request.actor.user_id is None:
        return JsonResponse({"error": "Sign in first. Your words are still here."}, status=401)
    try:
        save_draft(request.actor, form, request.POST.dict(), at=clock.now())
    except ValueError as error:
        return JsonResponse({"error": str(error)}, status=422)
    return JsonResponse({"saved": timezone.localtime(clock.now()).strftime("%H:%M")})


@open_page("Asks the signed-in person's own password after an idle time.")
@require_POST
def unlock(request: ActorRequest) -> HttpResponse:
    """Open the page again for the same person."""
    if request.actor.user_id is None:
        return JsonResponse({"error": "Your session has ended. Sign in again."}, status=401)
    if is_really(request.actor, request.POST.get("password", "")):
        return JsonResponse({"ok": True})
    return JsonResponse({"error": "That password does not fit. Try again."}, status=403)


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
