"""How an actor stands to a client: the Python half of the policy.

The database decides the same question on its own (`rls.py`); a test compares both.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from daybridge.access import memory
from daybridge.access.actors import Actor
from daybridge.access.policy import DataClass, Op, Role, Scope, scopes

CARD = "E"  # a grant for the emergency card opens that alone, and reaches no cell


def reached(actor: Actor, data: DataClass, op: Op, clients: Iterable[int]) -> frozenset[int]:
    """Return those of these clients that the actor may read or write in this class."""
    wanted = sorted(set(clients))
    allowed = scopes(actor.roles, data, op)
    if not wanted or not allowed:
        return frozenset()
    rows = memory.once(("access_facts", actor.user_id, wanted), lambda: _facts_of(actor, wanted))
    return frozenset(row[0] for row in rows if _is_reached(row, actor, data, allowed))


def _facts_of(actor: Actor, clients: list[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access_facts(%s, %s)", [actor.user_id, clients])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _is_reached(
    row: tuple[object, ...], actor: Actor, data: DataClass, allowed: frozenset[Scope]
) -> bool:
    _, team, own, grants, standings, duty, consents, blocked = row
    if blocked and not actor.has(Role.DIRECTOR):
        return False
    held = {Scope.ALL}
    held |= {Scope.TEAM} if team else set()
    held |= {Scope.OWN} if own else set()
    held |= {Scope(kind) for kind in grants if kind != CARD}  # type: ignore[attr-defined]
    held |= {Scope.PENDING} if "pending" in standings else set()  # type: ignore[operator]
    held |= {Scope.DUTY} if duty and "in_care" in standings else set()  # type: ignore[operator]
    held |= {Scope.CONSENT} if data.value in consents else set()  # type: ignore[operator]
    return not held.isdisjoint(allowed)
