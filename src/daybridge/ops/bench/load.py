"""`daybridge bench load --clients N`: a clinic of any size, in a database of its own.

A fifth of the clients is in care, two years of record lie behind: each of ten places in a
group of three sessions a week has had five people, one after the other. The first place has
had one person all the time: the chart is timed on two years of a single record.
"""

import itertools
import random
import time as stopwatch
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from django.conf import settings
from django.db import connections

from daybridge.access import clock
from daybridge.clinic.people import rules as people_rules
from daybridge.clinic.tasks.commands import add_shift
from daybridge.kernel import text
from daybridge.kernel.minutes import local
from daybridge.ops import postgres
from daybridge.ops.bench.clone import Row, Templates, Writer, reset_sequences
from daybridge.ops.bench.record import two_years, write_record
from daybridge.ops.bench.sessions import PLACES, Cohort, attend, found_cohorts
from daybridge.ops.database import prepare
from daybridge.ops.demo_clients import admit_somebody
from daybridge.ops.demo_house import ZONE, House, found
from daybridge.ops.demo_names import FIRST, LAST

TEMPLATES = 12
WEEKS = 104
Say = Callable[[str], None]
OCCUPANTS = 5
SEED = 20_261_124
BATCH = 250


def load(clients: int, *, say: Say = print) -> None:
    """Make the bench's database anew and fill it; refuses any other database."""
    name = settings.DAYBRIDGE.database
    if not name.startswith("daybridge_bench"):
        raise SystemExit(f"{name} is not a bench database; it is left alone.")
    began = stopwatch.monotonic()
    _fresh(name)
    dice = random.Random(SEED)
    now = _noon()
    (settings.DAYBRIDGE.home / f"{name}.clock").write_text(now.isoformat())
    house, templates = _templates(now, dice)
    cohorts = -(-clients // (PLACES * OCCUPANTS))
    with psycopg.connect(admin_dsn(), dbname=name) as connection:
        connection.execute("SET session_replication_role = replica")  # no row triggers: our own rows
        writer = Writer(connection)
        found_groups = found_cohorts(connection, writer, house, cohorts, now, WEEKS)
        source = Templates(connection, templates)
        done = 0
        for cohort in found_groups:
            done += _fill(connection, writer, source, cohort, now, dice, clients - done)
            if done % BATCH < PLACES * OCCUPANTS or done == clients:
                say(f"{done} of {clients} clients, {stopwatch.monotonic() - began:.0f} s")
        reset_sequences(connection)
    with psycopg.connect(admin_dsn(), dbname=name, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    say(f"{clients} clients, {clients // OCCUPANTS} in care, {stopwatch.monotonic() - began:.0f} s")


def admin_dsn() -> str:
    """Return the address of the server's administrator."""
    config = settings.DAYBRIDGE
    return config.database_url or postgres.ensure(config.home).superuser_dsn


def _fresh(name: str) -> None:
    connections.close_all()
    with psycopg.connect(admin_dsn(), autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    prepare()


def _noon() -> datetime:
    """Return the last Wednesday's 13:30 of the demo's zone: sessions run, others lie ahead."""
    today = datetime.now(UTC).date()
    wednesday = today - timedelta(days=(today.weekday() - 2) % 7)
    return local(wednesday, time(13, 30), ZoneInfo(ZONE))


def _templates(now: datetime, dice: random.Random) -> tuple[House, list[int]]:
    """Found the house and bring twelve people into care, all through the commands."""
    morning = local(now.date() - timedelta(days=7), time(9), ZoneInfo(ZONE))
    with clock.demo_time(morning):
        house = found(morning, now.date())
        add_shift(house.staff["helen"], user_id=house.staff["ben"].user_id or 0, part="primary",
                  phone="555-0199", starts_at=now - timedelta(hours=6),
                  ends_at=now + timedelta(days=300), at=morning)
    for number in range(TEMPLATES):
        at = morning + timedelta(minutes=number)
        write_record(house, admit_somebody(house, at, dice), at + timedelta(hours=3))
    return house, list(range(1, TEMPLATES + 1))


def _fill(
    connection: "psycopg.Connection[tuple[Any, ...]]", writer: Writer, source: Templates,
    cohort: Cohort, now: datetime, dice: random.Random, most: int,
) -> int:
    """Give every place of a group its five people; return how many were made."""
    made = 0
    for place, turn in itertools.product(range(PLACES), reversed(range(OCCUPANTS))):
        if made == most:
            break
        first, last = _span(now.date(), turn)
        if (cohort.number, place, turn) == (0, 0, 0):
            first -= timedelta(weeks=WEEKS - WEEKS // OCCUPANTS)
        _person(writer, source, cohort, first, last, dice, number=cohort.number * 50 + made)
        made += 1
    writer.flush()
    return made


def _span(today: date, turn: int) -> tuple[date, date | None]:
    """Return the days of the person `turn` places before the one in care (0)."""
    weeks = WEEKS // OCCUPANTS
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=weeks * (turn + 1))
    return first, None if turn == 0 else first + timedelta(weeks=weeks, days=-2)


def _person(
    writer: Writer, source: Templates, cohort: Cohort, first: date, last: date | None,
    dice: random.Random, *, number: int,
) -> None:
    template = dice.choice(list(source.rows))
    name, legal = _names(dice)
    shift = timedelta(days=(first - source.admitted[template].date()).days)
    client = ""
    account = cohort.accounts + number
    users = {str(one): cohort.counsellor for one in cohort.stands_for} | {
        row["user_id"] or "": account for table, row in source.rows[template]
        if table == "access_selflink"
    }

    def change(table: str, row: Row) -> None:
        _rename(table, row, name, legal, dice)
        if last is not None:
            _end(table, row, datetime.combine(last, time(20), UTC).isoformat())

    for table, row in source.copy(template, users, shift, change):
        client = (row["id"] if table == "people_client" else row["client_id"]) or client
        writer.add(table, row)
    writer.add("access_user", cohort.account(account, name))
    for word in text.words(name):
        writer.add("people_nametoken", {"client_id": client, "word": word})
    for word in text.words(legal):
        writer.add("people_identitytoken", {
            "client_id": client, "word": word, "skeleton": text.skeleton(word)})
    attend(writer, cohort, int(client), first, last, dice)
    if last is None and shift < -timedelta(weeks=WEEKS // 2):
        now = cohort.now - source.admitted[template] - timedelta(days=1)
        two_years(writer, source, template, client, users, now)


def _names(dice: random.Random) -> tuple[str, str]:
    first, last = dice.choice(FIRST), dice.choice(LAST)
    return f"{first} {last}", f"{first}{dice.choice('aeiou')} {last}{dice.choice('xyz')}"


def _rename(table: str, row: Row, name: str, legal: str, dice: random.Random) -> None:
    if table == "people_client":
        row["preferred_name"] = name
    elif table == "people_clientidentity":
        row["legal_name"] = legal
    elif table == "people_contactpoint" and row["kind"] == "phone":
        number = f"212 555 {dice.randint(0, 9999):04}"
        row.update(value=number, folded=people_rules.fold_contact("phone", number))


def _end(table: str, row: Row, at: str) -> None:
    """Close what is still open of somebody who has left."""
    if table == "placement_stay":
        row.update(ended_at=at, end_reason="completed", client_view="It helped.",
                   way_back="Call any day.")
    elif table == "tasks_task" and row["closed_at"] is None:
        row.update(closed_at=at, outcome="done")
    elif table != "placement_payer" and "until_at" in row and row["until_at"] is None:
        row["until_at"] = at

