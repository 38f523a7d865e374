"""The launcher: whoever comes first starts it, a killed server comes back, stop stops it."""

import os
import signal

import psycopg
import pytest

from daybridge.ops import postgres
from daybridge.site.config import load_config
from daybridge.site.secrets import load_secrets


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home of its own, with a running server."""
    folder = tmp_path_factory.mktemp("home")
    for parent in (folder, *folder.parents):
        if str(parent).startswith("/tmp/pytest"):
            parent.chmod(0o755)  # as root the server runs as another user
    postgres.ensure(folder, fsync=False)
    yield folder
    postgres.stop(folder)


def pid(home) -> int:
    return int((postgres.data_dir(home) / "postmaster.pid").read_text().splitlines()[0])


def test_a_second_start_finds_the_first_server(home):
    before = pid(home)

    postgres.ensure(home, fsync=False)

    assert pid(home) == before


def test_nobody_gets_in_without_the_password(home):
    server = postgres.ensure(home, fsync=False)

    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=server.host, port=server.port, user="postgres", password="guess")


def test_a_killed_server_comes_back_with_what_was_committed(home):
    server = postgres.ensure(home, fsync=False)
    with psycopg.connect(server.superuser_dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(pid(home), signal.SIGKILL)

    again = postgres.ensure(home, fsync=False)

    with psycopg.connect(again.superuser_dsn) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_secrets_are_made_once_and_read_by_their_owner_alone(home):
    assert load_secrets(home) == load_secrets(home)
    assert (home / "secrets.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [("DAYBRIDGE_PORT", "99999999", "PORT"), ("DAYBRIDGE_KIND", "toy", "KIND"),
     ("DAYBRIDGE_TIME_ZONE", "Mars/Olympus", "TIME_ZONE"), ("DAYBRIDGE_WORKERS", "many", "WORKERS")],
)
def test_a_bad_setting_is_named_at_start(monkeypatch, name, value, word):
    monkeypatch.setenv(name, value)

    with pytest.raises(SystemExit, match=word):
        load_config()
