"""Accounts: who may sign in, and how their second factor is kept."""

from datetime import datetime

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from daybridge.access import clock, identity
from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.models import User
from daybridge.access.policy import Role


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: staff are invited, clients are given an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: an account is made by the programme."""
        return False


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
        return str(user.email)


@command(Can.MANAGE_ACCOUNTS)
def invite(
    actor: Actor,
    /,
    *,
    email: str,
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
    user = User.objects.create_user(
        email, password, name=name, roles=roles, line=line, language=language, phone=phone
    )
    return user.pk


@command(Can.MANAGE_ACCOUNTS)
def end_account(actor: Actor, /, *, user_id: int, at: datetime) -> None:
    """End an account: every session of the person is refused from the next request on."""
    User.objects.filter(pk=user_id).update(is_active=False)


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
