"""L2. A full group has a waiting list: who waits longest is offered the seat that becomes free."""

from datetime import timedelta

import pytest

from daybridge.access import clock, identity
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.care.schedule.commands import DoesNotFit, join, leave
from daybridge.care.schedule.commands_apart import keep_apart
from daybridge.care.schedule.commands_waiting import offer_free_seats, wait_for_seat, wait_no_more
from daybridge.care.schedule.models import Series
from daybridge.care.schedule.queries_waiting import waits_of
from daybridge.care.schedule.rules import Newcomer
from daybridge.clinic.tasks.queries import tasks_of
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON
from tests.story import WEEK

DAY = timedelta(days=1)
JOBS = system(Role.SESSIONS)
IOP = Newcomer("iop", frozenset({"en"}))


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def full(cast):
    """Monday's group has one seat, and Lia has it; Maria and Bo would like to come."""
    story.admitted(cast, cast.maria)
    people = [story.somebody(cast, name) for name in ("Lia Ott", "Bo Berg")]
    for person in people:
        story.admitted(cast, person)
    groups = story.groups(cast)
    with identity.acting(JOBS):
        Series.objects.filter(pk=groups.monday).update(capacity=1)
    story.join_groups(cast, people[0], groups.monday)
    return groups.monday, *people


def waits(cast, person, series, *, days=0):
    wait_for_seat(cast.nora, client_id=person.client_id, series_id=series, newcomer=IOP, at=NOON + days * DAY)


def offered(cast, person, at=NOON):
    return [one.title for one in tasks_of(cast.nora, client_id=person.client_id, at=at)
            if one.title.startswith("A seat is free")]


def test_who_waits_longest_is_offered_the_seat(cast, full):
    """When Lia leaves, Bo (first) is asked and Maria is not; Bo's place ends his waiting."""
    series, lia, bo = full
    waits(cast, bo, series)
    waits(cast, bo, series)
    waits(cast, cast.maria, series, days=1)
    assert offer_free_seats(JOBS, at=NOON + DAY) == 0
    leave(cast.nora, client_id=lia.client_id, series_id=series, until_day=WEEK, at=NOON)
    later = NOON + 2 * DAY
    assert offer_free_seats(JOBS, at=later) == 1
    offer_free_seats(JOBS, at=later)
    assert offered(cast, bo, later) == ["A seat is free in the group of Monday 10:30"]
    assert offered(cast, cast.maria, later) == []
    join(cast.nora, client_id=bo.client_id, series_id=series, from_day=WEEK + 7 * DAY, newcomer=IOP, at=later)
    assert waits_of(cast.nora, client_id=bo.client_id) == {}
    assert set(waits_of(cast.nora, client_id=cast.maria.client_id)) == {series}


def test_a_no_contact_pair_is_passed_over_in_silence(cast, full):
    """Bo must not meet Lia, who comes back: with a second seat Maria is offered it, Bo hears nothing."""
    series, lia, bo = full
    with identity.acting(JOBS):
        Series.objects.filter(pk=series).update(capacity=2)
    keep_apart(cast.helen, client_ids=[bo.client_id, lia.client_id], reason="an order", from_day=WEEK,
               at=NOON)
    waits(cast, bo, series)
    waits(cast, cast.maria, series, days=1)
    offer_free_seats(JOBS, at=NOON + DAY)
    assert offered(cast, bo, NOON + DAY) == []
    assert len(offered(cast, cast.maria, NOON + DAY)) == 1


def test_on_the_page_of_places(cast, full):
    """A full group is offered to wait for; the waiting shows with its day, and ends with one press."""
    series, _, _ = full
    nora, address = sign_in(cast.nora), f"/clients/{cast.maria.client_id}/groups/"
    assert "Wait for a full group" in nora.get(address).content.decode()
    assert nora.post(f"{address}wait/", {"series": series}).status_code == 302
    page = nora.get(address).content.decode()
    assert "Waits for a seat" in page
    assert "Wait for a full group" not in page
    nora.post(f"{address}wait/", {"series": series, "do": "end"})
    assert "Waits for a seat" not in nora.get(address).content.decode()
    assert sign_in(cast.paul).post(f"{address}wait/", {"series": series}).status_code in {302, 403, 404}
    assert waits_of(cast.nora, client_id=cast.maria.client_id) == {}
    assert nora.post(f"{address}wait/", {"series": "nine"}).status_code in {404, 422}


def test_nobody_waits_for_a_group_that_would_not_take_them(cast, full):
    """Another level or language is a reason at once, not after weeks."""
    series, _, _ = full
    with pytest.raises(DoesNotFit, match="another level"):
        wait_for_seat(cast.nora, client_id=cast.maria.client_id, series_id=series, at=NOON,
                      newcomer=Newcomer("outpatient", frozenset({"en"})))
    wait_no_more(cast.nora, client_id=cast.maria.client_id, series_id=series, at=NOON)
