"""The page: choose, errors or counts, go; the worker's jobs are called as it would call them."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON
from tests.client_files import HEAD, big

from daybridge.access import clock, identity
from daybridge.access.actors import system
from daybridge.access.gate import Refused
from daybridge.access.policy import Role
from daybridge.care.placement.queries import stays_in_care
from daybridge.exchange import commands, jobs
from daybridge.exchange.models import ClientImport
from daybridge.exchange.queries import import_of, work_of

IMPORTER = system(Role.IMPORTER)


@pytest.fixture
def helen(cast):
    with clock.demo_time(NOON):
        yield sign_in(cast.helen)


def send(helen: Client, content: bytes, name: str = "clients.csv"):
    return helen.post(reverse("exchange:choose"), {"file": SimpleUploadedFile(name, content)})


def sent(cast, helen: Client, content: bytes):
    response = send(helen, content)
    assert response.status_code == 302
    import_id = uuid.UUID(response.url.split("/")[-2])
    jobs.check_clients(str(import_id))
    return import_id, helen.get(response.url).content.decode()


def say(helen: Client, what: str, import_id) -> str:
    response = helen.post(reverse(f"exchange:{what}", args=[import_id]), follow=True)
    return response.content.decode()


def stored(import_id) -> bytes | None:
    with identity.acting(IMPORTER):
        return ClientImport.objects.get(pk=import_id).content


def test_nothing_is_written_before_go_and_everything_after(cast, helen):
    key, text = sent(cast, helen, big(3))

    assert "This file is right" in text
    assert "Go: import 3 people" in text
    assert stays_in_care(cast.helen) == []

    assert "Waiting for the worker" in say(helen, "go", key)
    jobs.run_import(str(key))

    assert "3 people were added" in helen.get(reverse("exchange:import", args=[key])).content.decode()
    assert len(stays_in_care(cast.helen)) == 3
    assert stored(key) is None


def test_go_puts_one_job_before_the_worker(cast, helen):
    key, _ = sent(cast, helen, big(1))
    say(helen, "go", key)
    say(helen, "go", key)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = "
                       "'daybridge.import_clients' AND args->>'import_id' = %s", [str(key)])
        assert cursor.fetchone() == (1,)


def test_errors_are_listed_with_row_column_and_remedy_and_the_file_goes(cast, helen):
    key, text = sent(cast, helen, big(2).replace(b",en,", b",fr,"))

    assert "This file can&#x27;t be imported yet" in text or "can't be imported yet" in text
    assert "language" in text
    assert "Use one of: en, es." in text
    assert stored(key) is None
    assert "not waiting for a go" in say(helen, "go", key)


def test_the_file_is_kept_encrypted(cast, helen):
    key, _ = sent(cast, helen, big(2))

    assert b"Delgado" not in bytes(stored(key))
    assert work_of(IMPORTER, import_id=key).content == big(2)


def test_the_same_file_again_adds_nobody(cast, helen):
    for _ in range(2):
        key, text = sent(cast, helen, big(2))
        helen.post(reverse("exchange:go", args=[key]))
        jobs.run_import(str(key))

    assert "Nobody to add" in text
    assert len(stays_in_care(cast.helen)) == 2


def test_a_file_that_waits_for_its_go_can_be_cancelled(cast, helen):
    key, _ = sent(cast, helen, big(2))

    assert "Cancelled" in say(helen, "cancel", key)
    assert stored(key) is None


def test_cancelling_while_it_runs_leaves_nothing(cast, helen, monkeypatch):
    """The heartbeat's other connection can't see this test's rows; its answer is given here."""
    key, _ = sent(cast, helen, big(3))
    helen.post(reverse("exchange:go", args=[key]))
    monkeypatch.setattr("daybridge.exchange.import_clients.BATCH", 1)
    monkeypatch.setattr(commands, "move", lambda _who, _id, done, _total, at: done == 2)

    jobs.run_import(str(key))

    assert import_of(cast.helen, import_id=key).state == "cancelled"
    assert stays_in_care(cast.helen) == []
    assert stored(key) is None


def test_the_heartbeat_says_when_to_stop(cast, helen):
    key, _ = sent(cast, helen, big(3))
    helen.post(reverse("exchange:go", args=[key]))

    assert not commands.move(IMPORTER, key, 1, 3, at=NOON)
    assert "1 of 3" in helen.get(reverse("exchange:import", args=[key])).content.decode()
    say(helen, "cancel", key)
    assert commands.move(IMPORTER, key, 2, 3, at=NOON)


def test_a_worker_that_fell_silent_is_said_and_started_again(cast, helen):
    key, _ = sent(cast, helen, big(3))
    helen.post(reverse("exchange:go", args=[key]))

    with clock.demo_time(NOON + timedelta(minutes=5)):
        text = helen.get(reverse("exchange:import", args=[key])).content.decode()
        assert "No sign of the worker" in text
        assert "Start it again" in text
        assert "No sign of the worker" not in say(helen, "go", key)
        jobs.run_import(str(key))

    assert len(stays_in_care(cast.helen)) == 3


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ({}, "Choose a file first"),
        ({"file": SimpleUploadedFile("large.csv", b"x" * 10_050_000)}, "larger than 10 MB"),
        ({"file": SimpleUploadedFile("huge.csv", b"x" * 11_000_000)}, "larger than 10 MB"),
    ],
)
def test_what_is_no_file_or_too_large_is_said(helen, file, words):
    response = helen.post(reverse("exchange:choose"), file)

    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_file_nobody_lets_go_is_forgotten_after_a_day(cast, helen):
    key, _ = sent(cast, helen, big(2))

    commands.forget_files(IMPORTER, at=NOON + timedelta(hours=23))
    assert stored(key) is not None
    commands.forget_files(IMPORTER, at=NOON + timedelta(hours=25))
    assert stored(key) is None


def test_whoever_is_no_director_any_more_imports_nothing(cast, helen, monkeypatch):
    key, _ = sent(cast, helen, big(2))
    helen.post(reverse("exchange:go", args=[key]))
    monkeypatch.setattr(jobs, "director", lambda user_id: None)

    jobs.run_import(str(key))

    assert import_of(cast.helen, import_id=key).state == "failed"
    assert stays_in_care(cast.helen) == []


@pytest.mark.parametrize("first", ["sam", "nora", "vera", "pia", "maria"])
def test_the_page_is_the_directors_alone(cast, helen, first):
    key, _ = sent(cast, helen, big(2))
    other = sign_in(cast.everyone[first])

    assert send(other, f"{HEAD}\n".encode()).status_code == 403
    assert other.get(reverse("exchange:import", args=[key])).status_code == 403
    with pytest.raises(Refused):
        import_of(cast.everyone[first], import_id=key)
