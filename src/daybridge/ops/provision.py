"""Provision (temporary)."""
import psycopg
from psycopg import sql
import hashlib, os
from pathlib import Path


def socket_dir(home):
    return Path(f"/tmp/daybridge-{os.getuid()}-{hashlib.sha256(str(home).encode()).hexdigest()[:8]}")


def database_settings(config, secrets, role):
    return {"ENGINE": "django.db.backends.postgresql", "NAME": config.database, "USER": f"{config.database}_{role}",
            "PASSWORD": getattr(secrets, f"{role}_password"), "HOST": str(socket_dir(config.home)), "PORT": "5432", "CONN_MAX_AGE": 0}


def provision(dsn, database, secrets):
    with psycopg.connect(dsn, autocommit=True) as c:
        for role in ("owner", "app", "backup"):
            name = f"{database}_{role}"
            if not c.execute("select 1 from pg_roles where rolname=%s", [name]).fetchone():
                c.execute(sql.SQL("create role {} login").format(sql.Identifier(name)))
            c.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(name), sql.Literal(getattr(secrets, f"{role}_password"))))
        if not c.execute("select 1 from pg_database where datname=%s", [database]).fetchone():
            c.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(database), sql.Identifier(database + "_owner")))
    with psycopg.connect(dsn, dbname=database, autocommit=True) as c:
        c.execute("create extension if not exists btree_gist"); c.execute("create extension if not exists pg_trgm")
        c.execute(f"grant usage on schema public to {database}_app")
        c.execute(f"grant all on schema public to {database}_owner")
        c.execute(f"alter default privileges for role {database}_owner grant usage, select on sequences to {database}_app")
