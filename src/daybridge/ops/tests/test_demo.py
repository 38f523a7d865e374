"""The demo's story, short: a few people, a few days, all of it through the commands."""

import ast
import json
import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.urls import reverse

from daybridge.access import identity
from daybridge.clinic.programme.commands import AlreadySetUp, set_up
from daybridge.clinic.programme.models import Programme
from daybridge.ops import database, demo
from daybridge.ops.demo_people import Size, past_people, people_in_care
from daybridge.ops.tests.story_run import SIZE
from daybridge.pages import filling

TODAY = date(2026, 3, 18)
AFTERNOON, NEXT_WEEK = "2026-03-18T19:00:00+00:00", "2026-03-24T19:00:00+00:00"
OPS = Path(demo.__file__).parent


def start(*words: str) -> "subprocess.Popen[str]":
    name = f"{settings.DAYBRIDGE.database}_story"
    return subprocess.Popen(
        [sys.executable, "-m", "daybridge.ops.tests.story_run", *words], text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DAYBRIDGE_TEST_DATABASE": name},
        stdout=subprocess.PIPE,
    )


def run(*words: str) -> str:
    process = start(*words)
    said, _ = process.communicate()
    assert process.returncode == 0
    return said


@pytest.fixture(scope="module")
def story(django_db_setup):
    """A story that was killed in its past, went on, and lived six days more."""
    run("fresh")
    killed = start("load", AFTERNOON)
    for line in killed.stdout:
        if " 4 of 12 months" in line:
            break
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    killed.stdout.close()
    at_the_kill = json.loads(run("tell"))
    run("load", AFTERNOON)
    whole = json.loads(run("tell"))
    run("load", NEXT_WEEK)
    return at_the_kill, whole, json.loads(run("tell"))


def begun() -> list[str]:
    people = [*people_in_care(TODAY, SIZE), *past_people(TODAY, SIZE)]
    return sorted(str(stay.begins) for person in people for stay in person.stays)


def test_a_killed_story_goes_on_without_telling_anything_twice(story):
    killed, whole, _ = story

    assert killed["marks"]["desks"] == 1
    assert killed["marks"]["behind"] < str(TODAY - timedelta(days=15))
    assert whole["marks"]["behind"] == str(TODAY - timedelta(days=15))
    assert whole["stays"] == begun()
    assert whole["held_twice"] == 0
    assert whole["calls"] - killed["calls"] == len(begun()) - len(killed["stays"])


def test_the_story_has_sessions_until_today_and_an_alert_that_nobody_has_taken(story):
    _, whole, _ = story

    assert whole["attended"][-1] == str(TODAY)
    assert whole["attended"][0] < str(TODAY - timedelta(days=15))
    assert whole["alerts"] == 1


def test_each_page_of_the_chart_and_today_have_something_to_show(story):
    _, whole, later = story
    record = whole["record"]

    assert [name for name, rows in record["rows"].items() if not rows] == []
    assert min(record["open_needs"], record["notes_due"], record["stops"]) > 0
    assert later["record"]["rows"]["Response"] > record["rows"]["Response"]
    assert later["record"]["rows"]["Note"] > record["rows"]["Note"]


def test_what_the_record_is_measured_by_has_cases_in_the_demo(story):
    measured = story[1]["record"]["measured"]

    assert [one for one, cases in measured.items() if not cases] == []


def test_a_later_run_lives_the_missing_days(story):
    _, whole, later = story

    assert later["marks"]["lived"] == "2026-03-23"
    assert later["attended"][-1] == "2026-03-24"
    assert later["closed"] > whole["closed"]
    assert set(whole["stays"]) <= set(later["stays"])


def test_a_year_has_about_sixty_in_care_and_two_hundred_and_fifty_past_ones_with_returns():
    current, past = people_in_care(TODAY, Size()), past_people(TODAY, Size())

    assert sum(person.stays[0].ends is None for person in current) == 60
    assert len(past) == 250
    assert sum(len(person.stays) == 2 for person in past) >= 10
    assert len({person.name for person in [*current, *past]}) == len(current) + len(past)
    for person in past:
        days = [day for stay in person.stays for day in (stay.begins, stay.ends)]
        assert days == sorted(days)
        assert days[-1] < TODAY - timedelta(days=14)


def test_the_demo_is_made_by_commands_never_by_sql():
    """No table is imported, and the only statement reads."""
    for path in OPS.glob("demo*.py"):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert not (node.module or "").endswith(".models"), path.name
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                first = (node.value.split() or [""])[0]
                assert first not in {"INSERT", "UPDATE", "DELETE", "COPY", "TRUNCATE"}, path.name
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"objects", "bulk_create", "save"}, path.name


def test_a_real_installation_has_no_story(cast, monkeypatch):
    real = settings.DAYBRIDGE.model_copy(update={"kind": "real"})
    monkeypatch.setattr(settings, "DAYBRIDGE", real)

    assert demo.main(["--quiet"]) == 1
    assert filling.words() == ""


def test_a_demo_database_never_becomes_a_real_one(cast):
    with pytest.raises(database.WrongKind, match="stays so"):
        database.check_kind("real", "daybridge")
    with pytest.raises(AlreadySetUp):
        set_up(cast.helen, name="Real", kind="real", phone="", crisis_phone="", address="",
               at=demo.datetime.now(demo.UTC))
    for words, change in (("stays one for ever", lambda: Programme.objects.update(kind="real")),
                          ("permission denied", Programme.objects.all().delete)):
        with (pytest.raises(DatabaseError, match=words), transaction.atomic(),
              identity.acting(cast.helen)):
            change()


def test_every_page_tells_how_far_the_loading_is_until_it_is_done(cast, client):
    def pages() -> list[str]:
        return [client.get(reverse("account_login")).content.decode(),
                client.get("/", follow=True).content.decode()]

    filling.tell("The clinic is being filled: 12 of 63 people.")
    try:
        assert "12 of 63 people" in pages()[0]
        client.post(reverse("access:demo_sign_in"), {"email": "nora@clinic.example"})
        assert "12 of 63 people" in pages()[1]
    finally:
        filling.forget()
    assert "being filled" not in pages()[1]
