"""L4. A make-up is offered in the times the client gave; what lies outside is asked about first."""

from datetime import timedelta

import pytest

from daybridge.care.hours import rules
from daybridge.care.hours.board import State
from daybridge.care.hours.commands import book_makeup
from daybridge.care.hours.queries_board import hours_board
from daybridge.clinic.calendar.commands import give_client_away, give_client_week
from daybridge.clinic.calendar.rules import Away, Window
from tests.access.test_canary_matrix import sign_in
from tests.spec.test_l04_hours import hold, week  # noqa: F401 - a fixture
from tests.story import MON, WEEK, local

THURSDAY = WEEK + timedelta(days=3)
AT = local(WEEK, 15)


@pytest.fixture
def missed(cast, week):  # noqa: F811 - a fixture
    """Maria has missed Monday: only Thursday's group could make it good."""
    hold(cast, WEEK, rules.Attendance.UNKNOWN)


def row(cast):
    return hours_board(cast.nora, week=WEEK, at=AT).rows[0]


def can_come(cast, *windows):
    give_client_week(cast.nora, client_id=cast.maria.client_id, windows=windows, from_day=WEEK, at=MON)


def test_nobody_has_asked_so_everything_is_offered(cast, missed):
    """Times not given are not known: the make-up is offered as before."""
    assert [one.starts_at for one in row(cast).makeups] == [local(THURSDAY, 10, 30)]
    assert row(cast).outside is None


def test_what_lies_outside_is_not_offered_nor_counted_on(cast, missed):
    """Maria works on Thursdays: her week is short, the board says what to ask her, and yes books it."""
    can_come(cast, *(Window(day, 9 * 60, 15 * 60) for day in (0, 2, 4)))
    found = row(cast)

    assert (found.makeups, found.sure, found.week.state) == ((), None, State.SHORT)
    assert found.outside.starts_at == local(THURSDAY, 10, 30)
    book_makeup(cast.nora, client_id=cast.maria.client_id, occurrence_id=found.outside.occurrence_id,
                week=WEEK, at=AT)
    assert row(cast).week.state is State.ON_TRACK


def test_a_window_that_holds_the_session_and_a_day_away(cast, missed):
    """With Thursday in her times it is offered again; away on that day it is not."""
    can_come(cast, *(Window(day, 9 * 60, 15 * 60) for day in range(5)))
    assert len(row(cast).makeups) == 1

    give_client_away(cast.nora, client_id=cast.maria.client_id, days=Away(THURSDAY, THURSDAY), at=MON)
    assert row(cast).makeups == ()


def test_the_board_says_ask_first(cast, missed, monkeypatch):
    """The page does not call it a make-up that fits."""
    can_come(cast, *(Window(day, 9 * 60, 15 * 60) for day in (0, 2, 4)))
    monkeypatch.setattr("daybridge.access.clock.now", lambda: AT)
    page = sign_in(cast.nora).get("/hours/").content.decode()

    assert "outside the times they gave: ask first" in page
    assert "They said yes: book" in page
