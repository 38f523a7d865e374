"""L2. One client's groups, proposed at admission so that the hours are reached; a person gives them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.access import clock
from daybridge.care.schedule.commands_apart import keep_apart
from daybridge.care.schedule.queries import memberships_of
from daybridge.care.schedule.rules import Newcomer
from daybridge.care.weekplan import rules_place
from daybridge.care.weekplan.queries_place import offer_for
from daybridge.care.weekplan.rules import Meeting, Member
from daybridge.care.weekplan.rules_place import offered
from daybridge.clinic.calendar.commands import give_client_week
from daybridge.clinic.calendar.rules import Window
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON
from tests.story import WEEK


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def groups(cast):
    """Maria is admitted to nine hours a week; four groups of three hours meet, she is in none."""
    story.admitted(cast, cast.maria)
    return story.groups(cast)


def offer(cast, **more):
    return offer_for(cast.nora, client_id=cast.maria.client_id, from_day=WEEK, **more)


def windows(cast, days):
    give_client_week(cast.nora, client_id=cast.maria.client_id, from_day=WEEK, at=NOON,
                     windows=tuple(Window(day, 540, 1020) for day in days))


def test_the_prescribed_hours_are_proposed_and_given_in_one_act(cast, groups):
    """Three groups reach nine hours; the fourth isn't needed. What is ticked is hers at once."""
    windows(cast, range(5))
    found = offer(cast).found
    assert (len(found.series), found.minutes) == (3, 540)
    assert set(found.others.values()) == {rules_place.ENOUGH}

    browser = sign_in(cast.nora)
    address = f"/clients/{cast.maria.client_id}/groups/"
    page = browser.get(f"{address}offer/").content.decode()
    assert page.count('name="series"') == 3
    browser.post(f"{address}join/", {"series": found.series, "from_day": WEEK.isoformat()})
    mine = memberships_of(cast.nora, client_id=cast.maria.client_id, on=WEEK)
    assert {row.series_id for row in mine} == set(found.series)
    assert offer(cast).found.series == ()


def test_nothing_is_proposed_outside_the_times_she_gave(cast, groups):
    """She can come on two days: six hours, and the page says that she stays short, and why."""
    windows(cast, (0, 2))
    found = offer(cast).found
    assert set(found.series) == {groups.monday, groups.wednesday}
    assert found.others[groups.friday] == rules_place.AWAY
    page = sign_in(cast.nora).get(f"/clients/{cast.maria.client_id}/groups/offer/").content.decode()
    assert "Stays short" in page
    assert "3.0 h" in page


def test_unknown_times_are_said(cast, groups):
    """Nobody has asked her: the proposal says so before anything else."""
    assert not offer(cast).asked
    page = sign_in(cast.nora).get(f"/clients/{cast.maria.client_id}/groups/offer/").content.decode()
    assert "When they can come is not known" in page


def test_a_no_contact_pair_reads_like_a_full_group(cast, groups):
    """The group of somebody she must not meet is not proposed, in the words of a full one."""
    other = story.somebody(cast, "Rosa Lind")
    story.admitted(cast, other)
    story.join_groups(cast, other, groups.monday)
    keep_apart(cast.helen, client_ids=[cast.maria.client_id, other.client_id], reason="an order",
               from_day=WEEK, at=NOON)
    found = offer(cast).found
    assert groups.monday not in found.series
    assert "no seat" in found.others[groups.monday]


def test_who_is_not_in_care_gets_no_proposal(cast):
    """Jonah has only asked."""
    page = sign_in(cast.helen).get(f"/clients/{cast.jonah.client_id}/groups/offer/?from=soon")
    assert page.status_code == 200
    assert "Not in care now" in page.content.decode()


def test_a_long_day_is_proposed_only_when_the_hours_cannot_be_reached_otherwise():
    """Three groups on one day and three on others: nine hours are spread; with one day alone they are not."""
    def meeting(pk, weekday, hour):
        return Meeting(pk, 1, weekday, hour * 60, 180, 0, 0, 12, (), "en", "", counts=True, members=())

    member, newcomer = Member(1, "php", ("en",), "", 540, 930, None, ()), Newcomer("php", frozenset({"en"}))
    one_day = [meeting(pk, 0, hour) for pk, hour in ((1, 8), (2, 12), (3, 16))]
    spread = [*one_day, meeting(4, 2, 8), meeting(5, 4, 8)]
    found = offered(spread, member, newcomer, apart=frozenset())
    assert found.minutes == 540
    assert len({1, 2, 3} & set(found.series)) <= 2
    assert set(offered(one_day, member, newcomer, apart=frozenset()).series) == {1, 2, 3}


MEETINGS = st.lists(st.tuples(
    st.integers(0, 6), st.integers(12, 40), st.integers(1, 6), st.integers(1, 4), st.integers(0, 4),
    st.integers(1, 2)), max_size=12)


@given(MEETINGS, st.integers(0, 20))
def test_a_proposal_never_overlaps_and_never_takes_a_seat_that_is_not_there(rows, hours):
    """At one site, each with a seat, none at the same time, none beyond the hours of a day."""
    meetings = [
        Meeting(pk, site, weekday, half * 30, slots * 30, 0, 0, capacity, (), "en", "", counts=True,
                members=tuple(range(-min(taken, capacity), 0)))
        for pk, (weekday, half, slots, capacity, taken, site) in enumerate(rows, start=1)]
    member = Member(1, "iop", ("en",), "", hours * 60, 330, None, ())
    found = offered(meetings, member, Newcomer("iop", frozenset({"en"})), apart=frozenset())
    chosen = [one for one in meetings if one.series_id in found.series]

    assert len({one.site_id for one in chosen}) <= 1
    assert all(len(one.members) < one.capacity for one in chosen)
    busy = [(one.weekday, minute) for one in chosen for minute in range(one.span[1], one.span[2])]
    assert len(busy) == len(set(busy))
    assert found.minutes == sum(one.minutes for one in chosen)
    assert set(found.others) | set(found.series) == {one.series_id for one in meetings}
    for weekday in range(7):
        assert sum(one.minutes for one in chosen if one.weekday == weekday) <= member.most_a_day


def test_the_first_day_may_lie_ahead(cast, groups):
    """From a later day on the proposal holds from there; a day gone by becomes today."""
    browser, address = sign_in(cast.nora), f"/clients/{cast.maria.client_id}/groups/offer/"
    later = (WEEK + timedelta(days=9)).isoformat()
    assert f'value="{later}"' in browser.get(f"{address}?from={later}").content.decode()
    assert f'value="{WEEK.isoformat()}"' in browser.get(f"{address}?from=2001-01-01").content.decode()
