"""Which instruments when: property tests of the rule."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.instruments.rules_due import (
    ADMISSION_DAYS,
    DEFAULTS,
    DISCHARGE_DAYS,
    EARLY_DAYS,
    Care,
    Timing,
    Why,
    due,
    in_force,
)

DAY = date(2026, 11, 16)
DAYS = st.integers(-200, 200).map(lambda n: DAY + timedelta(days=n))
TIMINGS = st.builds(
    Timing, st.just("phq9"), at_admission=st.booleans(),
    every=st.none() | st.integers(1, 120), at_discharge=st.booleans(),
    levels=st.sampled_from([frozenset(), frozenset({"iop"}), frozenset({"php"})]),
)
CARES = st.builds(Care, st.just(1), DAYS, st.just("iop"), st.none() | DAYS)


def one(care, timing, last, on):
    rows = due(care, {"phq9": timing}, {"phq9": last} if last else {}, {}, on)
    assert len(rows) <= 1
    return rows[0] if rows else None


@given(CARES, TIMINGS, st.none() | DAYS, DAYS)
def test_an_instrument_is_due_once_and_says_how_late(care, timing, last, on):
    row = one(care, timing, last, on)
    if row is not None:
        assert row.days_over == (on - row.due_on).days
        ahead = {Why.REGULAR: EARLY_DAYS, Why.ADMISSION: ADMISSION_DAYS, Why.DISCHARGE: DISCHARGE_DAYS}
        assert row.days_over >= -ahead[row.why]


@given(CARES, TIMINGS, DAYS)
def test_filled_today_is_due_today_only_when_daily(care, timing, on):
    row = one(care, timing, on, on)
    outside = on < care.admitted_on - timedelta(days=ADMISSION_DAYS)
    assert row is None or outside or (timing.every or 99) <= EARLY_DAYS or row.why is Why.DISCHARGE


@given(CARES, TIMINGS, DAYS, st.integers(0, 60))
def test_waiting_makes_nothing_less_due(care, timing, on, days):
    row, later = one(care, timing, None, on), one(care, timing, None, on + timedelta(days=days))
    if row is not None:
        assert later is not None
        assert later.days_over >= row.days_over


@given(CARES, st.integers(1, 120), DAYS)
def test_every_n_days_counts_from_the_last_filling(care, every, last):
    timing = Timing("phq9", every=every)
    day = last + timedelta(days=every)
    if last >= care.admitted_on - timedelta(days=ADMISSION_DAYS):
        assert one(care, timing, last, day).days_over == 0
        assert one(care, timing, last, day - timedelta(days=EARLY_DAYS + 1)) is None


def test_a_filling_before_the_stay_does_not_count_for_the_admission():
    care = Care(1, DAY, "iop")
    timing = Timing("phq9", at_admission=True)
    assert one(care, timing, DAY - timedelta(days=30), DAY).why is Why.ADMISSION
    assert one(care, timing, DAY - timedelta(days=2), DAY) is None


def test_another_levels_instrument_is_not_due():
    care = Care(1, DAY, "iop")
    assert one(care, Timing("phq9", at_admission=True, levels=frozenset({"php"})), None, DAY) is None


def test_a_critical_answer_comes_first():
    care = Care(1, DAY - timedelta(days=40), "iop")
    rows = due(care, {"phq9": Timing("phq9", every=7)}, {}, {"cssrs_screener": DAY}, DAY)
    assert [(row.instrument, row.why) for row in rows] == [
        ("cssrs_screener", Why.FOLLOW), ("phq9", Why.REGULAR)]


@given(st.lists(st.tuples(DAYS, TIMINGS), max_size=5), DAYS)
def test_the_newest_rule_not_later_than_the_day_is_in_force(own, on):
    found = in_force(["phq9"], own, on)["phq9"]
    past = [(start, timing) for start, timing in own if start <= on]
    newest = max((start for start, _ in past), default=None)
    allowed = [timing for start, timing in past if start == newest] or [DEFAULTS["phq9"]]
    assert found in allowed


def test_an_instrument_whose_file_is_broken_is_never_due():
    assert in_force([], [(DAY, Timing("phq9", every=7))], DAY) == {}
