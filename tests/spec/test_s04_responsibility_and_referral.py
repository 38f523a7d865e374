"""S4. Every need has an answer, every referral is followed until its loop is closed."""

from datetime import date, timedelta

import pytest

from daybridge.access import identity
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.care.assessment.commands_needs import (
    NotAnswered,
    SendTo,
    answer_need,
    find_need,
    needs_again,
)
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.clinic.referrals.commands import take_step
from daybridge.clinic.referrals.commands_chase import chase_overdue
from daybridge.clinic.referrals.queries import referrals_of
from daybridge.clinic.tasks.queries import tasks_of
from daybridge.quality.listing import EVERYTHING
from daybridge.quality.measure import Window
from tests.cast import NOON

BY_ID = {one.id: one for kept in EVERYTHING for one in kept.figures}
DAY = timedelta(days=1)
FIFTY = NOON + 50 * DAY
WINDOW = Window(date(2026, 11, 1), FIFTY.date(), FIFTY)


@pytest.fixture
def needs(cast):
    """Maria needs a room and a lawyer, Andre needs a bus pass."""
    found = {
        "room": find_need(cast.nora, client_id=cast.maria.client_id, domain="housing",
                          words="A room", at=NOON),
        "lawyer": find_need(cast.nora, client_id=cast.maria.client_id, domain="legal",
                            words="A lawyer", at=NOON),
        "bus": find_need(cast.paul, client_id=cast.andre.client_id, domain="transport",
                         words="A bus pass", at=NOON),
    }
    answer(cast, found["lawyer"], "here", words="Legal hour on Fridays")
    return found


def answer(cast, need_id, kind, at=NOON, **more):
    answer_need(cast.nora, client_id=cast.maria.client_id, need_id=need_id, answer=kind, at=at, **more)


def read(cast, measure, window=WINDOW):
    with identity.acting(cast.quinn, at=window.now):
        found = BY_ID[measure].read(cast.quinn, window)
    return found.proportion.numerator, found.proportion.denominator, found


def open_for(found):
    """Return whose cases are not counted."""
    return {case.client_id for case in found.cases if not case.counted}


def test_a_need_with_an_answer_moves_the_measure_by_exactly_one(cast, needs):
    """And the client whose need has none is the one it names."""
    assert read(cast, "S4")[:2] == (1, 3)
    answer(cast, needs["room"], "declined", words="Not now")
    good, of, found = read(cast, "S4")
    assert (good, of) == (2, 3)
    assert open_for(found) == {cast.andre.client_id}


def test_an_answer_after_14_days_came_too_late(cast, needs):
    """It stands on the page, and is not counted."""
    answer(cast, needs["room"], "here", words="Nora rings the shelter", at=NOON + 15 * DAY)
    assert read(cast, "S4")[:2] == (1, 3)


def test_what_is_put_off_past_its_day_counts_as_without_an_answer(cast, needs):
    """Until then it is one; on its day a task brings it back."""
    until = (NOON + 20 * DAY).date()
    answer(cast, needs["room"], "deferred", words="After the court date", again_on=until)
    before = Window(WINDOW.first, until, NOON + 19 * DAY)
    assert read(cast, "S4", before)[:2] == (2, 3)
    good, of, found = read(cast, "S4")
    assert (good, of) == (1, 3)
    assert cast.maria.client_id in open_for(found)
    nightly = system(Role.NIGHTLY)
    with identity.acting(nightly, at=NOON + 20 * DAY):
        assert needs_again(nightly, at=NOON + 20 * DAY) == 1
        needs_again(nightly, at=NOON + 20 * DAY)
    titles = [row.title for row in tasks_of(cast.nora, client_id=cast.maria.client_id, at=FIFTY)]
    assert titles == ["A need comes up again"]


def test_an_answer_without_its_reason_is_refused(cast, needs):
    """“Later” and “no” want words, “elsewhere” wants somebody."""
    for kind in ("here", "referred", "deferred", "declined"):
        with pytest.raises(NotAnswered):
            answer(cast, needs["room"], kind)


def referred(cast, needs):
    answer(cast, needs["room"], "referred", words="A room by December", to=SendTo(to_words="Harbor House"))
    return referrals_of(cast.nora, client_id=cast.maria.client_id, at=NOON)[0].referral_id


def step(cast, referral_id, to, at):
    take_step(cast.tess, client_id=cast.maria.client_id, referral_id=referral_id, to=to, words="as said",
              at=at)


def test_a_closed_loop_moves_the_measure_by_exactly_one(cast, needs):
    """Sent is not enough: seen, answered, acted on."""
    one = referred(cast, needs)
    good, of, found = read(cast, "S4-loop")
    assert (good, of, open_for(found)) == (0, 1, {cast.maria.client_id})
    for to in ("accepted", "seen", "answered", "acted_on"):
        step(cast, one, to, NOON + 9 * DAY)
    assert read(cast, "S4-loop")[:2] == (1, 1)
    assert read(cast, "S4-without")[:2] == (0, 1)


def test_a_loop_closed_after_30_days_is_late(cast, needs):
    """It is closed, and not counted."""
    one = referred(cast, needs)
    step(cast, one, "not_seen", NOON + 31 * DAY)
    assert read(cast, "S4-loop")[:2] == (0, 1)
    assert read(cast, "S4-without")[:2] == (1, 1)


def test_a_referral_that_is_turned_down_opens_the_need_again(cast, needs):
    """The team sees it open, with the day and the reason."""
    one = referred(cast, needs)
    assert read(cast, "S4")[:2] == (2, 3)
    step(cast, one, "turned_down", NOON + 9 * DAY)
    assert read(cast, "S4")[:2] == (1, 3)
    first = needs_of(cast.nora, client_id=cast.maria.client_id, at=NOON + 10 * DAY)[0]
    assert (first.need_id, first.standing) == (needs["room"], "open again")


def test_an_overdue_referral_chases_itself(cast, needs):
    """Its owner gets one task, however often the job runs."""
    referred(cast, needs)
    nightly, late = system(Role.NIGHTLY), NOON + 15 * DAY
    for _ in range(2):
        with identity.acting(nightly, at=late):
            chase_overdue(nightly, at=late)
    rows = tasks_of(cast.nora, client_id=cast.maria.client_id, at=late)
    assert [(row.owner, row.title) for row in rows] == [
        ("Nora Feld", "A referral is overdue: ask what became of it")]


def test_what_a_client_declined_is_offered_again(cast, needs):
    """The share declined stands beside the measure, and whether it was asked again."""
    answer(cast, needs["room"], "declined", words="Not now")
    assert read(cast, "S4-declined")[:2] == (1, 2)
    assert read(cast, "S4-again")[:2] == (0, 1)
    answer(cast, needs["room"], "here", words="She asks for it now", at=NOON + 30 * DAY)
    assert read(cast, "S4-declined")[:2] == (0, 2)
    assert read(cast, "S4-again")[:2] == (1, 1)
