"""Windows: kept only when they run forward; a session lies inside or not, or nobody knows."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from daybridge.clinic.calendar import rules
from daybridge.clinic.calendar.rules import Away, Window

MONDAY = date(2026, 11, 16)
MINUTE = st.integers(0, 1440)
WINDOWS = st.lists(st.builds(Window, st.integers(0, 6), MINUTE, MINUTE), max_size=9)


@given(WINDOWS, st.integers(0, 6), st.integers(0, 1439))
def test_joining_changes_no_minute(windows, day, minute):
    good = [one for one in windows if one.from_minute < one.until_minute]

    def holds(rows):
        return any(w.weekday == day and w.from_minute <= minute < w.until_minute for w in rows)
    assert holds(good) == holds(rules.joined(good))


@given(WINDOWS)
def test_what_has_no_problem_runs_forward_without_overlap(windows):
    if rules.problems(windows):
        return
    for one in windows:
        assert one.from_minute < one.until_minute
    minutes = [(w.weekday, m) for w in windows for m in range(w.from_minute, w.until_minute)]
    assert len(minutes) == len(set(minutes))


def test_a_session_across_two_windows_that_touch_lies_inside():
    windows = (Window(0, 540, 660), Window(0, 660, 720))
    assert rules.is_inside(windows, (), MONDAY, 600, 720)
    assert not rules.is_inside(windows, (), MONDAY, 600, 730)
    assert not rules.is_inside(windows, (), MONDAY + timedelta(days=1), 600, 720)


def test_nobody_asked_is_unknown_and_never_free():
    assert rules.is_inside(None, (), MONDAY, 600, 720) is None


def test_days_away_beat_the_week():
    away = (Away(MONDAY, MONDAY + timedelta(days=2)),)
    assert rules.is_inside((Window(0, 0, 1440),), away, MONDAY, 600, 720) is False
    assert rules.is_inside(None, away, MONDAY, 600, 720) is False
