"""Who acts: a person, a device, a visitor or a job."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.http import HttpRequest

from daybridge.access.policy import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that reads or writes.

    Two actors are the same when user and roles are the same; the name is for the eye.
    """

    user_id: int | None
    roles: frozenset[Role]
    name: str = field(default="", compare=False)

    def has(self, *roles: Role) -> bool:
        """Tell whether the actor holds one of these roles."""
        return not self.roles.isdisjoint(roles)


class Side(StrEnum):
    """On which side of the desk somebody sits: what they are shown differs, not only how much."""

    STAFF = "staff"
    CLIENT = "client"
    SUPPORTER = "supporter"


NO_ACCOUNT = frozenset({Role.ANONYMOUS, Role.KIOSK, Role.CALENDAR})


def sides(actor: Actor) -> frozenset[Side]:
    """Return the sides of an actor; somebody who works here may also be a client's sister."""
    own = {Role.CLIENT: Side.CLIENT, Role.SUPPORTER: Side.SUPPORTER}
    return frozenset(own.get(role, Side.STAFF) for role in actor.roles - NO_ACCOUNT)


def system(role: Role) -> Actor:
    """Return the actor of a background job or of sign-in."""
    if not role.value.startswith("system:"):
        raise ValueError(f"{role.value} is not a system role")
    return Actor(user_id=None, roles=frozenset({role}), name=role.value)


ANONYMOUS = Actor(user_id=None, roles=frozenset({Role.ANONYMOUS}), name="visitor")


class ActorRequest(HttpRequest):
    """A request that the middleware has given an actor."""

    actor: Actor
    htmx: Any
    idempotency_key: str
