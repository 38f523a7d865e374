"""The signed identity that every transaction carries to PostgreSQL.

The program signs who acts, with which roles and when, bound to this one connection and to
a short life. PostgreSQL verifies the signature (`rls.py`, `access_claims`) before any row is
shown, so that injected SQL can't become somebody else.
"""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.pq import TransactionStatus

from daybridge.access import clock
from daybridge.access.actors import Actor

LIFE_SECONDS = 900
_current: ContextVar[tuple[Actor, str] | None] = ContextVar("identity", default=None)


class NoIdentity(Exception):
    """Nobody acts: open a transaction with `acting(actor)` first."""


def current_actor() -> Actor:
    """Return who acts now."""
    found = _current.get()
    if found is None:
        raise NoIdentity
    return found[0]


def is_acting(actor: Actor) -> bool:
    """Tell whether this actor is the one whose identity the connection carries."""
    found = _current.get()
    return found is not None and found[0] == actor


@contextmanager
def acting(
    actor: Actor, *, at: datetime | None = None, using: str = DEFAULT_DB_ALIAS
) -> Iterator[None]:
    """Carry this actor's signed identity for the rest of the transaction, then the former one."""
    token = sign(actor, at or clock.now(), pid=_backend_pid(using))
    former = _current.get()
    _send(token, using)
    reset = _current.set((actor, token))
    try:
        yield
    finally:
        _current.reset(reset)
        if not _is_broken(using):
            _send(former[1] if former else "", using)


def sign(actor: Actor, at: datetime, *, pid: int) -> str:
    """Return the token: user, roles, backend pid, expiry, gate time, HMAC-SHA256."""
    roles = ",".join(sorted(actor.roles))
    expires = int(time.time()) + LIFE_SECONDS
    claims = f"{actor.user_id or ''}|{roles}|{pid}|{expires}|{at.isoformat()}"
    key = bytes.fromhex(settings.IDENTITY_KEY)
    return f"{claims}|{hmac.new(key, claims.encode(), hashlib.sha256).hexdigest()}"


def pads(key_hex: str) -> tuple[bytes, bytes]:
    """Return the inner and outer padded key of HMAC (RFC 2104), for the verifying function."""
    key = bytes.fromhex(key_hex).ljust(64, b"\0")
    return bytes(b ^ 0x36 for b in key), bytes(b ^ 0x5C for b in key)


def _backend_pid(using: str) -> int:
    connection = connections[using]
    connection.ensure_connection()
    pid: int = connection.connection.info.backend_pid
    return pid


def _is_broken(using: str) -> bool:
    """Tell whether the transaction is lost: its rollback takes the identity back by itself."""
    connection = connections[using]
    if connection.needs_rollback or connection.connection is None:
        return True
    return bool(connection.connection.info.transaction_status == TransactionStatus.INERROR)


def _send(token: str, using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT set_config('daybridge.identity', %s, true)", [token])
