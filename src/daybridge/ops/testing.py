"""A database of its own for a test run."""

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from daybridge.ops.postgres import Server
from daybridge.ops.provision import provision
from daybridge.site.secrets import load_secrets


def fresh_database(server: Server) -> None:
    """Drop the test database, make it anew, migrate it and compile the policies."""
    name = settings.DAYBRIDGE.database
    if not name.startswith("daybridge_test"):
        raise ValueError(f"{name} is not a test database; it is left alone.")
    connections.close_all()
    with psycopg.connect(server.superuser_dsn, autocommit=True) as admin:
        admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
    provision(server.superuser_dsn, name, load_secrets(settings.DAYBRIDGE.home))
    call_command("migrate", database="owner", verbosity=0)
    call_command("sync_policies", verbosity=0)
