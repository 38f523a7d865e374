"""Which language a page speaks: clients, supporters and visitors choose, staff pages are English."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from daybridge.access.actors import Actor
from daybridge.access.policy import Role

HAVE_A_CHOICE = frozenset({Role.CLIENT, Role.SUPPORTER})


def speak(request: HttpRequest, actor: Actor) -> None:
    """Go on in this person's language, after LocaleMiddleware has looked at browser and cookie.

    A page of the staff in half a translation would be read out wrongly: it stays English.
    """
    if actor.user_id is None:
        return
    if actor.roles - HAVE_A_CHOICE:
        _go_on_in(request, settings.LANGUAGE_CODE)
    elif settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        own = getattr(request.user, "language", "")
        if own != settings.LANGUAGE_CODE and own in dict(settings.LANGUAGES):
            _go_on_in(request, own)


def speak_asked(request: HttpRequest) -> None:
    """Speak what the browser asks for, where no session can be read."""
    translation.activate(translation.get_language_from_request(request))


def _go_on_in(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = language
