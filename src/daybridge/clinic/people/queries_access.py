"""Whose account a number or address reaches; how a client may be reached with a link."""

from dataclasses import dataclass

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.access.models import SelfLink, User
from daybridge.access.policy import Role
from daybridge.clinic.people import rules
from daybridge.clinic.people.models import ContactPoint, Staff

CHANNEL = {"phone": "text", "email": "email"}


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Whether a client has an account, and where a link to it may be sent."""

    has_account: bool
    reachable: tuple[tuple[int, str, str], ...]  # contact id, channel, number or address


@dataclass(frozen=True, slots=True)
class StaffAccount:
    """The account of a member of staff."""

    user_id: int
    name: str
    email: str


@query(Can.SEE_CONTACT)
def account_reached_by(viewer: Actor, /, *, typed: str) -> User | None:
    """Return the account of the one client (or supporter) whom a code sent there would reach.

    Only if the client agreed to be written to there, it is safe at home and was read back. A number that two
    clients share reaches nobody: a code must not open the other's page. Staff sign in with a
    password and a second factor, never by a code.
    """
    kind = "email" if "@" in typed else "phone"
    rows = ContactPoint.objects.filter(
        kind=kind, folded=rules.fold_contact(kind, typed), **ContactPoint.REACHABLE
    )
    clients = {row.client_id for row in rows if rules.is_same_contact(kind, row.value, typed)}
    if clients:
        links = SelfLink.objects.filter(client_id__in=clients).select_related("user")
        users = [link.user for link in links] if len(clients) == 1 else []
    else:
        users = list(User.objects.filter(email=typed.lower(), roles=[Role.SUPPORTER]))
    return users[0] if users and users[0].is_active and typed.isascii() else None


@query(Can.MANAGE_ACCOUNTS)
def one_of_staff(viewer: Actor, /, *, staff_id: int) -> StaffAccount:
    """Return the account of a member of staff."""
    row = Staff.objects.select_related("user").get(pk=staff_id, left_on=None)
    return StaffAccount(row.user_id, row.name, row.user.email or "")


@query(Can.SEE_CONTACT)
def own_page_of(viewer: Actor, /, *, client_id: int) -> OwnPage:
    """Return where a link to the client's own page may be sent."""
    rows = ContactPoint.objects.filter(
        client_id=client_id, **ContactPoint.REACHABLE
    ).order_by("pk")
    return OwnPage(
        SelfLink.objects.filter(client_id=client_id).exists(),
        tuple((row.pk, CHANNEL[row.kind], row.value) for row in rows),
    )
