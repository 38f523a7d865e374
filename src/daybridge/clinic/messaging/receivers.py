"""Where a message may go: looked up as the messenger, whoever queues it."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.access import identity
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.clinic.messaging import rules
from daybridge.clinic.messaging.channels import channel
from daybridge.clinic.messaging.rules import Permission, Via
from daybridge.clinic.people import queries as people

AT_WORK = Permission(agreed=True, safe_at_home="yes")
KIND = {Via.TEXT: "phone", Via.EMAIL: "email"}


@dataclass(frozen=True, slots=True)
class Point:
    """A number or address, and what its person has said about it."""

    value: str
    permission: Permission


def points_of(client_id: int, via: Via, *, at: datetime) -> list[Point]:
    """Return a client's numbers or addresses for this channel.

    A job or a visitor who may queue a message need not see any number: the messenger does.
    """
    messenger = system(Role.MESSENGER)
    with identity.acting(messenger, at=at):
        rows = people.contact_of(messenger, client_id=client_id)
    return [
        Point(row.value, Permission(row.may_text, row.safe_at_home, row.verified_at is not None))
        for row in rows
        if row.kind == KIND[via]
    ]


def why_not(via: Via, points: list[Point]) -> str:
    """Return why nothing may go to any of these; empty when something may."""
    said = [point.permission for point in points]
    return rules.why_withheld(via, said, has_provider=channel(via) is not None)
