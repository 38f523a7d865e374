"""Minutes, weeks and periods, also in the two nights a year that the clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.kernel.minutes import (
    Hours,
    Minutes,
    clip,
    common,
    elapsed,
    elapsed_minutes,
    local,
    merge,
    total,
    week_bounds,
    week_of,
)
from daybridge.kernel.period import Period

NEW_YORK = ZoneInfo("America/New_York")
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MOMENTS = st.integers(0, 600).map(lambda minute: NOON + timedelta(minutes=minute))
INTERVALS = st.lists(st.tuples(MOMENTS, MOMENTS), max_size=8)
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


def test_the_night_in_spring_is_an_hour_shorter():
    start, end = local(SPRING, time(1, 30), NEW_YORK), local(SPRING, time(3, 30), NEW_YORK)

    assert elapsed(start, end) == 60


def test_the_night_in_autumn_is_an_hour_longer():
    start, end = local(AUTUMN, time(0, 30), NEW_YORK), local(AUTUMN, time(2, 30), NEW_YORK)

    assert elapsed_minutes(start, end) == Minutes(180)


def test_local_times_of_the_hour_that_comes_twice_are_told_apart():
    first = datetime(2026, 11, 1, 1, 50, tzinfo=NEW_YORK, fold=0)
    second = datetime(2026, 11, 1, 1, 10, tzinfo=NEW_YORK, fold=1)

    assert total([(first, second)]) == 20
    assert elapsed(*clip((first, second), (first, second))) == 20


@pytest.mark.parametrize(
    ("day", "hours"), [(SPRING, 167), (AUTUMN, 169), (date(2026, 6, 3), 168)]
)
def test_a_week_with_a_clock_change_has_its_own_length(day, hours):
    assert elapsed(*week_bounds(day, NEW_YORK)) == hours * 60


@given(DAYS, st.integers(0, 6))
def test_every_day_lies_in_its_week(day, starts_on):
    first = week_of(day, starts_on=starts_on)
    bounds = week_bounds(day, NEW_YORK, starts_on=starts_on)

    assert first.weekday() == starts_on
    assert first <= day < first + timedelta(days=7)
    assert bounds[0] <= local(day, time(12), NEW_YORK) < bounds[1]


@given(INTERVALS)
def test_merged_intervals_count_every_minute_once(intervals):
    minutes = {
        minute
        for start, end in intervals
        for minute in range(elapsed(NOON, start), elapsed(NOON, end))
    }

    assert total(intervals) == len(minutes)
    assert merge(merge(intervals)) == merge(intervals)


@given(INTERVALS, INTERVALS)
def test_what_both_have_in_common_is_what_is_counted_twice(one, other):
    assert total(common(one, other)) == total(one) + total(other) - total([*one, *other])


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        elapsed(datetime(2026, 1, 1), NOON)  # noqa: DTZ001 - the very mistake


@given(st.integers(0, 5000))
def test_shown_hours_never_promise_more_than_there_is(count):
    minutes = Minutes(count)

    assert minutes.hours.tenths * 6 <= count <= minutes.hours_up.tenths * 6
    assert minutes.hours_up.tenths - minutes.hours.tenths <= 1


def test_hours_read_with_one_decimal():
    assert str(Minutes(540).hours) == "9.0"
    assert str(Minutes(539).hours) == "8.9"
    assert str((Minutes(540) - Minutes(539)).hours_up) == "0.1"
    assert str((Minutes(90) + Minutes(45)).hours) == "2.2"
    assert str(Hours(-5)) == "-0.5"


ENDS = st.one_of(st.none(), st.integers(0, 40))
PERIODS = st.tuples(st.integers(0, 40), ENDS).filter(lambda p: p[1] is None or p[0] <= p[1])
FIRST = date(2026, 1, 1)


def period(pair):
    start, end = pair
    return Period(
        FIRST + timedelta(days=start), None if end is None else FIRST + timedelta(days=end)
    )


@given(PERIODS, PERIODS)
def test_overlap_and_clip_are_what_the_days_say(one, other):
    days = [FIRST + timedelta(days=number) for number in range(60)]
    shared = [
        day for day in days if period(one).contains(day) and period(other).contains(day)
    ]
    part = period(one).clip(period(other))

    assert period(one).overlaps(period(other)) is bool(shared)
    assert [day for day in days if part and part.contains(day)] == shared
    assert part == period(other).clip(period(one))


@pytest.mark.parametrize(
    ("start", "end"),
    [(FIRST, NOON), (NOON, FIRST), (FIRST, FIRST - timedelta(days=1)),
     (datetime(2026, 1, 1), None)],  # noqa: DTZ001
)  # fmt: skip
def test_what_is_no_period_is_refused(start, end):
    with pytest.raises(ValueError, match=r"period|zone"):
        Period(start, end)


def test_a_period_through_the_hour_that_comes_twice():
    first = datetime(2026, 11, 1, 1, 50, tzinfo=NEW_YORK, fold=0)
    second = datetime(2026, 11, 1, 1, 10, tzinfo=NEW_YORK, fold=1)

    assert Period(first, second).contains(datetime(2026, 11, 1, 6, 0, tzinfo=UTC))
    assert not Period(first, second).is_empty
