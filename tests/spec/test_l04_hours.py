"""L4. Contact hours per client, day and week."""

from datetime import timedelta

import pytest

from daybridge.access import clock
from daybridge.care.hours import rules, views
from daybridge.care.hours.board import State
from daybridge.care.hours.commands import Line, book_makeup, take_attendance
from daybridge.care.hours.queries_board import hours_board
from daybridge.care.retention.queries import open_outreach
from daybridge.care.schedule.commands import DoesNotFit, open_session
from daybridge.care.schedule.queries import roster, sessions
from daybridge.kernel.minutes import elapsed
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.story import MON, WEEK, local


@pytest.fixture
def week(cast):
    """Maria in three groups of three hours, in her first full week."""
    groups = story.groups(cast)
    story.admitted(cast, cast.maria)
    story.join_groups(cast, cast.maria, groups.monday, groups.wednesday, groups.friday)
    return groups


def hold(cast, day, kind=rules.Attendance.ATTENDED, **present):
    """Open and close the day's session with one line for Maria."""
    one = sessions(cast.nora, first=day, last=day, leader_id=cast.nora.user_id)[0]
    open_session(cast.nora, occurrence_id=one.occurrence_id, at=one.starts_at)
    line = Line(cast.maria.client_id, kind, **present)
    take_attendance(cast.nora, occurrence_id=one.occurrence_id, client_ids=[line.client_id],
                    lines=[line], version=one.version + 1, at=one.ends_at)
    return one


def row(cast, at):
    return hours_board(cast.helen, week=WEEK, at=at).rows[0]


def test_three_groups_of_three_hours_make_nine(cast, week):
    """A client who comes to three 3-hour sessions has nine contact hours in the ledger."""
    for days in (0, 2, 4):
        hold(cast, WEEK + timedelta(days=days))

    found = row(cast, local(WEEK + timedelta(days=5), 12))

    assert (found.week.delivered, found.week.prescribed) == (540, 540)
    assert found.week.state is State.ON_TRACK


def test_who_falls_short_is_seen_while_something_can_be_done(cast, week):
    """After a missed Monday the board says that a make-up is needed and offers one that fits."""
    hold(cast, WEEK, rules.Attendance.UNKNOWN)

    found = row(cast, local(WEEK, 15))

    assert found.week.state is State.AT_RISK
    assert found.sure.title == "Mindfulness"


def test_one_click_books_the_make_up_by_the_rule_that_offered_it(cast, week):
    """The booking asks the same rule again, and the week is on track."""
    hold(cast, WEEK, rules.Attendance.UNKNOWN)
    at = local(WEEK, 15)

    book_makeup(cast.nora, client_id=cast.maria.client_id,
                occurrence_id=row(cast, at).sure.occurrence_id, week=WEEK, at=at)

    assert row(cast, at).week.state is State.ON_TRACK
    with pytest.raises(DoesNotFit):
        book_makeup(cast.nora, client_id=cast.maria.client_id,
                    occurrence_id=sessions(cast.nora, first=WEEK, last=WEEK)[0].occurrence_id,
                    week=WEEK, at=at)


def test_minutes_are_real(cast, week):
    """Twenty minutes late are twenty minutes less."""
    one = hold(cast, WEEK, present_from=local(WEEK, 10, 50))

    assert row(cast, local(WEEK, 15)).week.delivered == elapsed(one.starts_at, one.ends_at) - 20


def test_a_missed_session_opens_an_outreach_the_same_day(cast, week):
    """Closing the session with somebody absent puts them on the list, with an owner and a clock."""
    hold(cast, WEEK, rules.Attendance.UNKNOWN)

    (found,) = open_outreach(cast.nora, at=local(WEEK, 15))

    assert (found.client_id, found.owner_id) == (cast.maria.client_id, cast.nora.user_id)
    assert found.due_at <= local(WEEK + timedelta(days=1), 0)


def test_a_roster_names_members_and_those_booked_singly(cast, week):
    """Before the session opens the roster is the membership in force that day."""
    one = sessions(cast.nora, first=WEEK, last=WEEK)[0]

    assert roster(cast.nora, occurrence_id=one.occurrence_id) == [cast.maria.client_id]
    assert one.starts_at > MON


def test_a_big_house_sees_the_worst_first_and_how_many_more(cast, week, monkeypatch):
    """A long board is cut after the worst, says how many more there are, and shows them on demand."""
    for name in ("Milo Berg", "Rosa Cole"):
        story.admitted(cast, story.somebody(cast, name))
    monkeypatch.setattr(views, "SHOWN", 1)
    monkeypatch.setattr(clock, "now", lambda: MON)
    browser = sign_in(cast.helen)

    short, whole = (browser.get("/hours/", {"view": "all", "show": show}) for show in ("", "all"))

    assert len(short.context["rows"]) == 1
    assert short.context["rows"][0].week.state is not State.ON_TRACK
    assert "Show the other 2" in short.content.decode()
    assert len(whole.context["rows"]) == 3
