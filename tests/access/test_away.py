"""The database fails in the middle of a request: words, what was typed, its key; never a 500."""

import psycopg
import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.test import TestCase
from django.urls import reverse

from daybridge.access import aside, away, identity, room
from daybridge.access.models import AuditEvent
from tests.access.test_canary_matrix import sign_in

KEY = "0b0e7a3c-8f9e-4a52-9c58-0d8a1c2f7e11"
TYPED = {"name": "Rosa Lindqvist", "reason": "She called <b>twice</b>.", "_key": KEY, "password": "secret"}


@pytest.fixture
def browser(cast):
    found = sign_in(cast.sam)
    found.raise_request_exception = False
    return found


def fails(error):
    def instead(*_args, **_kwargs):
        raise error

    return instead


def full() -> OperationalError:
    error = OperationalError("could not extend file: No space left on device")
    error.__cause__ = psycopg.errors.DiskFull()
    return error


@pytest.mark.parametrize("error", [OperationalError("server closed"), InterfaceError("closed"), full()])
def test_a_form_comes_back_with_its_words_and_its_key(browser, monkeypatch, error):
    monkeypatch.setattr("daybridge.care.intake.views.clock.now", fails(error))

    answer = browser.post(reverse("intake:new"), TYPED)

    shown = answer.content.decode()
    assert answer.status_code == 503
    assert "What you typed is kept in this page" in shown
    assert "Rosa Lindqvist" in shown
    assert "&lt;b&gt;twice" in shown
    assert KEY in shown
    assert "secret" not in shown
    assert ("The disk is full" in shown) is away.is_full(error)


def test_a_page_that_can_not_be_read_says_so(browser, monkeypatch):
    monkeypatch.setattr("daybridge.access.middleware.actor_of", fails(OperationalError("gone")))

    answer = browser.get(reverse("intake:desk"))

    assert answer.status_code == 503
    assert "The database does not answer" in answer.content.decode()


def test_with_little_room_nothing_is_saved_and_all_is_read(browser, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "DATABASE_FOLDER", tmp_path)
    monkeypatch.setattr(room, "LEAST_BYTES", 10**18)

    saved = browser.post(reverse("intake:new"), TYPED)
    draft = browser.post(reverse("access:draft", args=["note-1"]), {"text": "half a"})
    read = browser.get(reverse("intake:desk"))

    assert (saved.status_code, draft.status_code, read.status_code) == (503, 503, 200)


def test_a_read_without_room_for_its_record_is_shown_and_recorded_later(browser, cast, monkeypatch):
    before = reads(cast)
    with monkeypatch.context() as patch:
        patch.setattr("daybridge.access.audit.record_read", fails(full()))
        shown = browser.get(reverse("intake:desk"))
    between = reads(cast)
    with TestCase.captureOnCommitCallbacks(execute=True):
        browser.get(reverse("tasks:list"))

    assert shown.status_code == 200
    assert between == before
    assert reads(cast) == sorted([*before, "intake:desk", "record.kept_in_memory", "tasks:list"])
    assert aside._waiting == []


def reads(cast) -> list[str]:
    with identity.acting(cast.helen):
        found = AuditEvent.objects.filter(user_id=cast.sam.user_id)
        return sorted(found.values_list("act", flat=True))
