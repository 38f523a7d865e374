"""What PostgreSQL itself enforces."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from daybridge.access.rls import SIGN_IN_TABLES, class_of

LIBRARIES = {
    "contenttypes",
    "auth",
    "sessions",
    "account",
    "mfa",
    "procrastinate",
    "pghistory",
}


def our_tables() -> set[str]:
    return {
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.managed and class_of(model) is not None
    } | set(SIGN_IN_TABLES)


def test_every_model_names_its_data_class():
    nameless = [
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label not in LIBRARIES and class_of(model) is None
    ]
    assert nameless == ["IdentityKey"], "only the signing key has no class: nobody reads it"


@pytest.mark.django_db
def test_row_level_security_is_on_and_forced_for_every_table_of_ours():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' "
            "AND relrowsecurity AND relforcerowsecurity"
        )
        forced = {row[0] for row in cursor.fetchall()}
    assert our_tables() - forced == set()


@pytest.mark.django_db
def test_the_programs_login_owns_nothing_and_bypasses_nothing():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles "
            "WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_no_view_runs_with_its_owners_rights():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE c.relkind = 'v' AND n.nspname = 'public' "
            "AND NOT coalesce(c.reloptions::text, '') LIKE '%security_invoker=true%'"
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration():
    """An empty database is made from the models: they and the migrations say the same."""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
