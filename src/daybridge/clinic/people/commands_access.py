"""Letting people in and out: staff by invitation, clients to their own page, leavers."""

from datetime import date, datetime

from daybridge.access import identity
from daybridge.access.accounts import invite
from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.invitations import make_link
from daybridge.access.models import SelfLink
from daybridge.access.policy import Role
from daybridge.access.relate import link_self
from daybridge.clinic.people.commands_staff import add_licence, employ
from daybridge.clinic.people.models import Client, ClientProfile, ContactPoint, Supporter
from daybridge.kernel import text


@command(Can.MANAGE_ACCOUNTS)
def invite_staff(
    actor: Actor,
    /,
    *,
    name: str,
    email: str,
    job: str,
    credential: str,
    roles: list[str],
    licence: tuple[str, str, str, date, date] | None,
    at: datetime,
) -> str:
    """Make the account, the staff row and the licence; return the secret of the link."""
    name = text.tidy(name)
    line = ", ".join(word for word in (f"{name} {credential}".strip(), job) if word)
    user_id = invite(actor, email=email, name=name, roles=roles, line=line, at=at)
    staff_id = employ(
        actor, user_id=user_id, name=name, credential=text.tidy(credential),
        job=text.tidy(job), at=at,
    )
    if licence is not None:
        kind, number, state, first, last = licence
        add_licence(
            actor, staff_id=staff_id, kind=kind, number=number, state=state,
            valid_from=first, valid_until=last, at=at,
        )
    return make_link(actor, user_id=user_id, at=at)


@command(Can.SET_TEAM)
def invite_to_page(actor: Actor, /, *, client_id: int, at: datetime) -> str:
    """Give a client an account of their own, once, and return the secret of a link to it.

    The sign-in address is an e-mail address that is safe for the client; without one they
    sign in by a code to a safe telephone number, or by a passkey.
    """
    found = SelfLink.objects.filter(client_id=client_id).first()
    user_id = found.user_id if found else None
    person = Client.objects.get(pk=client_id)
    profile = ClientProfile.objects.filter(client_id=client_id).first()
    address = ContactPoint.objects.filter(
        client_id=client_id, kind="email", **ContactPoint.REACHABLE
    ).first()
    sign_in = system(Role.SIGN_IN)
    with identity.acting(sign_in, at=at):
        if user_id is None:
            user_id = invite(
                sign_in, email=address.value if address else None, name=person.preferred_name,
                roles=[Role.CLIENT], language=profile.language if profile else "en", at=at,
            )
        token = make_link(sign_in, user_id=user_id, at=at)
    if found is None:
        link_self(actor, client_id=client_id, user_id=user_id, at=at)
    return token


@command(Can.EDIT_SUPPORTERS)
def invite_supporter(actor: Actor, /, *, client_id: int, supporter_id: int, at: datetime) -> str:
    """Give a supporter a page of their own, once, and return the secret of a link to it.

    The page shows nothing until the client signs a consent for it.
    """
    one = Supporter.objects.get(pk=supporter_id, client_id=client_id, ended_at=None)
    sign_in = system(Role.SIGN_IN)
    with identity.acting(sign_in, at=at):
        user_id = one.user_id or invite(
            sign_in, email=None, name=one.name, roles=[Role.SUPPORTER], at=at)
        token = make_link(sign_in, user_id=user_id, at=at)
    Supporter.objects.filter(pk=supporter_id).update(user_id=user_id)
    return token
