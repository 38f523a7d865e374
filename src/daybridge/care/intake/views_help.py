"""The public page: how do I get help? No account, no JavaScript needed."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme

from daybridge.access import clock
from daybridge.access.actors import ANONYMOUS, ActorRequest
from daybridge.access.pages import open_page
from daybridge.care.intake.commands_web import ask_for_help
from daybridge.care.intake.forms_help import HelpForm
from daybridge.care.intake.queries_web import HelpPage, help_page
from daybridge.ui.words import moment

WHY = "Anybody may ask for help; it shows numbers to call and free times only"


@open_page(WHY)
def help_view(request: ActorRequest) -> HttpResponse:
    """Show how to get help, and take a call for it."""
    now = clock.now()
    shown = help_page(ANONYMOUS, at=now)
    form = HelpForm(request.POST if request.method == "POST" else None, times=_times(shown))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        ask_for_help(
            ANONYMOUS, contact_kind=form.kind(), contact=said["contact"], name=said["name"],
            safe_call="call" in said["safe"], safe_text="text" in said["safe"],
            for_whom=said["for_whom"] or "self", words=said["words"],
            language=_language(), wanted_time=form.wanted_time(), at=now)
        return HttpResponseRedirect(reverse("intake:thanks"))
    status = 422 if request.method == "POST" else 200
    return render(request, "intake/help.html", {"form": form, "shown": shown}, status=status)


@open_page(WHY)
def thanks(request: ActorRequest) -> HttpResponse:
    """Say thank you: who calls, by when, and what comes next. Holds nothing that was typed."""
    return render(request, "intake/thanks.html", {"shown": help_page(ANONYMOUS, at=clock.now())})


@open_page("Anybody may choose the language of the public page")
def language(request: ActorRequest) -> HttpResponse:
    """Change the language of a public page or the supporter's; a cookie of this browser keeps it."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("intake:help")
    answer = HttpResponseRedirect(back)
    chosen = request.POST.get("language", "")
    if request.method == "POST" and chosen in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax", httponly=True)
    return answer


def _language() -> str:
    known = {code for code, _ in settings.LANGUAGES}
    language = (translation.get_language() or "en")[:2]
    return language if language in known else "en"


def _times(shown: HelpPage) -> list[tuple[str, str]]:
    year = timezone.localdate().year
    return [(at.isoformat(), moment(at, part="full", client=True, this_year=year))
            for at in shown.times]
