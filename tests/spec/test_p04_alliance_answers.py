"""P04: how a client rates the alliance is read by the client and the supervisor."""

import pytest
from django.db import connection

from daybridge.access import clock, identity
from daybridge.access.gate import Refused
from daybridge.care.instruments.commands_alliance import answer_check, begin_check, finish_check
from daybridge.care.instruments.queries import due
from daybridge.care.instruments.queries_alliance import checks_of
from daybridge.care.instruments.rules_due import Care
from daybridge.clinic.tasks.queries import tasks_of
from tests.access.test_canary_matrix import ACTORS, addresses, sign_in
from tests.canaries import plant
from tests.cast import MONDAY

CANARY = "Alliancemaria"
SHEET = {"understood": "9", "topics": "9", "way": "9", "respected": "9"}


def rated(cast, **change):
    maria = {"client_id": cast.maria.client_id, "at": MONDAY}
    one = begin_check(cast.maria.account, **maria, name="session_check", language="en")
    for item, value in {**SHEET, **change}.items():
        answer_check(cast.maria.account, **maria, response_id=one, item=item, typed=[value], version=0)
    return one


def finished(cast, one):
    finish_check(cast.maria.account, client_id=cast.maria.client_id, response_id=one, at=MONDAY)


def test_the_rated_counsellor_reads_no_answer_about_the_alliance(cast):
    """Neither by query nor by raw SQL: the counsellor's rows are none, the supervisor's are there."""
    finished(cast, rated(cast))
    assert [row.score for row in checks_of(cast.vera, client_id=cast.maria.client_id)] == [36]
    with pytest.raises(Refused):
        checks_of(cast.nora, client_id=cast.maria.client_id)
    seen = {}
    for who in ("nora", "osei", "helen", "vera"):
        with identity.acting(getattr(cast, who), at=MONDAY), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM instruments_allianceanswer")
            seen[who] = cursor.fetchone()[0]
    assert seen == {"nora": 0, "osei": 0, "helen": 0, "vera": 4}


def test_no_page_of_anybody_else_holds_a_word_about_the_alliance(cast, monkeypatch):
    """A canary in Maria's check: every address as those who work with her; only two may meet it."""
    ids = plant(cast)
    with identity.acting(cast.maria.account, at=MONDAY), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO instruments_allianceanswer
                 (client_id, response_id, item, value, by_id, by_client, at)
               VALUES (%s, %s, 'topics', %s, %s, true, now())""",
            [cast.maria.client_id, ids["check_id"], f'"{CANARY}"', cast.maria.account.user_id])
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    met = []
    for first in ("nora", "osei", "helen", "ruth", "ana"):
        assert first in ACTORS
        browser = sign_in(cast.everyone[first])
        met += [(first, address) for address in addresses(cast, ids)
                if "instruments" in address or "/my/" in address or address.endswith("/today/")
                if CANARY in browser.get(address).content.decode()]
    assert met == []


def test_a_low_line_opens_a_task_that_says_no_more_than_ask(cast):
    """The counsellor gets "ask how it is going", never the score."""
    finished(cast, rated(cast, way="5"))
    (task,) = [row for row in tasks_of(cast.nora, client_id=cast.maria.client_id, at=MONDAY)
               if row.title == "Ask how it is going"]
    assert not any(digit in task.why.replace("7 days", "") for digit in "0123456789")


def test_whether_a_check_was_filled_is_not_told_to_the_counsellor_either(cast):
    """A due list that named it would tell who did not fill it."""
    care = [Care(cast.maria.client_id, MONDAY.date().replace(day=1), "iop")]
    of = {who: {row.instrument for row in due(getattr(cast, who), care=care, on=MONDAY.date())}
          for who in ("nora", "vera")}
    assert "session_check" in of["vera"]
    assert "session_check" not in of["nora"]
