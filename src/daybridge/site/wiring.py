"""What follows from what: one flat table, command -> what is done next.

A reaction runs in the same transaction as the command, so that it lives or dies with it,
as the system role it names. Keys are `domain.command`; a test resolves every one.
"""

from collections.abc import Callable, Mapping
from typing import Any

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.policy import Role
from daybridge.care.retention.commands import open_due_outreach

Follow = Callable[[Actor, Mapping[str, Any], object], None]


def reach_out_to_the_missing(
    _actor: Actor, kwargs: Mapping[str, Any], _result: object
) -> None:
    """Open a row for everybody who missed the session that was just closed (P05)."""
    sessions, at = system(Role.SESSIONS), kwargs["at"]
    with identity.acting(sessions, at=at):
        open_due_outreach(sessions, at=at, occurrence_id=kwargs["occurrence_id"])


WIRING: dict[str, tuple[Follow, ...]] = {
    "hours.take_attendance": (reach_out_to_the_missing,),
}


def react(actor: Actor, act: str, kwargs: Mapping[str, Any], result: object) -> None:
    """Do what the table says follows from this command."""
    for follow in WIRING.get(act, ()):
        follow(actor, kwargs, result)
