"""Inviting: make a link, look at it, use it once. Forget a password and a second factor."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.invitation import Invitation
from daybridge.access.models import User
from daybridge.access.policy import Role
from daybridge.kernel.secret import digest, drawn

LIFE = timedelta(days=3)


class LinkIsOver(Exception):
    """The link was used, has expired, was replaced or never was."""


def link_words(link: str, until: datetime) -> str:
    """Give the link and nothing of who sends it or why."""
    words = gettext("Here is your link. It works once, until %(day)s. Not expected? Ignore it.")
    return f"{words % {'day': date_format(until, 'j M, H:i')}}\n{link}"


@command(Can.MANAGE_ACCOUNTS)
def make_link(actor: Actor, /, *, user_id: int, at: datetime) -> str:
    """Return the secret of a new link; a former link of the person ends."""
    Invitation.objects.filter(user_id=user_id, used_at=None).update(used_at=at)
    token = drawn()
    Invitation.objects.create(
        user_id=user_id, digest=digest(token), made_at=at, expires_at=at + LIFE
    )
    return token


@command(Can.MANAGE_ACCOUNTS)
def reset_sign_in(actor: Actor, /, *, user_id: int, at: datetime) -> str:
    """Forget password and second factor, end every session, and return a new link's secret."""
    User.objects.filter(pk=user_id).update(password=make_password(None))
    with identity.acting(system(Role.SIGN_IN), at=at):
        Authenticator.objects.filter(user_id=user_id).delete()
    return make_link(actor, user_id=user_id, at=at)


def invited(token: str, *, at: datetime) -> User:
    """Return whose link this is (as sign-in), without using it; LinkIsOver otherwise."""
    found = _live(token, at).select_related("user").first()
    if found is None:
        raise LinkIsOver
    return found.user


@command(Can.MANAGE_ACCOUNTS)
def accept(actor: Actor, /, *, token: str, password: str | None, at: datetime) -> int:
    """Use the link: set the password, if one was chosen, and return whose account it is."""
    found = _live(token, at).select_for_update().first()
    if found is None:
        raise LinkIsOver
    Invitation.objects.filter(pk=found.pk).update(used_at=at)
    if password:
        User.objects.filter(pk=found.user_id).update(password=make_password(password))
    return found.user_id


def _live(token: str, at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        digest=digest(token), used_at=None, expires_at__gt=at, user__is_active=True
    )
