"""Accounts: who may sign in, and how their second factor is kept."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext

from daybridge.access import clock, identity
from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.models import User
from daybridge.access.policy import Role
from daybridge.access.posting import deliver_later


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: staff are invited, clients are given an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: an account is made by the programme."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in; for ten minutes nothing about signing in is asked a second time."""
        super().login(request, user)
        record_authentication(request, user, method="sign-in", reauthenticated=True)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send codes and links in neutral words; allauth's other letters are not sent."""
        purpose = template_prefix.rpartition("/")[2]
        if purpose == "login_code":
            deliver_later("email", email, code_words(context["code"]))
        elif purpose == "password_reset_key":
            deliver_later("email", email, reset_words(context["password_reset_url"]))

    def send_verification_code_sms(
        self, user: User, phone: str, code: str, **kwargs: object
    ) -> None:
        """Send a sign-in code as a text message."""
        deliver_later("text", phone, code_words(code))

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Leave the number as the clinic wrote it down: a code proves it each time."""


def code_words(code: str) -> str:
    """Say the code and nothing of who sends it."""
    return gettext("Your code is %(code)s. It ends in 10 minutes. Tell it to nobody.") % {
        "code": code
    }


def reset_words(link: str) -> str:
    """Give the link to a new password and nothing of who sends it."""
    asked = gettext("Somebody asked for a new password with this address. If it was you:")
    return f"{asked}\n{link}"


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps TOTP secrets and recovery seeds encrypted, with a key outside the database."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for storage."""
        return Fernet(settings.FIELD_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a stored secret."""
        return Fernet(settings.FIELD_KEY).decrypt(encrypted_text.encode()).decode()

    def get_user_display_name(self, user: User) -> str:
        """Name the account on the authenticator by its address, never by the clinic."""
        return user.email or user.phone


class AddressTaken(ValueError):
    """Another account has this address."""


class LastDirector(ValueError):
    """Without a director nobody could be invited any more."""


@command(Can.MANAGE_ACCOUNTS)
def invite(
    actor: Actor,
    /,
    *,
    email: str | None,
    name: str,
    roles: list[str],
    line: str = "",
    password: str | None = None,
    language: str = "en",
    phone: str = "",
    at: datetime,
) -> int:
    """Make an account. Without a password the person sets one by the link they are sent."""
    for role in roles:
        Role(role)
    if email and User.objects.filter(email=email.strip().lower()).exists():
        raise AddressTaken("There is an account with this e-mail address already.")
    user = User.objects.create_user(
        email, password, name=name, roles=roles, line=line, language=language, phone=phone
    )
    return user.pk


@command(Can.MANAGE_ACCOUNTS)
def end_account(actor: Actor, /, *, user_id: int, at: datetime) -> None:
    """End an account: every session of the person is refused from the next request on.

    The password goes too: with it every session ends for good, should the account be opened
    again.
    """
    directors = User.objects.filter(roles__contains=[Role.DIRECTOR], is_active=True)
    if not directors.exclude(pk=user_id).exists():
        raise LastDirector("Somebody must be left who can invite others: name a director first.")
    User.objects.filter(pk=user_id).update(is_active=False, password=make_password(None))


def create_admin(*, email: str, name: str, password: str) -> int:
    """Make the first director of a new programme (from the command line)."""
    setup = system(Role.SETUP)
    with transaction.atomic(), identity.acting(setup):
        return invite(
            setup,
            email=email,
            name=name,
            roles=[Role.DIRECTOR],
            line=f"{name} · director",
            password=password,
            at=clock.now(),
        )
