"""Every cell of the policy, in Python and by raw SQL as the program's own login.

An independent reading of the policy's text (`allowed`) says what must be; Python
(`relations.reached`) and PostgreSQL (the policies on the tables) are held against it.
"""

from datetime import timedelta

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from daybridge.access import identity, relations, rls
from daybridge.access.actors import Actor
from daybridge.access.models import ConsentItem, Duty, Grant, Standing
from daybridge.access.policy import CLIENT_DATA, PLAIN_DATA, DataClass, Op, Role
from tests.cast import NOON

ROLES = [role.value for role in Role]


def allowed(data: str, role: str, op: Op) -> str:
    """Read the letters of one cell off the policy's text, in another way than the program."""
    for line in {**CLIENT_DATA, **PLAIN_DATA}[data].replace("|", "\n").splitlines():
        words = line.split()
        while words:
            if words[0] == role:
                return words[1 if op is Op.READ else 2].strip("-")
            words = words[3:]
    return ""


@pytest.fixture
def world(cast):
    """One person who stands in a known relation to each of several clients."""
    me, later = cast.nora, NOON + timedelta(hours=1)
    clients = {
        "T": cast.maria.client_id,
        "": cast.andre.client_id,
        "B": cast.jonah.client_id,
    }
    with identity.acting(cast.helen, at=NOON):
        for letter in "GLV":
            clients[letter] = _client(letter)
            Grant.objects.create(
                client_id=clients[letter],
                user_id=me.user_id,
                kind=letter,
                from_at=NOON,
                until_at=later,
            )
        clients["D"] = _client("D")
        Standing.objects.create(client_id=clients["D"], kind="in_care", from_at=NOON)
        Duty.objects.create(user_id=me.user_id, from_at=NOON, until_at=later)
        clients["P"] = _client("P")
        Standing.objects.create(client_id=clients["P"], kind="pending", from_at=NOON)
        clients["C"] = _client("C")
        ConsentItem.objects.bulk_create(
            ConsentItem(client_id=clients["C"], user_id=me.user_id, allows=data, from_at=NOON)
            for data in CLIENT_DATA
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE access_standing SET until_at = %s WHERE client_id = ANY(%s)",
                [NOON, [clients["T"], clients[""], clients["B"]]],
            )
            cursor.execute(
                "INSERT INTO access_block (client_id, user_id, reason, from_at) "
                "VALUES (%s, %s, '', %s)",
                [clients["B"], me.user_id, NOON],
            )
    return me, clients


def _client(letter: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_client (preferred_name, pronouns, version) "
            "VALUES (%s, '', 1) RETURNING id",
            [f"Client {letter}"],
        )
        return cursor.fetchone()[0]


def expected(letters: str, clients: dict[str, int], role: str) -> set[int]:
    if "A" in letters:
        blocked = set() if role == Role.DIRECTOR else {clients["B"]}
        return set(clients.values()) - blocked
    return {clients[letter] for letter in letters if letter in clients}


@pytest.mark.parametrize("role", ROLES)
def test_python_and_postgresql_agree_with_the_policy_in_every_cell(world, role):
    me, clients = world
    actor = Actor(me.user_id, frozenset({Role(role)}), "somebody")
    wrong = []
    with identity.acting(actor, at=NOON), connection.cursor() as cursor:
        for data in map(DataClass, CLIENT_DATA):
            for op in Op:
                want = expected(allowed(data.value, role, op), clients, role)
                python = relations.reached(actor, data, op, clients.values())
                condition = rls.condition(data, op, client="c.id")
                cursor.execute(
                    f"SELECT c.id FROM unnest(%s::bigint[]) AS c(id) WHERE {condition}",
                    [list(clients.values())],
                )
                database = {row[0] for row in cursor.fetchall()}
                if not (python == database == want):
                    wrong.append((data.value, op.value, want, python, database))
    assert wrong == []


def leaks(cast) -> list[str]:
    """Read every table as every role by raw SQL; name each row that must not be there."""
    found = []
    clients = {cast.maria.client_id, cast.andre.client_id, cast.jonah.client_id}
    for first, actor in cast.everyone.items():
        with identity.acting(actor, at=NOON), connection.cursor() as cursor:
            for model in apps.get_models():
                data = rls.class_of(model)
                if data is None or data.value not in CLIENT_DATA:
                    continue
                column = rls._client_column(model)
                may = relations.reached(actor, data, Op.READ, clients)
                cursor.execute(
                    f"SELECT DISTINCT {column} FROM {model._meta.db_table} "
                    f"WHERE {column} = ANY(%s)",
                    [list(clients)],
                )
                seen = {row[0] for row in cursor.fetchall()}
                found += [
                    f"{first} reads {model._meta.db_table} of client {pk}"
                    for pk in sorted(seen - may)
                ]
    return found


def test_no_role_reads_a_row_beyond_its_cells(cast):
    assert leaks(cast) == []


def test_a_broken_policy_is_noticed(broken_policy, cast):
    """The test above can fail: a table opened to everybody is named."""
    assert any("people_clientidentity" in leak for leak in leaks(cast))


@pytest.fixture
def broken_policy(django_db_setup):
    """Open one table to everybody, as a careless owner would, and close it afterwards."""
    owner = settings.DATABASES["owner"]
    with psycopg.connect(
        host=owner["HOST"],
        port=owner["PORT"],
        user=owner["USER"],
        dbname=owner["NAME"],
        password=owner["PASSWORD"],
        autocommit=True,
    ) as connection:
        connection.execute(
            "CREATE POLICY careless ON people_clientidentity FOR SELECT USING (true)"
        )
        try:
            yield
        finally:
            connection.execute("SET lock_timeout = '5s'")
            connection.execute("DROP POLICY careless ON people_clientidentity")
