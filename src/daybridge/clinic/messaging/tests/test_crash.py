"""A worker that dies while it sends, and two workers at once: on rows that are committed.

These two can't live in a transaction that is rolled back; they tidy up as the owner.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connections, transaction

from daybridge.access import clock, identity
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.clinic.messaging import jobs
from daybridge.clinic.messaging.commands import Note, queue
from daybridge.clinic.messaging.commands_deliver import claim
from daybridge.clinic.messaging.models import Message
from daybridge.clinic.messaging.rules import UNSURE_AFTER, Shown, State, Via, shown_state
from daybridge.clinic.messaging.rules_words import Template
from daybridge.clinic.messaging.tests.servers import text_provider
from daybridge.clinic.people.models import Client

WORKER = "import django; django.setup(); from daybridge.clinic.messaging import jobs; jobs.send_due()"


@pytest.fixture
def provider():
    with text_provider(at_once=False) as one:
        yield one


@pytest.fixture
def message_id(django_db_setup, django_db_blocker, provider, monkeypatch):
    """One committed message that is due, at whatever hour the tests run."""
    named = {"text_url": provider.url, "text_token": "t"}
    monkeypatch.setattr(settings, "DAYBRIDGE", settings.DAYBRIDGE.model_copy(update=named))
    sessions, at = system(Role.SESSIONS), clock.now()
    with django_db_blocker.unblock():
        with transaction.atomic(), identity.acting(jobs.MESSENGER):
            andre = Client.objects.get(preferred_name="Andre Novak").pk
        note = Note(Template.TIME, {"when": "Thu 10:30"}, at, is_safety=True)
        yield queue(sessions, client_id=andre, via=Via.TEXT, note=note, language="en", at=at)
        with connections["owner"].cursor() as cursor:
            cursor.execute("DELETE FROM messaging_message")
            cursor.execute("DELETE FROM procrastinate_jobs")
        connections.close_all()


def state_of(message_id, at) -> Shown:
    with transaction.atomic(), identity.acting(jobs.MESSENGER):
        row = Message.objects.get(pk=message_id)
    return shown_state(State(row.state), claimed_at=row.claimed_at, error=row.error, at=at)


def test_a_worker_killed_while_it_sends_leaves_a_message_nobody_sends_again(message_id, provider):
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings",
             "DAYBRIDGE_TEXT_URL": provider.url, "DAYBRIDGE_TEXT_TOKEN": "t"},
    )
    assert provider.has_got_one.wait(60)
    worker.kill()
    worker.wait()
    provider.may_answer.set()
    now = clock.now()
    assert state_of(message_id, now) is Shown.SENDING
    assert state_of(message_id, now + UNSURE_AFTER) is Shown.UNKNOWN
    with clock.demo_time(now + timedelta(hours=2)):
        assert jobs.send_due() == 0
    assert len(provider.got) == 1


def test_the_messenger_is_woken_at_once(message_id):
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT task_name, status FROM procrastinate_jobs WHERE queueing_lock = 'send'")
        assert cursor.fetchall() == [("daybridge.send_messages", "todo")]


def claim_beside() -> object:
    """Claim as another worker would, on a connection of its own."""
    try:
        return claim(jobs.MESSENGER, at=clock.now())
    finally:
        connections.close_all()


def test_two_workers_never_claim_the_same_message(message_id):
    with ThreadPoolExecutor(1) as other, transaction.atomic():
        mine = claim(jobs.MESSENGER, at=clock.now())
        assert other.submit(claim_beside).result(timeout=20) is None  # goes past it, does not wait
    assert mine.message_id == message_id
    assert claim_beside() is None
