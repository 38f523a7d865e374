"""Reads go on when the disk is full: their record waits in memory, and the gap is reported.

What waits is written by the next read that finds room, under the identity of whoever read,
with the time of the read; `entered_at` shows that it came late. A process that dies
meanwhile loses what waits in it: that is why the gap itself is an act on the record.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from daybridge.access import audit, identity
from daybridge.access.actors import Actor

MOST = 20_000
_on = ContextVar("aside", default=False)
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Waiting:
    """One read whose record waits."""

    actor: Actor
    act: str
    at: datetime
    client_id: int | None


_waiting: list[Waiting] = []


@contextmanager
def keeping() -> Iterator[None]:
    """Keep the record of reads in memory: there is no room for it."""
    token = _on.set(True)
    try:
        yield
    finally:
        _on.reset(token)


def record_read(actor: Actor, act: str, *, at: datetime, client_id: int | None) -> None:
    """Write a read, and what waited before it; without room, let it wait."""
    if _on.get():
        with _lock:
            if len(_waiting) < MOST:
                _waiting.append(Waiting(actor, act, at, client_id))
        return
    audit.record_read(actor, act, at=at, clients=(client_id,))
    if _waiting:
        _write(actor, at)


def _write(actor: Actor, at: datetime) -> None:
    """Write what waits, and that it waited; it is forgotten when that is on the disk."""
    with _lock:
        late = tuple(_waiting)
    if not late:
        return
    for one in late:
        with identity.acting(one.actor):
            audit.record_read(one.actor, one.act, at=one.at, clients=(one.client_id,))
    audit.record(actor, "done", "record.kept_in_memory", at=at, detail={
        "reads": len(late), "first": late[0].at, "last": late[-1].at, "full": len(late) >= MOST,
    })
    transaction.on_commit(lambda: _forget(late))


def _forget(late: tuple[Waiting, ...]) -> None:
    with _lock:
        written = set(late)
        _waiting[:] = [one for one in _waiting if one not in written]
