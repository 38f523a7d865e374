"""Facts that come together are looked at together: one look at the end of a sitting, not one a fact."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.care.medical.commands_checks import check_medicines

_waiting: ContextVar[set[int] | None] = ContextVar("waiting", default=None)


@contextmanager
def looked_at_together(actor: Actor, *, at: datetime) -> Iterator[None]:
    """Look at the facts of one sitting once, at its end and in its transaction."""
    waiting: set[int] = set()
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for client_id in sorted(waiting):
        check_medicines(actor, client_id=client_id, at=at)


def waits(client_id: int) -> bool:
    """Tell whether a client's facts are looked at later, with those still to come."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting.add(client_id)
    return waiting is not None
