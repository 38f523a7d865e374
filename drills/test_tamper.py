"""Somebody with every right edits the record of acts: each edit is named, in a record of 100,000."""

import json
import time

import psycopg
import pytest

from daybridge.ops import postgres
from drills.house import DATABASE, copied, say

EVENTS = 100_000
LONGEST_SECONDS = 30  # SECURITY: a million in 15 s on a free machine; here on two busy cores
FILL = """
INSERT INTO access_auditevent (at, xid, outcome, user_id, roles, act, client_id, detail)
SELECT timestamptz '2026-11-01 09:00Z' + n * interval '1 second', pg_current_xact_id()::text::bigint,
       (ARRAY['read', 'done', 'refused'])[n %% 3 + 1], n %% 17 + 1, 'counsellor', 'drill.act' || n %% 9,
       n %% 11 + 1, jsonb_build_object('occurrence_id', n)
FROM generate_series(1, %s) n
"""
SEAL = """
from daybridge.access import seal
while seal.seal_pending():
    pass
"""
SWAP = """
UPDATE access_auditevent one SET act = other.act, user_id = other.user_id, detail = other.detail,
  at = other.at, client_id = other.client_id, outcome = other.outcome
FROM access_auditevent other WHERE (one.id, other.id) IN ((%(a)s, %(b)s), (%(b)s, %(a)s))
"""


@pytest.fixture(scope="module")
def record(template):
    """A house whose record of acts is long, and sealed by the real sealer; nothing else runs."""
    with copied(template[0]) as house:
        postgres.ensure(house.home)
        house.program("migrate")
        began = time.monotonic()
        house.sql(FILL, EVENTS)
        house.python(SEAL)
        say(f"tamper: {EVENTS:,} acts sealed in {time.monotonic() - began:.1f} s")
        yield house


def as_owner(house) -> psycopg.Connection:
    """Sign in as the owner of the tables and put the triggers to sleep, as an insider would."""
    password = json.loads((house.home / "secrets.json").read_text())["owner_password"]
    owner = psycopg.connect(host=str(postgres.socket_dir(house.home)), port=postgres.PORT,
                            dbname=DATABASE, user=f"{DATABASE}_owner", password=password, autocommit=True)
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        owner.execute("DELETE FROM access_auditevent WHERE id = 5")
    for table in ("access_auditevent", "access_seal"):
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    return owner


def test_a_chain_made_anew_is_named(record):
    """Whoever edits an act and seals everything again is betrayed by the anchor."""
    with as_owner(record) as owner:
        owner.execute("UPDATE access_auditevent SET user_id = 3 WHERE id = 40000")
        owner.execute("DELETE FROM access_seal")
    anchor = record.home / f"{DATABASE}.anchor"
    before = anchor.read_text()
    record.python(SEAL)
    after = anchor.read_text()
    anchor.write_text(before)
    found = record.program("audit", "verify")
    anchor.write_text(after)

    assert "the chain was made anew" in found.stdout, found.stdout
    assert found.returncode == 1


def test_every_edit_is_named(record):
    began = time.monotonic()
    whole = record.program("audit", "verify")
    took = time.monotonic() - began
    say(f"tamper: verified in {took:.1f} s, start of the program included")
    assert "The record is whole." in whole.stdout, whole.stdout + whole.stderr
    assert whole.returncode == 0
    assert took < LONGEST_SECONDS

    link = dict(record.sql("SELECT event_id, seq FROM access_seal"))
    last = max(link.values())
    with as_owner(record) as owner:
        owner.execute("UPDATE access_auditevent SET user_id = 3 WHERE id = 45000")
        owner.execute("UPDATE access_auditevent SET detail = '{}' WHERE id = 50000")
        owner.execute("DELETE FROM access_auditevent WHERE id = 60000")
        owner.execute(SWAP, {"a": 70000, "b": 70007})
        owner.execute("DELETE FROM access_seal WHERE seq BETWEEN 80001 AND 80003")
        owner.execute("DELETE FROM access_auditevent WHERE id IN (SELECT event_id FROM access_seal "
                      "WHERE seq > %s)", [last - 5])
        owner.execute("DELETE FROM access_seal WHERE seq > %s", [last - 5])
    found = record.program("audit", "verify")

    assert found.returncode == 1
    for event in (45000, 50000, 70000, 70007):
        assert f"event {event} (link {link[event]}) was changed or moved" in found.stdout, found.stdout
    assert f"event 60000 (link {link[60000]}) was removed" in found.stdout
    assert "links 80001 to 80003 are missing" in found.stdout
    assert f"links {last - 4} to {last} were cut off" in found.stdout
    named = [line for line in found.stdout.splitlines() if "link" in line]
    say(f"tamper: 7 edits, {len(named)} findings")
    assert len(named) <= 8, found.stdout
