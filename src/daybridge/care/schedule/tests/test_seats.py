"""Who is to be where: the one statement behind boards, charts and arrivals."""

from datetime import timedelta

import pytest
from tests import story
from tests.story import MON, WEEK

from daybridge.care.schedule.commands import give_up_seat, leave
from daybridge.care.schedule.queries import seats, sessions

NEXT = WEEK + timedelta(days=7)


@pytest.fixture
def milo(cast):
    """Milo in the Monday and the Wednesday group."""
    groups = story.groups(cast)
    milo = story.somebody(cast, "Milo Berg")
    story.join_groups(cast, milo, groups.monday, groups.wednesday)
    return milo, groups


def days(cast, person, **more):
    found = seats(cast.nora, first=WEEK, last=NEXT, of={person.client_id}, **more)
    return [row.day for row in found]


def test_the_last_day_of_a_membership_belongs_to_it(cast, milo):
    person, groups = milo
    leave(cast.sam, client_id=person.client_id, series_id=groups.monday, until_day=WEEK, at=MON)

    assert days(cast, person) == [WEEK, WEEK + timedelta(days=2)]


def test_a_seat_given_up_singly_is_left_out(cast, milo):
    person, _ = milo
    monday = sessions(cast.nora, first=WEEK, last=WEEK)[0]
    give_up_seat(cast.sam, client_id=person.client_id, occurrence_id=monday.occurrence_id, at=MON)

    assert days(cast, person) == [WEEK + timedelta(days=2), NEXT]


def test_one_leaders_seats_are_of_the_sessions_they_lead(cast, milo):
    person, _ = milo

    assert len(days(cast, person, led_by=cast.nora.user_id)) == 3
    assert days(cast, person, led_by=cast.paul.user_id) == []
