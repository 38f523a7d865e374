"""An empty database founded at once is the same as one that went through every migration."""

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from daybridge.ops import postgres, testing

# what a schema is: columns, constraints, indexes, triggers, functions, and what is noted as done
WHAT = {
    "columns": "SELECT table_name, column_name, data_type, is_nullable, column_default, "
    "character_maximum_length, identity_generation FROM information_schema.columns "
    "WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) "
    "FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger "
    "WHERE NOT tgisinternal",
    "functions": "SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid) FROM pg_proc p "
    "JOIN pg_language l ON l.oid = p.prolang WHERE p.pronamespace = 'public'::regnamespace "
    "AND l.lanname IN ('sql', 'plpgsql') AND p.prokind = 'f'",
    "migrations": "SELECT app, name FROM django_migrations",
}


def schema(name: str) -> dict[str, set[tuple[object, ...]]]:
    server = postgres.ensure(settings.DAYBRIDGE.home, fsync=False)
    with psycopg.connect(server.superuser_dsn, dbname=name) as connection:
        return {what: set(connection.execute(sql)) for what, sql in WHAT.items()}


@pytest.fixture(scope="module")
def both(django_db_blocker):
    server = postgres.ensure(settings.DAYBRIDGE.home, fsync=False)
    names = {True: "daybridge_test_at_once", False: "daybridge_test_step_by_step"}
    with django_db_blocker.unblock(), psycopg.connect(server.superuser_dsn, autocommit=True) as admin:
        for at_once, name in names.items():
            connections.close_all()
            testing._drop(admin, name)  # noqa: SLF001 - as a test run makes its own
            testing._migrate(server, name, at_once=at_once)  # noqa: SLF001
    connections.close_all()
    return schema(names[True]), schema(names[False])


@pytest.mark.parametrize("what", WHAT)
def test_both_ways_end_at_the_same_schema(both, what):
    at_once, step_by_step = both
    assert sorted(at_once[what] ^ step_by_step[what], key=str) == []
