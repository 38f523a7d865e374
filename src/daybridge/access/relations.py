"""How an actor stands to a client: the Python half of the policy.

The database decides the same question on its own (`rls.py`); a test compares both.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from daybridge.access import memory
from daybridge.access.actors import Actor
from daybridge.access.policy import DataClass, Op, Role, Scope, scopes

_LIVE = "from_at <= (SELECT access_at()) AND (until_at IS NULL OR until_at > (SELECT access_at()))"
_FACTS = f"""
SELECT c.id,
  EXISTS (SELECT FROM access_teammember t
          WHERE t.client_id = c.id AND t.user_id = %(me)s AND {_LIVE}),
  EXISTS (SELECT FROM access_selflink t WHERE t.client_id = c.id AND t.user_id = %(me)s),
  ARRAY(SELECT t.kind::text FROM access_grant t
        WHERE t.client_id = c.id AND t.user_id = %(me)s AND {_LIVE}),
  ARRAY(SELECT t.kind::text FROM access_standing t WHERE t.client_id = c.id AND {_LIVE}),
  EXISTS (SELECT FROM access_duty d WHERE d.user_id = %(me)s
          AND d.from_at <= (SELECT access_at()) AND d.until_at > (SELECT access_at())),
  ARRAY(SELECT t.allows::text FROM access_consentitem t
        WHERE t.client_id = c.id AND t.user_id = %(me)s AND {_LIVE}),
  EXISTS (SELECT FROM access_block t WHERE t.client_id = c.id AND t.user_id = %(me)s AND {_LIVE})
FROM unnest(%(clients)s::bigint[]) AS c(id)
"""


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
    held |= {Scope(kind) for kind in grants}  # type: ignore[attr-defined]
    held |= {Scope.PENDING} if "pending" in standings else set()  # type: ignore[operator]
    held |= {Scope.DUTY} if duty and "in_care" in standings else set()  # type: ignore[operator]
    held |= {Scope.CONSENT} if data.value in consents else set()  # type: ignore[operator]
    return not held.isdisjoint(allowed)


def facts_function() -> str:
    """Return the SQL function behind `reached`: definer, because relations are hidden too."""
    sql = _FACTS.replace("%(me)s", "me").replace("%(clients)s", "clients")
    return (
        "CREATE OR REPLACE FUNCTION access_facts(me bigint, clients bigint[]) RETURNS TABLE ("
        "client_id bigint, team boolean, own boolean, grants text[], standings text[], "
        "duty boolean, consents text[], blocked boolean) LANGUAGE sql STABLE SECURITY DEFINER "
        f"SET search_path = pg_catalog, public AS $$ {sql} $$"
    )
