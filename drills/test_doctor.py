"""`daybridge doctor` in a home where things are wrong: what is wrong, and the remedy, never a traceback."""

import re
import shutil

import pytest

from daybridge.ops import postgres
from drills.house import ROOT, copied, folder, say

BAD_SETTINGS = {
    "DAYBRIDGE_PORT": ("eighty", "Setting DAYBRIDGE_PORT"),
    "DAYBRIDGE_TIME_ZONE": ("Mars/Base", "must be a time zone"),
    "DAYBRIDGE_KIND": ("practice", "Setting DAYBRIDGE_KIND"),
    "DAYBRIDGE_TEXT_URL": ("http://sms.example.org", "must begin with https://"),
    "DATABASE_URL": ("no address", "problem  database"),
    "DATABASE_URL ": ("postgresql://nobody@127.0.0.1:1/postgres", "problem  database"),
}


@pytest.fixture(scope="module")
def home(template):
    """A settled clinic whose database runs, without web and worker."""
    with copied(template[0]) as house:
        postgres.ensure(house.home)
        house.program("migrate")
        yield house


def told(done, *words: str) -> None:
    """It found something, said it, and did not break."""
    shown = done.stdout + done.stderr
    assert done.returncode == 1, shown
    assert "Traceback" not in shown, shown
    for one in words:
        assert one in shown, shown


def problems(done) -> set[str]:
    return set(re.findall(r"^problem  ([^:]+):", done.stdout, re.MULTILINE))


def test_what_is_wrong_and_the_remedy(home):
    path = home.home / "secrets.json"

    path.chmod(0o644)
    open_to_all = home.program("doctor")
    path.chmod(0o600)
    told(open_to_all, "problem  secrets: others may read them.", f"chmod 600 {path}")

    path.rename(home.home / "away")
    path.write_text("{half")
    path.chmod(0o600)
    half = home.program("doctor")
    path.unlink()
    (home.home / "away").rename(path)
    told(half, "problem  secrets: they can't be read.", "backup")

    told(home.program("doctor"), "problem  worker: none runs. Start it: daybridge run.")
    say("doctor: open secrets, broken secrets, no worker: each said with its remedy")


@pytest.mark.parametrize("name", BAD_SETTINGS)
def test_a_wrong_setting_is_named(home, name):
    value, words = BAD_SETTINGS[name]

    told(home.program("doctor", **{name.strip(): value}), words)


def test_a_database_that_does_not_run(home):
    postgres.stop(home.home)
    done = home.program("doctor")
    postgres.ensure(home.home)

    told(done, "problem  database: it does not run. Start it: daybridge run.")


def test_the_ui_kit_is_missing(home):
    """A checkout without node_modules: pages would stand there without their looks."""
    checkout = folder()
    try:
        shutil.copytree(ROOT / "src", checkout / "src")
        done = home.program("doctor", PYTHONPATH=f"{checkout / 'src'}:{ROOT}")
    finally:
        shutil.rmtree(checkout)

    told(done, "problem  UI kit", "make run")


def test_a_home_that_can_not_be_written(home):
    """The home's path is a file."""
    taken = home.home / "taken"
    taken.write_text("")

    told(home.program("doctor", DAYBRIDGE_HOME=str(taken)), "problem  home folder", "DAYBRIDGE_HOME")
    assert problems(home.program("doctor", DAYBRIDGE_HOME=str(taken))) >= {"home folder"}


def test_the_database_refuses_a_folder_that_all_may_read(home, monkeypatch):
    """PostgreSQL does not start on such a folder; the reason stands in its log, and here."""
    postgres.stop(home.home)
    data = postgres.data_dir(home.home)
    data.chmod(0o777)
    monkeypatch.setattr(postgres, "START_SECONDS", 2)
    with pytest.raises(postgres.CannotStart, match=r"postgres\.log"):
        postgres.ensure(home.home)
    done = home.program("doctor")
    data.chmod(0o700)
    postgres.ensure(home.home)

    told(done, "it does not run. Its log says: data directory", "has invalid permissions")
