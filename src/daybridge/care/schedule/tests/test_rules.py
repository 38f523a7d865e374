"""Series: the same wall clock all year, and nobody in two places."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.schedule.rules import (
    Group,
    Newcomer,
    Weekly,
    collide,
    conflicts,
    days,
    horizon,
    occurrence,
    occurrences,
    overlap,
    why_not_join,
)

ZONE = ZoneInfo("America/New_York")
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
DATES = st.dates(FIRST, LAST)
WEEKLY = st.builds(
    Weekly,
    st.integers(0, 6),
    st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45])),
    st.integers(15, 300),
    st.dates(FIRST, date(2026, 2, 28)),
    st.one_of(st.none(), st.dates(FIRST, date(2026, 3, 31))),
)
TEN_THIRTY = Weekly(0, time(10, 30), 180, FIRST)


def test_half_past_ten_stays_half_past_ten_and_utc_changes():
    found = dict(occurrences(TEN_THIRTY, FIRST, LAST, ZONE))

    assert {start.astimezone(ZONE).time() for start, _ in found.values()} == {time(10, 30)}
    assert {start.hour for start, _ in found.values()} == {14, 15}
    assert {end - start for start, end in found.values()} == {timedelta(hours=3)}
    assert len(found) == 52


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1)])
def test_a_session_in_the_night_of_the_clock_change_lasts_as_long_as_planned(day):
    start, end = occurrence(Weekly(6, time(1, 30), 120, FIRST), day, ZONE)

    assert end - start == timedelta(minutes=120)
    assert start.tzinfo is UTC


@given(WEEKLY, DATES, DATES, st.sets(DATES, max_size=20))
def test_meetings_fall_on_open_days_of_the_series_only(weekly, first, last, closed):
    found = list(days(weekly, first, last, closed))

    assert found == [
        day
        for day in (FIRST + timedelta(days=number) for number in range(365))
        if first <= day <= last
        and weekly.first <= day
        and (weekly.last is None or day <= weekly.last)
        and day.weekday() == weekly.weekday
        and day not in closed
    ]


def meetings(weekly):
    """All meetings to the summer as naive wall-clock intervals."""
    starts = [
        datetime.combine(day, weekly.starts)
        for day in days(weekly, FIRST, date(2026, 6, 30))
    ]
    return [(start, start + timedelta(minutes=weekly.minutes)) for start in starts]


@given(WEEKLY, WEEKLY)
def test_claims_collide_exactly_when_two_meetings_do(one, other):
    real = any(overlap(a, b) for a in meetings(one) for b in meetings(other))

    assert collide(one, other) is real
    assert collide(other, one) is real


def test_conflicts_are_named_and_touching_is_none():
    after = Weekly(0, time(13, 30), 60, FIRST)
    late = Weekly(6, time(23, 0), 120, FIRST)
    early = Weekly(0, time(0, 30), 60, FIRST)

    assert conflicts(TEN_THIRTY, [(1, after), (2, TEN_THIRTY)]) == [2]
    assert conflicts(early, [(3, late)]) == [3]


GROUP = Group(12, frozenset({"iop"}), "en", gender="woman", stages=frozenset({1, 2}))
MARIA = Newcomer("iop", frozenset({"en", "es"}), "Woman", stage=1)


def why(group=GROUP, newcomer=MARIA, members=3, *, meets=False):
    return why_not_join(group, newcomer, members=members, meets_no_contact=meets)


def test_who_fits_may_join():
    assert why() == []


@pytest.mark.parametrize(
    ("newcomer", "word"),
    [
        (Newcomer("php", MARIA.languages, "woman", stage=1), "level"),
        (Newcomer("iop", frozenset({"es"}), "woman", stage=1), "language"),
        (Newcomer("iop", MARIA.languages, "man", stage=1), "gender"),
        (Newcomer("iop", MARIA.languages, "woman", is_adult=False, stage=1), "adults"),
        (Newcomer("iop", MARIA.languages, "woman", stage=3), "stage"),
        (Newcomer("iop", MARIA.languages, "woman"), "stage"),
    ],
)
def test_each_reason_is_named_alone(newcomer, word):
    (reason,) = why(newcomer=newcomer)

    assert word in reason


def test_a_full_group_and_a_person_not_to_be_met():
    (full,), (silent,) = why(members=12), why(meets=True)

    assert "no seat" in full
    assert silent == full, "a pair kept apart reads like a full group"


def test_occurrences_are_made_twelve_weeks_ahead():
    assert horizon(datetime(2026, 3, 3, 1, tzinfo=UTC), ZONE) == date(2026, 5, 25)
