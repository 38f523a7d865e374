"""Bring the database up: start, roles, migrations, policies."""

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from daybridge.access import identity
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.clinic.programme import queries as programme
from daybridge.ops import founding, postgres
from daybridge.ops.provision import provision
from daybridge.site.secrets import load_secrets


class WrongKind(SystemExit):
    """A demo database can never become a real one, nor the other way."""


def prepare() -> None:
    """Start PostgreSQL if it is ours, make roles, migrate as owner, compile the policies."""
    config = settings.DAYBRIDGE
    try:
        admin = config.database_url or postgres.ensure(config.home).superuser_dsn
    except postgres.CannotStart as error:
        raise SystemExit(f"{error} `daybridge doctor` says more.") from None
    try:
        provision(admin, config.database, config.roles, load_secrets(config.home))
    except psycopg.OperationalError as error:
        raise SystemExit(f"The database does not answer: {error}") from None
    founding.migrate()
    call_command("sync_policies", verbosity=0)
    check_kind(config.kind, config.database)


def check_kind(kind: str, database: str) -> None:
    """Refuse a database of the other kind: demo stays demo, real stays real."""
    with transaction.atomic(), identity.acting(system(Role.SETUP)):
        house = programme.house(system(Role.SETUP))
    if house is not None and house.kind != kind:
        raise WrongKind(
            f"The database {database} is a {house.kind} one and stays so. "
            f"Set DAYBRIDGE_KIND={house.kind}, or name another database in DAYBRIDGE_DATABASE."
        )


def answers() -> bool:
    """Tell whether the database answers the program's own login."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
