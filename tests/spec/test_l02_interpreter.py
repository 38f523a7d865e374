"""L2. An interpreter is booked with the session; who needs one and has none is seen in time."""

from datetime import timedelta

import pytest

from daybridge.access import clock, identity
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.care.hours.room import room_of
from daybridge.care.schedule.commands_interpreter import (
    NotBooked,
    ask_for_interpreters,
    book_interpreter,
    give_up_interpreter,
)
from daybridge.care.schedule.queries import sessions
from daybridge.clinic.people.commands import change_profile
from daybridge.clinic.tasks.queries import tasks_of
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.story import MON, WEEK

JOBS = system(Role.SESSIONS)


@pytest.fixture
def group(cast, monkeypatch):
    """Maria needs an interpreter; her group is on Monday and Wednesday."""
    monkeypatch.setattr(clock, "now", lambda: MON)
    story.admitted(cast, cast.maria)
    groups = story.groups(cast)
    story.join_groups(cast, cast.maria, groups.monday, groups.wednesday)
    change_profile(cast.nora, client_id=cast.maria.client_id, language="es", needs_interpreter=True, at=MON)
    return [one.occurrence_id for one in sessions(cast.nora, first=WEEK, last=WEEK + timedelta(days=2))]


def books(cast, *ids, **changes):
    words = {"language": "Sign language", "who": "Ann Bell", "reach": "518-555-0190", "how": "room"}
    return book_interpreter(cast.nora, client_id=cast.maria.client_id, occurrence_ids=ids, at=MON,
                            **words | changes)


def lacking(cast):
    ask_for_interpreters(JOBS, at=MON)
    return [one.title for one in tasks_of(cast.nora, client_id=cast.maria.client_id, at=MON)
            if one.title.startswith("No interpreter")]


def in_room(cast, occurrence_id):
    with identity.acting(cast.nora, at=MON):
        return room_of(cast.nora, occurrence_id, at=MON).seats[0].interpreter


def test_a_session_without_one_is_a_task_two_days_ahead(cast, group):
    """Monday's and Wednesday's groups lack one: two tasks; asked again, still two; booked, none is new."""
    assert in_room(cast, group[0]) == "Needs an interpreter: none is booked."
    assert len(lacking(cast)) == 2
    assert len(lacking(cast)) == 2


def test_booked_for_several_sessions_in_one_act(cast, group):
    """Both are booked; the room says who; nobody is asked to look for one."""
    assert books(cast, *group) == 2

    assert in_room(cast, group[0]) == "Sign language: Ann Bell, in the room"
    assert lacking(cast) == []


def test_another_one_replaces_and_giving_up_is_seen(cast, group):
    """One interpreter a session: the second stands there; given up, it is missing again."""
    books(cast, group[0])
    books(cast, group[0], who="Two Tongues", how="phone")
    assert in_room(cast, group[0]) == "Sign language: Two Tongues, by telephone"

    give_up_interpreter(cast.nora, client_id=cast.maria.client_id, occurrence_id=group[0], at=MON)
    assert in_room(cast, group[0]) == "Needs an interpreter: none is booked."


@pytest.mark.parametrize("changes", [{"who": " "}, {"language": ""}, {"how": "pigeon"}])
def test_what_is_missing_is_said(cast, group, changes):
    """Nothing is booked by half."""
    with pytest.raises(NotBooked):
        books(cast, group[0], **changes)
    with pytest.raises(NotBooked, match="sessions"):
        books(cast)


def test_the_page_books_only_the_clients_own_sessions(cast, group):
    """A session of somebody else's is not taken; what was typed stays when something is missing."""
    browser, address = sign_in(cast.nora), f"/clients/{cast.maria.client_id}/groups/interpreter/"
    thursday = sessions(cast.nora, first=WEEK + timedelta(days=3), last=WEEK + timedelta(days=3))[0]
    sent = {"session": [thursday.occurrence_id], "language": "Spanish", "who": "Two Tongues", "how": "video"}
    refused = browser.post(address, sent)
    assert refused.status_code == 422
    assert b"Two Tongues" in refused.content

    browser.post(address, {**sent, "session": group})
    assert browser.get(address).content.decode().count("Spanish: Two Tongues, by video") == 2
    browser.post(address, {"give_up": group[0]})
    assert browser.get(address).content.decode().count("Spanish: Two Tongues, by video") == 1
