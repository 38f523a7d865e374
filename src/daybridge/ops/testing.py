"""A database of its own for a test run, copied from a migrated template."""

import hashlib
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from daybridge.ops import founding
from daybridge.ops.postgres import Server
from daybridge.ops.provision import provision
from daybridge.site.secrets import Secrets, load_secrets

LOCK = 421_742
PACKAGE = Path(__file__).parents[1]


def fresh_database(server: Server) -> None:
    """Drop the test database, make it anew from the template, compile the policies.

    The template is migrated once for each state of the migrations.
    """
    name = settings.DAYBRIDGE.database
    if not name.startswith("daybridge_test"):
        raise ValueError(f"{name} is not a test database; it is left alone.")
    connections.close_all()
    with psycopg.connect(server.superuser_dsn, autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        template = f"daybridge_template_{_fingerprint()}"
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            _drop(admin, f"{template}_new")
            _migrate(server, f"{template}_new")
            admin.execute(_sql("ALTER DATABASE {} RENAME TO {}", f"{template}_new", template))
        _drop(admin, name)
        owner = f"{settings.DAYBRIDGE.roles}_owner"
        admin.execute(_sql("CREATE DATABASE {} TEMPLATE {} OWNER {}", name, template, owner))
        provision(server.superuser_dsn, name, settings.DAYBRIDGE.roles, _secrets())
    call_command("sync_policies", verbosity=0)


def _migrate(server: Server, name: str, *, at_once: bool = True) -> None:
    provision(server.superuser_dsn, name, settings.DAYBRIDGE.roles, _secrets())
    owner = connections["owner"]
    before, owner.settings_dict["NAME"] = owner.settings_dict["NAME"], name
    try:
        founding.migrate(at_once=at_once)
    finally:
        owner.close()
        owner.settings_dict["NAME"] = before


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("migrations/*.py")) + sorted(PACKAGE.rglob("*.sql")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _drop(admin: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    admin.execute(_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _sql(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))


def _secrets() -> Secrets:
    return load_secrets(settings.DAYBRIDGE.home)
