"""A client's request has a clock, one extension, an answer with its ground."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import NOON

from daybridge.access import identity
from daybridge.access.gate import Refused
from daybridge.clinic.tasks.queries import tasks_of
from daybridge.documents.commands import NoConsent
from daybridge.documents.commands_requests import NotPossible, answer_request, extend_request, make_request
from daybridge.documents.queries_requests import open_requests, requests_of
from daybridge.documents.rules_requests import Outcome, RequestKind, State, due_on, extended, state
from daybridge.documents.tests.test_release import given as consent_given
from daybridge.documents.tests.test_release import send

TODAY = NOON.date()
DAY = timedelta(days=1)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-5, 80))
def test_the_clock_is_thirty_days_and_the_last_day_is_in_time(received, later):
    due, today = due_on(received), received + later * DAY
    assert (due - received).days == 30
    assert (extended(due) - received).days == 60
    assert (state(due, today, answered=False) is State.OVERDUE) == (later > 30)
    assert state(due, today, answered=True) is State.ANSWERED


def ask(cast, kind=RequestKind.COPY, *, by=None, **more):
    return make_request(by or cast.nora, client_id=cast.maria.client_id, kind=kind, today=TODAY, at=NOON,
                        **{"words": "All of it", "received_on": TODAY - 3 * DAY, **more})


def reply(cast, request_id, outcome=Outcome.GRANTED, *, by=None, ground="", words="Here it is."):
    answer_request(by or cast.pia, client_id=cast.maria.client_id, request_id=request_id, outcome=outcome,
                   ground=ground, words=words, at=NOON)


def test_a_client_asks_and_the_day_of_the_answer_is_a_task(cast):
    ask(cast, by=cast.maria.account)

    (row,) = open_requests(cast.pia)
    assert (row.received_on, row.due_on) == (TODAY - 3 * DAY, TODAY + 27 * DAY)
    with identity.acting(cast.helen, at=NOON):
        (task,) = tasks_of(cast.helen, client_id=cast.maria.client_id, at=NOON)
    assert (task.title, task.due_at.date()) == ("Answer a request about the record", row.due_on)


def test_one_extension_with_words_and_no_second(cast):
    one = {"client_id": cast.maria.client_id, "request_id": ask(cast)}
    with pytest.raises(NotPossible, match="Write to the client"):
        extend_request(cast.pia, **one, words=" ", at=NOON)
    extend_request(cast.pia, **one, words="The archive is slow; by 10 January.", at=NOON)

    assert open_requests(cast.pia)[0].due_on == TODAY + 57 * DAY
    with pytest.raises(NotPossible, match="second time"):
        extend_request(cast.pia, **one, words="again", at=NOON)


def test_a_refusal_names_its_ground_and_an_answer_stands(cast):
    one = ask(cast, RequestKind.AMENDMENT)
    with pytest.raises(NotPossible, match="ground"):
        reply(cast, one, Outcome.REFUSED, ground="danger")
    reply(cast, one, Outcome.REFUSED, ground="accurate", words="We looked; it is right.")

    (row,) = requests_of(cast.maria.account, client_id=cast.maria.client_id)
    assert (row.outcome, row.answer, row.answered_by) == (
        "refused", "We looked; it is right.", cast.pia.user_id)
    assert "164.526" in row.ground_words
    with pytest.raises(NotPossible, match="answered already"):
        reply(cast, one)


def test_an_agreed_restriction_shuts_the_door_until_a_later_consent_names_the_party(cast):
    consent_given(cast)
    one = ask(cast, RequestKind.RESTRICTION, party="Harbor Clinic")
    send(cast)
    reply(cast, one, words="Agreed.")

    with pytest.raises(NoConsent, match="agreed to tell Harbor Clinic nothing"):
        send(cast)
    consent_given(cast, at=NOON + timedelta(minutes=5))
    send(cast, at=NOON + timedelta(minutes=6))


@pytest.mark.parametrize(("kind", "more", "words"), [
    (RequestKind.COPY, {"received_on": TODAY + DAY}, "still ahead"),
    (RequestKind.RESTRICTION, {}, "whom"), (RequestKind.AMENDMENT, {"words": " "}, "what is wrong"),
])
def test_a_request_that_lacks_something_says_what(cast, kind, more, words):
    with pytest.raises(NotPossible, match=words):
        ask(cast, kind, **more)


def test_only_the_privacy_officer_and_the_director_answer(cast):
    one = ask(cast)
    for actor in (cast.nora, cast.vera, cast.sam, cast.maria.account):
        with pytest.raises(Refused):
            reply(cast, one, by=actor)
    reply(cast, one, by=cast.helen)
