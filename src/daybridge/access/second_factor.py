"""Staff sign in with a second factor: TOTP or a passkey. A demo has one-click doors instead."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from daybridge.access.actors import Actor
from daybridge.access.policy import Role

HAS_ONE = "second_factor"
WITHOUT = frozenset({Role.CLIENT, Role.SUPPORTER})


def is_missing(request: HttpRequest) -> bool:
    """Tell whether a member of staff must set up a second factor before any page of the clinic."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if settings.DAYBRIDGE.kind == "demo" or actor.user_id is None or not actor.roles - WITHOUT:
        return False
    if not request.session.get(HAS_ONE):
        if not is_mfa_enabled(request.user):
            return True
        request.session[HAS_ONE] = True
    return False
