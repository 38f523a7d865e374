"""What every request keeps: one answer for one key, drafts of one's own, a lock that holds."""

import psycopg
import pytest
from django.conf import settings
from django.urls import reverse

from daybridge.access import identity, seal
from daybridge.access.drafts import draft_of, save_draft
from daybridge.access.models import AuditEvent
from daybridge.ops import postgres
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON, PASSWORD


def test_a_locked_session_shows_nothing_until_the_password_is_given(cast):
    browser = sign_in(cast.helen)
    assert browser.post(reverse("access:lock")).status_code == 204

    locked = browser.get(reverse("pages:nothing_here"))
    wrong = browser.post(reverse("access:unlock"), {"password": "guess", "next": "/"})
    browser.post(reverse("access:unlock"), {"password": PASSWORD, "next": "/"})
    opened = browser.get(reverse("pages:nothing_here"))

    assert (locked.status_code, wrong.status_code, opened.status_code) == (423, 403, 200)


def test_unlocking_never_leads_elsewhere(cast):
    browser = sign_in(cast.helen)

    answer = browser.post(
        reverse("access:unlock"), {"password": PASSWORD, "next": "https://evil.example/"}
    )

    assert answer.headers["Location"] == "/"


def test_a_draft_keeps_words_and_forgets_secrets(cast):
    browser = sign_in(cast.nora)

    browser.post(reverse("access:draft", args=["note-1"]), {"text": "half a", "password": "x"})

    with identity.acting(cast.nora):
        assert draft_of(cast.nora, "note-1").fields == {"text": "half a"}


def test_a_draft_is_its_authors_alone(cast):
    with identity.acting(cast.nora):
        save_draft(cast.nora, "note-1", {"text": "mine"}, at=NOON)

    with identity.acting(cast.helen):
        assert draft_of(cast.nora, "note-1") is None


@pytest.fixture
def superuser(django_db_setup):
    """Somebody with every right in the database, who goes round the triggers."""
    server = postgres.ensure(settings.DAYBRIDGE.home)
    with psycopg.connect(
        server.superuser_dsn, dbname=settings.DAYBRIDGE.database, autocommit=True
    ) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


@pytest.mark.parametrize(
    ("deed", "undo", "finding"),
    [
        (
            "UPDATE access_auditevent SET act = 'nothing' WHERE id = 3",
            "UPDATE access_auditevent SET act = '{act}' WHERE id = 3",
            "event 3 (link 3) was changed",
        ),
        (
            "UPDATE access_auditevent SET id = -3 WHERE id = 3",
            "UPDATE access_auditevent SET id = 3 WHERE id = -3",
            "event 3 (link 3) was removed",
        ),
    ],
)
def test_what_a_superuser_changes_in_the_record_is_named(superuser, cast, deed, undo, finding):
    seal.seal_pending()
    assert seal.verify() == []
    act = superuser.execute("SELECT act FROM access_auditevent WHERE id = 3").fetchone()[0]

    superuser.execute(deed)
    findings = seal.verify()
    superuser.execute(undo.format(act=act))

    assert [line[: len(finding)] for line in findings] == [finding]


def test_a_cut_tail_is_seen_against_the_anchor(cast):
    seal.seal_pending()
    head = seal.head_now()

    assert seal.verify(head) == []
    assert seal.verify(seal.Head(head.count + 2, head.digest)) != []


def test_the_record_refuses_change(cast):
    from django.db import DatabaseError, transaction

    with (
        identity.acting(cast.helen),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        AuditEvent.objects.update(outcome="done")


def test_every_session_of_a_leaver_ends_at_once(cast):
    from daybridge.access.accounts import end_account

    browser = sign_in(cast.nora)
    assert browser.get(reverse("pages:front")).headers["Location"] != reverse("account_login")

    end_account(cast.helen, user_id=cast.nora.user_id, at=NOON)

    assert browser.get(reverse("pages:front")).headers["Location"] == reverse("account_login")


def test_staff_without_a_second_factor_set_one_up_first(cast, monkeypatch):
    monkeypatch.setattr(settings.DAYBRIDGE, "kind", "real")
    staff, client = sign_in(cast.nora), sign_in(cast.maria.account)

    assert staff.get(reverse("pages:today")).headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("pages:client_home")).status_code == 200


def test_a_real_clinic_has_no_demo_door(cast, monkeypatch):
    monkeypatch.setattr(settings.DAYBRIDGE, "kind", "real")
    from django.test import Client

    answer = Client().post(reverse("access:demo_sign_in"), {"email": "nora@clinic.example"})

    assert answer.status_code == 404


def test_a_password_signs_in_and_a_wrong_one_says_nothing_of_who_exists(cast):
    from django.test import Client

    browser = Client()
    known = browser.post(reverse("account_login"), {"login": "nora@clinic.example", "password": "no"})
    unknown = browser.post(reverse("account_login"), {"login": "x@clinic.example", "password": "no"})
    right = browser.post(
        reverse("account_login"), {"login": "nora@clinic.example", "password": PASSWORD}
    )

    assert (known.status_code, unknown.status_code) == (200, 200)
    assert [answer.content.decode().count("not correct") for answer in (known, unknown)] in ([1, 1], [2, 2])
    assert right.status_code == 302


def test_a_form_sent_twice_is_answered_once(cast):
    import uuid

    from daybridge.clinic.people.models import Client as Person

    browser, key = sign_in(cast.sam), str(uuid.uuid4())
    form = {"preferred_name": "Twice Sent", "language": "en", "_key": key}

    first = browser.post(reverse("people:new"), form)
    again = browser.post(reverse("people:new"), form)
    other = browser.post(reverse("people:new"), {**form, "preferred_name": "Other Words"})

    assert first.headers["Location"] == again.headers["Location"]
    assert other.status_code == 409
    with identity.acting(cast.sam):
        assert Person.objects.filter(preferred_name="Twice Sent").count() == 1


def test_two_people_editing_one_record_see_both_versions(cast):
    browser = sign_in(cast.sam)
    address = reverse("people:change", args=[cast.andre.client_id])
    form = {"preferred_name": "Andre N.", "legal_name": "", "birth_date": "", "pronouns": "", "version": 1}
    browser.post(address, form)

    late = browser.post(address, {**form, "preferred_name": "Andrew"})

    assert late.status_code == 409
    assert "Andre N." in late.content.decode()
    assert "Andrew" in late.content.decode()


def test_several_ticks_under_one_name_stay_several_in_a_draft(cast):
    browser = sign_in(cast.nora)

    browser.post(reverse("access:draft", args=["group"]), {"levels": ["iop", "php"], "title": "Sleep"})
    kept = browser.get(reverse("access:draft", args=["group"])).json()

    assert kept["fields"] == {"levels": ["iop", "php"], "title": "Sleep"}
    assert kept["saved"][:3].isalpha()
