"""The hash chain over audit events, made a few seconds later, in commit order.

Acts take no lock: a sealer job links what is certainly committed (older than the oldest
running transaction). `verify` recomputes the chain and names edits, cuts and swaps, and
says how many events are not sealed yet. A cut tail, or a chain made anew, is seen against the
anchor: the chain's end, written to a file in the home folder each time links are added.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from daybridge.access import identity
from daybridge.access.actors import system
from daybridge.access.policy import Role

START = "0" * 64
BATCH = 5000
_ROW = """e.id, e.at, e.entered_at, e.xid, e.outcome, e.user_id, e.roles, e.act, e.client_id,
          e.detail::text, e.once"""
_NEXT = f"""
SELECT {_ROW} FROM access_auditevent e
WHERE e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
  AND NOT EXISTS (SELECT FROM access_seal s WHERE s.event_id = e.id)
ORDER BY e.xid, e.id LIMIT {BATCH}
"""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends: how many links, and the last digest."""

    count: int
    digest: str


def head() -> Head:
    """Return the chain's end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, digest FROM access_seal ORDER BY seq DESC LIMIT 1")
        row = cursor.fetchone()
    return Head(row[0], row[1]) if row else Head(0, START)


def head_now() -> Head:
    """Return the chain's end, as the sealer (for the anchor outside the database)."""
    with transaction.atomic(), identity.acting(system(Role.SEALER)):
        return head()


def seal_pending() -> int:
    """Link every committed event that has no link yet; return how many."""
    with (
        transaction.atomic(),
        identity.acting(system(Role.SEALER)),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT pg_advisory_xact_lock(4217)")
        last = head()
        cursor.execute(_NEXT)
        rows = cursor.fetchall()
        links, digest = [], last.digest
        for seq, row in enumerate(rows, start=last.count + 1):
            digest = link(digest, row)
            links.append((seq, row[0], digest))
        cursor.executemany(
            "INSERT INTO access_seal (seq, event_id, digest) VALUES (%s, %s, %s)", links
        )
    if links:
        _drop_anchor(Head(links[-1][0], digest))
    return len(links)


def _anchor_file() -> Path:
    config = settings.DAYBRIDGE
    path: Path = config.home / f"{config.database}.anchor"
    return path


def _drop_anchor(head: Head) -> None:
    """Write the chain's end outside of the database; without room the former one stays."""
    draft = _anchor_file().with_suffix(".anchor-new")
    with suppress(OSError):
        draft.write_text(f"{head.count} {head.digest}\n")
        draft.replace(_anchor_file())


def anchor() -> Head | None:
    """Return the chain's end as it was written down outside of the database."""
    try:
        count, digest = _anchor_file().read_text().split()
    except (OSError, ValueError):
        return None
    return Head(int(count), digest)


def link(former: str, row: tuple[object, ...]) -> str:
    """Return the digest of one event after the former digest."""
    text = "\x1f".join("" if value is None else str(value) for value in row)
    return hashlib.sha256(f"{former}\x1e{text}".encode()).hexdigest()


def verify(anchor: Head | None = None) -> list[str]:
    """Return what is wrong with the record, in words; an empty list when nothing is."""
    findings: list[str] = []
    with (
        transaction.atomic(),
        identity.acting(system(Role.SEALER)),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"SELECT s.seq, s.event_id, s.digest, {_ROW} FROM access_seal s "
            "LEFT JOIN access_auditevent e ON e.id = s.event_id ORDER BY s.seq"
        )
        digest, expected = START, 1
        for seq, event_id, sealed, *row in cursor:
            if seq != expected:
                findings.append(f"links {expected} to {seq - 1} are missing")
            if row[0] is None:
                findings.append(f"event {event_id} (link {seq}) was removed")
            elif link(digest, tuple(row)) != sealed:
                findings.append(f"event {event_id} (link {seq}) was changed or moved")
            if anchor is not None and seq == anchor.count and sealed != anchor.digest:
                findings.append(f"link {seq} is not the one of the anchor: the chain was made anew")
            digest, expected = sealed, seq + 1
    if anchor is not None and anchor.count >= expected:
        findings.append(f"links {expected} to {anchor.count} were cut off: the anchor knows them")
    return findings


def waiting_since() -> datetime | None:
    """Return since when the oldest act waits for its seal: a stopped sealer is seen by it."""
    with (
        transaction.atomic(),
        identity.acting(system(Role.SEALER)),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT min(e.entered_at) FROM access_auditevent e "
            "WHERE NOT EXISTS (SELECT FROM access_seal s WHERE s.event_id = e.id)"
        )
        row = cursor.fetchone()
    since: datetime | None = row[0]
    return since


def unsealed() -> int:
    """Return how many events are not linked yet."""
    with (
        transaction.atomic(),
        identity.acting(system(Role.SEALER)),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT count(*) FROM access_auditevent e "
            "WHERE NOT EXISTS (SELECT FROM access_seal s WHERE s.event_id = e.id)"
        )
        row = cursor.fetchone()
    return int(row[0])
