"""The three roles and the database: owner (migrations), app (web, worker), backup.

The app's login owns nothing and can't pass by row-level security. Safe to repeat.
"""

from typing import Literal

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg import sql

from daybridge.ops.postgres import PORT, socket_dir
from daybridge.site.config import Config
from daybridge.site.secrets import Secrets

Role = Literal["app", "owner", "backup"]
EXTENSIONS = ("btree_gist", "pg_trgm")


def database_settings(config: Config, secrets: Secrets, role: Role) -> dict[str, object]:
    """Return Django's entry for one of the logins; starts nothing."""
    host, port = str(socket_dir(config.home)), str(PORT)
    if config.database_url:
        try:
            server = psycopg.conninfo.conninfo_to_dict(config.database_url)
        except psycopg.ProgrammingError as error:
            raise ImproperlyConfigured(f"DATABASE_URL: {error}") from None
        host, port = str(server.get("host", "localhost")), str(server.get("port", PORT))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": config.database,
        "USER": f"{config.roles}_{role}",
        "PASSWORD": getattr(secrets, f"{role}_password"),
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 0,
    }


def provision(admin_dsn: str, database: str, roles: str, secrets: Secrets) -> None:
    """Make roles, passwords, database and extensions; `admin_dsn` may create all of them.

    Role names begin with `roles` (the database's name, unless databases share their logins).
    """
    with psycopg.connect(admin_dsn, autocommit=True) as admin:
        for role in ("owner", "app", "backup"):
            _role(admin, f"{roles}_{role}", getattr(secrets, f"{role}_password"))
        if _may(admin, "rolsuper"):  # others can't give what they don't have
            admin.execute(_sql("ALTER ROLE {} BYPASSRLS", f"{roles}_backup"))
        else:
            admin.execute(_sql("GRANT {} TO CURRENT_USER", f"{roles}_owner"))
        if not _exists(admin, "pg_database", "datname", database):
            admin.execute(_sql("CREATE DATABASE {} OWNER {}", database, f"{roles}_owner"))
        admin.execute(_sql("REVOKE ALL ON DATABASE {} FROM PUBLIC", database))
        for role in ("app", "backup"):
            admin.execute(
                _sql("GRANT CONNECT ON DATABASE {} TO {}", database, f"{roles}_{role}")
            )
    with psycopg.connect(admin_dsn, dbname=database, autocommit=True) as inside:
        _inside(inside, roles)


def _inside(inside: "psycopg.Connection[tuple[object, ...]]", roles: str) -> None:
    owner, app, backup = (f"{roles}_{role}" for role in ("owner", "app", "backup"))
    for extension in EXTENSIONS:
        inside.execute(_sql("CREATE EXTENSION IF NOT EXISTS {}", extension))
    inside.execute(_sql("GRANT ALL ON SCHEMA public TO {}", owner))
    inside.execute(_sql("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))
    inside.execute(_sql("GRANT USAGE ON SCHEMA public TO {}, {}", app, backup))
    inside.execute(
        _sql(
            "ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT USAGE, SELECT ON SEQUENCES TO {}",
            owner,
            app,
        )
    )
    inside.execute(
        _sql(
            "ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT SELECT ON TABLES TO {}",
            owner,
            backup,
        )
    )


def _role(admin: "psycopg.Connection[tuple[object, ...]]", name: str, password: str) -> None:
    if not _exists(admin, "pg_roles", "rolname", name):
        admin.execute(_sql("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE", name))
    admin.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(password))
    )


def _exists(
    admin: "psycopg.Connection[tuple[object, ...]]", table: str, column: str, name: str
) -> bool:
    found = admin.execute(
        sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(
            sql.Identifier(table), sql.Identifier(column)
        ),
        [name],
    )
    return found.fetchone() is not None


def _may(admin: "psycopg.Connection[tuple[object, ...]]", right: str) -> bool:
    row = admin.execute(
        sql.SQL("SELECT {} FROM pg_roles WHERE rolname = current_user").format(
            sql.Identifier(right)
        )
    ).fetchone()
    return bool(row and row[0])


def _sql(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))
