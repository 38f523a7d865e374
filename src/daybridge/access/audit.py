"""The record of acts: commands, reads and refusals.

Rows are written with the actor's own identity; nobody can write an act of somebody else.
Reads are one row per actor, client, class and page in ten minutes.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection

from daybridge.access.actors import Actor

_INSERT = """
INSERT INTO access_auditevent (at, xid, outcome, user_id, roles, act, client_id, detail, once)
SELECT %s, pg_current_xact_id()::text::bigint, %s, %s, %s, %s, c.id, %s::jsonb,
       CASE WHEN %s::text IS NULL THEN NULL ELSE %s || ':' || coalesce(c.id::text, '') END
FROM unnest(%s::bigint[]) AS c(id) ON CONFLICT DO NOTHING
"""
READ_WINDOW_SECONDS = 600


def record(
    actor: Actor,
    outcome: str,
    act: str,
    *,
    at: datetime,
    clients: Iterable[int | None] = (None,),
    detail: Mapping[str, object] | None = None,
    once: str | None = None,
) -> None:
    """Write one event for each client (or one without). `detail` holds ids and codes only."""
    roles = ",".join(sorted(actor.roles))
    text = json.dumps(detail or {}, default=str)
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [at, outcome, actor.user_id, roles, act, text, once, once, list(clients)],
        )


def record_read(
    actor: Actor, act: str, *, at: datetime, clients: Iterable[int | None] = (None,)
) -> None:
    """Write a read, once in ten minutes."""
    bucket = int(at.timestamp()) // READ_WINDOW_SECONDS
    once = f"r:{actor.user_id or 0}:{act}:{bucket}"
    record(actor, "read", act, at=at, clients=clients, once=once)
