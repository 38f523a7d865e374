"""Somebody who leads a group sees its clients on that day, and on no other (scope L)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from daybridge.access import clock, identity
from daybridge.access.capabilities import Can
from daybridge.access.gate import Refused, may
from daybridge.care.hours import rules
from daybridge.care.hours.commands import Line, take_attendance
from daybridge.care.schedule.commands import change_session, join
from daybridge.care.schedule.queries import sessions
from daybridge.care.schedule.rules import Newcomer
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.story import WEEK, local

THURSDAY = WEEK + timedelta(days=3)
MORNING, NOON_ISH = local(THURSDAY, 8), local(THURSDAY, 12)


@pytest.fixture
def thursday(cast):
    """Maria, who is Nora's, in Paul's group of Thursday."""
    groups = story.groups(cast)
    story.admitted(cast, cast.maria)
    story.join_groups(cast, cast.maria, groups.thursday)
    return sessions(cast.paul, first=THURSDAY, last=THURSDAY)[0]


@pytest.fixture
def at(monkeypatch):
    """Set the clock."""
    def set_to(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)
    return set_to


def room(person, session):
    return sign_in(person).get(reverse("hours:room", args=[session.occurrence_id])).content.decode()


def sees(person, client):
    with identity.acting(person, at=clock.now()):
        return may(person, Can.SEE_NAMES, client_id=client.client_id)


def test_a_leader_sees_who_is_expected_before_the_group_is_opened(cast, thursday, at):
    at(MORNING)

    assert "Maria Delgado" in room(cast.paul, thursday)


def test_today_alone_lets_the_leader_reach_the_clients(cast, thursday, at):
    at(MORNING)
    assert not sees(cast.paul, cast.maria)

    sign_in(cast.paul).get(reverse("pages:today"))

    assert sees(cast.paul, cast.maria)


def test_a_leader_takes_the_attendance_of_other_peoples_clients(cast, thursday, at):
    at(NOON_ISH)
    browser, address = sign_in(cast.paul), reverse("hours:room", args=[thursday.occurrence_id])
    browser.post(address, {"do": "open"})
    opened = sessions(cast.paul, first=THURSDAY, last=THURSDAY)[0]
    line = Line(cast.maria.client_id, rules.Attendance.ATTENDED)
    take_attendance(cast.paul, occurrence_id=opened.occurrence_id, lines=[line],
                    client_ids=[line.client_id], version=opened.version, at=NOON_ISH)

    assert 'value="here" id="s1-here" checked'.replace("1", str(line.client_id)) in room(cast.paul, opened)


@pytest.mark.parametrize("days", [-1, 1])
def test_on_other_days_the_leader_sees_nobody(cast, thursday, at, days):
    at(MORNING)
    room(cast.paul, thursday)

    at(MORNING + timedelta(days=days))

    assert "Maria Delgado" not in room(cast.paul, thursday)
    assert not sees(cast.paul, cast.maria)


def test_somebody_who_does_not_lead_sees_nobody(cast, thursday, at):
    at(MORNING)

    assert "Maria Delgado" not in room(cast.iris, thursday)


def test_somebody_who_joins_later_that_day_is_seen_too(cast, thursday, at):
    at(MORNING)
    room(cast.paul, thursday)
    other = story.somebody(cast, "Rosa Cole")
    story.inquire(cast, other, at=story.MON)
    newcomer = Newcomer("iop", frozenset({"en"}))
    join(cast.helen, client_id=other.client_id, series_id=thursday.series_id,
         from_day=THURSDAY, newcomer=newcomer, at=MORNING)

    assert "Rosa Cole" in room(cast.paul, thursday)


def test_a_substitute_leads_that_day_and_the_usual_leader_does_not(cast, thursday, at):
    at(MORNING)
    room(cast.paul, thursday)

    answer = sign_in(cast.vera).post(
        reverse("hours:substitute", args=[thursday.occurrence_id]),
        {"leader": cast.iris.user_id},
    )

    assert answer.status_code == 302
    assert "Maria Delgado" in room(cast.iris, thursday)
    assert "Maria Delgado" not in room(cast.paul, thursday)
    assert sessions(cast.vera, first=THURSDAY, last=THURSDAY)[0].leader == "Iris Chan"
    later = sessions(cast.vera, first=THURSDAY + timedelta(days=7), last=THURSDAY + timedelta(days=7))
    assert later[0].leader == "Paul Reyes"


def test_no_client_leads_and_a_technician_names_nobody(cast, thursday, at):
    at(MORNING)
    address = reverse("hours:substitute", args=[thursday.occurrence_id])

    nobody = sign_in(cast.vera).post(address, {"leader": cast.maria.account.user_id})
    desk = sign_in(cast.tom).post(address, {"leader": cast.iris.user_id})

    assert (nobody.status_code, desk.status_code) == (422, 403)


def test_a_moved_session_lets_its_former_leader_go(cast, thursday, at):
    at(MORNING)
    room(cast.paul, thursday)

    change_session(cast.vera, occurrence_id=thursday.occurrence_id, starts_at=thursday.starts_at,
                   minutes=180, room_id=cast.rooms["Room 2"], leader_id=cast.iris.user_id, at=MORNING)

    with pytest.raises(Refused):
        take_attendance(cast.paul, occurrence_id=thursday.occurrence_id, lines=[],
                        client_ids=[cast.maria.client_id], version=2, at=NOON_ISH)
