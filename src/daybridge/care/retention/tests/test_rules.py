"""A missed session is followed up in time, and the end of a stay has a reason."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.retention.rules import (
    TEDS,
    Ending,
    Reason,
    Step,
    Stop,
    end_lacks,
    ending,
    first_due,
    in_time,
    last_sign,
    step,
    steps_due,
)
from daybridge.kernel.minutes import local

ZONE = ZoneInfo("America/New_York")
MOMENTS = st.integers(0, 525_000).map(
    lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
)


@pytest.mark.parametrize(
    ("ended", "due_day", "due_clock"),
    [(time(13, 30), 2, time(23, 59)), (time(19, 0), 2, time(23, 59)),
     (time(19, 1), 3, time(10, 30)), (time(21, 0), 3, time(10, 30))],
)  # fmt: skip
def test_somebody_calls_the_same_day_or_by_half_past_ten(ended, due_day, due_clock):
    missed = local(date(2026, 3, 2), ended, ZONE)
    due = first_due(missed, ZONE, open_alert=False)

    assert due == local(date(2026, 3, due_day), due_clock, ZONE)


@given(MOMENTS)
def test_with_an_open_alert_it_is_half_an_hour_and_never_later_than_without(ended):
    urgent = first_due(ended, ZONE, open_alert=True)

    assert urgent == ended + timedelta(minutes=30)
    assert first_due(ended, ZONE, open_alert=False) > ended


@given(MOMENTS, st.booleans())
def test_the_steps_follow_one_another(ended, alert):
    due = steps_due(ended, ZONE, open_alert=alert)

    assert [one for one, _ in due] == list(Step)
    assert [at for _, at in due] == sorted(at for _, at in due)
    assert due[-1][1] == ended + timedelta(days=7)


@pytest.mark.parametrize("stop", list(Stop))
def test_a_recorded_stop_ends_every_step(stop):
    ended = datetime(2026, 3, 2, 18, tzinfo=UTC)

    assert steps_due(ended, ZONE, open_alert=False, stops=[stop]) == []


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(0, Step.SAME_DAY), (23, Step.SAME_DAY), (24, Step.NEXT_DAY), (72, Step.TEAM),
     (168, Step.LETTER), (999, Step.LETTER)],
)  # fmt: skip
def test_time_moves_the_step(hours, expected):
    missed = datetime(2026, 3, 2, 18, tzinfo=UTC)

    assert step(missed, missed + timedelta(hours=hours)) is expected


def test_silence_of_fourteen_days_ends_a_stay_at_the_last_presence():
    last = datetime(2026, 3, 2, 18, tzinfo=UTC)

    assert last_sign(last, last + timedelta(days=14)) == last
    assert last_sign(last, last + timedelta(days=14, seconds=-1)) is None
    assert in_time(last, last)


@given(st.sampled_from(Reason), st.booleans())
def test_every_reason_counts_as_one_ending(reason, confirmed):
    found = ending(reason, hand_over_confirmed=confirmed)

    assert TEDS[reason] in range(1, 8)
    assert (found is Ending.TRANSFERRED) is (
        confirmed and reason in {Reason.OTHER_LEVEL, Reason.MOVED}
    )
    if reason in {Reason.LEFT, Reason.LOST, Reason.OTHER, Reason.ENDED_BY_PROGRAMME}:
        assert found is Ending.LEFT_EARLY


def test_the_calendar_is_no_reason():
    assert not any("calendar" in reason or "90" in reason for reason in Reason)


@pytest.mark.parametrize(
    ("reason", "words", "view", "way_back", "count"),
    [
        (Reason.LEFT, "", "Glad I came", "Call any day", 0),
        (Reason.OTHER, "", "Glad I came", "Call any day", 1),
        (None, "", " ", "", 3),
    ],
)
def test_an_end_has_reason_view_and_way_back(reason, words, view, way_back, count):
    assert len(end_lacks(reason, words=words, client_view=view, way_back=way_back)) == count
