"""When somebody calls back: never at an hour at which nobody is there."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.intake.promise import DeskHours, call_back_by, minutes_until
from daybridge.care.intake.steps import median

ZONE = ZoneInfo("America/New_York")
DESK = DeskHours(120, 9, 18)


@pytest.mark.parametrize(
    ("asked", "promised"),
    [
        ((2026, 11, 16, 10, 0), (2026, 11, 16, 12, 0)),
        ((2026, 11, 16, 3, 0), (2026, 11, 16, 11, 0)),
        ((2026, 11, 16, 17, 30), (2026, 11, 17, 10, 30)),
        ((2026, 11, 16, 22, 0), (2026, 11, 17, 11, 0)),
    ],
)
def test_only_the_desks_hours_run(asked, promised):
    due = call_back_by(datetime(*asked, tzinfo=ZONE), DESK, ZONE)
    assert due == datetime(*promised, tzinfo=ZONE)


@given(
    st.integers(0, 365 * 24 * 60).map(
        lambda m: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=m)
    ),
    st.integers(5, 600),
    st.integers(0, 22),
)
def test_a_promise_lies_ahead_within_two_days_and_in_open_hours(asked, minutes, first):
    desk = DeskHours(minutes, first, 24)
    due = call_back_by(asked, desk, ZONE)
    assert asked < due <= asked + timedelta(days=12)
    assert due.astimezone(ZONE).hour >= first or minutes > 60 * (24 - first)


def test_a_clock_is_never_empty():
    now = datetime(2026, 11, 16, tzinfo=UTC)
    assert minutes_until(now, now) == 1


@pytest.mark.parametrize(
    ("days", "middle"), [([], None), ([3.0], 3.0), ([4.0, 1.0], 2.5), ([9, 1, 2], 2)]
)
def test_the_median(days, middle):
    assert median(days) == middle
