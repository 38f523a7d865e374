"""Contact minutes: exact in every night of the year, and never more than there was."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.hours.board import Fit, State, Week, counts, long_days, week_fits
from daybridge.care.hours.rules import (
    COUNTS,
    PRESENT,
    Attendance,
    Counted,
    Counting,
    contact_minutes,
    day_ninety,
    is_shorter_than_normal,
    stay_day,
)
from daybridge.kernel.minutes import elapsed, local

NEW_YORK = ZoneInfo("America/New_York")
OPENS = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
MOMENTS = st.integers(-3600, 5 * 3600).map(lambda second: OPENS + timedelta(seconds=second))
PRESENT_TIMES = st.lists(st.tuples(MOMENTS, MOMENTS), max_size=6)
SESSIONS = st.integers(15, 240).map(
    lambda length: (OPENS, OPENS + timedelta(minutes=length))
)
COUNTINGS = st.builds(Counting, st.booleans(), st.integers(0, 15))
ATTENDED = Attendance.ATTENDED


def session(minutes):
    return OPENS, OPENS + timedelta(minutes=minutes)


def there(start, end):
    return [(OPENS + timedelta(minutes=start), OPENS + timedelta(minutes=end))]


def minutes(length, present, *, breaks=(), **settings):
    counting = Counting(**settings)
    return contact_minutes(
        session(length), present, ATTENDED, "group", counting, breaks
    ).clinical


@given(SESSIONS, PRESENT_TIMES, COUNTINGS, PRESENT_TIMES)
def test_nobody_has_more_minutes_than_the_session(hours, present, counting, breaks):
    found = contact_minutes(hours, present, ATTENDED, "group", counting, breaks)

    assert 0 <= found.clinical <= elapsed(*hours)


@given(SESSIONS, PRESENT_TIMES, PRESENT_TIMES, COUNTINGS, PRESENT_TIMES)
def test_more_presence_never_gives_fewer_minutes(hours, present, more, counting, breaks):
    less = contact_minutes(hours, present, ATTENDED, "group", counting, breaks)
    all_of_it = contact_minutes(hours, present + more, ATTENDED, "group", counting, breaks)

    assert all_of_it.clinical >= less.clinical


@given(SESSIONS, PRESENT_TIMES, COUNTINGS)
def test_overlapping_minutes_never_count_twice(hours, present, counting):
    once = contact_minutes(hours, present, ATTENDED, "group", counting)

    assert contact_minutes(hours, present * 3, ATTENDED, "group", counting) == once


@given(
    SESSIONS, PRESENT_TIMES, st.sampled_from(Attendance), st.sampled_from(sorted(COUNTS))
)
def test_only_presence_at_formal_treatment_counts(hours, present, kind, service):
    found = contact_minutes(hours, present, kind, service, Counting())

    assert found.billable <= found.clinical
    if kind not in PRESENT or not COUNTS[service]:
        assert found == Counted(0, 0)
    if kind is Attendance.NOT_BILLABLE:
        assert found.billable == 0


@pytest.mark.parametrize(
    "service", ["support_group", "twelve_step", "volunteer_group", "", "phone", "crisis"]
)
def test_a_support_group_is_never_treatment(service):
    """S6: what is not listed as formal treatment gives no minutes."""
    counting = Counting(medical_counts=True, peer_counts=True)

    assert (
        contact_minutes(session(60), there(0, 60), ATTENDED, service, counting).clinical
        == 0
    )


def test_medical_and_peer_sessions_count_only_where_the_programme_says_so():
    def counted(service, counting):
        return contact_minutes(
            session(60), there(0, 60), ATTENDED, service, counting
        ).clinical

    assert counted("medical", Counting()) == counted("peer", Counting()) == 0
    assert counted("medical", Counting(medical_counts=True)) == 60
    assert counted("peer", Counting(peer_counts=True)) == 60


@pytest.mark.parametrize(
    ("present", "counted"),
    [
        (there(0, 180), 180),
        (there(5, 180), 180),
        (there(3, 178), 180),
        (there(3, 177), 174),
        (there(6, 180), 174),
        (there(-30, 400), 180),
        (there(60, 60), 0),
        ([], 0),
        (there(0, 60) + there(90, 180), 150),
    ],
)
def test_five_minutes_of_grace_a_session_not_at_each_edge(present, counted):
    assert minutes(180, present) == counted


@pytest.mark.parametrize(("block", "counted"), [(180, 160), (200, 180), (60, 60), (65, 60)])
def test_where_breaks_do_not_count_the_block_is_longer(block, counted):
    """Three 3-hour blocks can't make nine hours then; three of 3 h 20 can."""
    assert minutes(block, there(0, block), breaks_count=False) == counted


@pytest.mark.parametrize(
    ("breaks", "counted", "not_counted"),
    [
        (there(50, 60), 180, 170),
        (there(50, 70), 180, 160),
        (there(65, 95), 160, 150),
        (there(50, 60) + there(110, 120), 180, 160),
    ],
)
def test_up_to_ten_minutes_of_break_in_each_full_hour_count(breaks, counted, not_counted):
    assert minutes(180, there(0, 180), breaks=breaks) == counted
    assert minutes(180, there(0, 180), breaks=breaks, breaks_count=False) == not_counted


def test_leaving_the_room_in_a_break_is_no_absence():
    present = there(0, 50) + there(60, 180)

    assert minutes(180, present, breaks=there(50, 60)) == 180
    assert minutes(180, present) == 170


@pytest.mark.parametrize(
    ("day", "clock", "ends"),
    [
        (date(2026, 3, 8), time(1, 0), time(4, 0)),
        (date(2026, 11, 1), time(0, 30), time(1, 30)),
    ],
)
def test_in_the_nights_of_the_clock_change_real_minutes_count(day, clock, ends):
    start = local(day, clock, NEW_YORK)
    end = local(day, ends, NEW_YORK)
    length = 120 if day.month == 3 else 60

    found = contact_minutes((start, end), [(start, end)], ATTENDED, "group", Counting())

    assert found.clinical == length


@given(*[st.integers(0, 2000)] * 4)
def test_what_can_be_reached_is_never_less_than_what_is_done_and_booked(
    prescribed, delivered, booked, possible
):
    week = Week(prescribed, delivered, booked, possible)

    assert week.reachable >= delivered + booked
    assert (week.state is State.SHORT) is (week.reachable < prescribed)
    assert (week.state is State.ON_TRACK) is (delivered + booked >= prescribed)
    assert week.short_by <= week.missing


def test_the_board_counts_its_weeks():
    weeks = [Week(540, 540, 0, 0), Week(540, 360, 0, 180), Week(540, 360, 0, 90)]

    assert counts(weeks) == {State.ON_TRACK: 1, State.AT_RISK: 1, State.SHORT: 1}
    assert weeks[2].short_by == 90


def test_a_day_of_six_hours_is_flagged_below_partial_hospital():
    days = {date(2026, 3, 2): 360, date(2026, 3, 3): 359}

    assert long_days(days, "iop", 360) == [date(2026, 3, 2)]
    assert long_days(days, "php", 360) == []


@pytest.mark.parametrize(
    ("minutes_a_week", "fit"),
    [(359, Fit.BELOW), (360, Fit.WITHIN), (1800, Fit.WITHIN), (1801, Fit.ABOVE)],
)
def test_a_week_is_held_against_the_levels_own_band(minutes_a_week, fit):
    assert week_fits(minutes_a_week, lowest_hours=6, highest_hours=30) is fit
    assert week_fits(minutes_a_week, lowest_hours=None, highest_hours=None) is Fit.WITHIN


def test_the_day_of_admission_is_day_one_and_day_ninety_ends_nothing():
    admitted = date(2026, 1, 1)

    assert stay_day(admitted, admitted) == 1
    assert stay_day(admitted, day_ninety(admitted)) == 90
    assert is_shorter_than_normal(admitted, day_ninety(admitted) - timedelta(days=1))
    assert not is_shorter_than_normal(admitted, day_ninety(admitted))
