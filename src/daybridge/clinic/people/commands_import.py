"""Writing down many people at once, from a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.clinic.people import rules
from daybridge.clinic.people.models import (
    Client,
    ClientIdentity,
    ClientProfile,
    ContactPoint,
    IdentityToken,
    NameToken,
)
from daybridge.kernel import text


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person of the file."""

    preferred_name: str
    legal_name: str
    birth_date: date | None
    language: str


@command(Can.REGISTER_CLIENT)
def register_clients(
    actor: Actor, /, *, newcomers: Sequence[Newcomer], at: datetime
) -> list[int]:
    """Write down many people, in order; whoever calls says at once where they stand."""
    clients = Client.objects.bulk_create(
        Client(preferred_name=text.tidy(one.preferred_name)) for one in newcomers
    )
    pairs = list(zip(clients, newcomers, strict=True))
    ClientIdentity.objects.bulk_create(
        ClientIdentity(client=client, legal_name=text.tidy(one.legal_name),
                       birth_date=one.birth_date)
        for client, one in pairs
    )
    ClientProfile.objects.bulk_create(
        ClientProfile(client=client, language=one.language) for client, one in pairs
    )
    NameToken.objects.bulk_create(
        NameToken(client=client, word=word)
        for client, one in pairs for word in text.words(one.preferred_name)
    )
    IdentityToken.objects.bulk_create(
        IdentityToken(client=client, word=word, skeleton=text.skeleton(word))
        for client, one in pairs for word in text.words(one.legal_name or one.preferred_name)
    )
    return [client.pk for client in clients]


@command(Can.EDIT_CONTACT)
def add_contact_points(
    actor: Actor, /, *, client_ids: list[int], contacts: Sequence[Mapping[str, str]], at: datetime
) -> None:
    """Add telephone and e-mail ({kind: value}) of many people; nothing is allowed on them yet."""
    ContactPoint.objects.bulk_create(
        ContactPoint(client_id=pk, kind=kind, value=text.tidy(value),
                     folded=rules.fold_contact(kind, value))
        for pk, of_one in zip(client_ids, contacts, strict=True)
        for kind, value in of_one.items() if value
    )
