"""What follows from what: one flat table, command -> jobs.

A reaction is deferred in the same transaction as the command, so that it lives or dies
with it. Keys are `domain.command`; a test resolves every one.
"""

from collections.abc import Callable, Mapping

from daybridge.access.actors import Actor

Follow = Callable[[Actor, Mapping[str, object], object], None]
WIRING: dict[str, tuple[Follow, ...]] = {}


def react(actor: Actor, act: str, kwargs: Mapping[str, object], result: object) -> None:
    """Do what the table says follows from this command."""
    for follow in WIRING.get(act, ()):
        follow(actor, kwargs, result)
