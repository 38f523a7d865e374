"""Shares, medians and survival: against textbooks, and what must hold for all figures."""

import itertools
import math
from statistics import median as plain_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.kernel.median import median
from daybridge.kernel.proportion import Direction, Proportion, Verdict, judge
from daybridge.kernel.survival import (
    cumulative_incidence,
    happened,
    kaplan_meier,
    still_there,
    time_reached,
)

SHARES = st.integers(0, 300).flatmap(
    lambda n: st.builds(Proportion, st.integers(0, n), st.just(n))
)
TIMES = st.integers(0, 40).map(float)

# Freireich 1963, remission in weeks on 6-mercaptopurine (Kleinbaum and Klein, chapter 2).
LEFT = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STAYED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
LEUKAEMIA = [(float(t), True) for t in LEFT] + [(float(t), False) for t in STAYED]


def test_wilson_agrees_with_the_published_example():
    """Newcombe 1998: 81 of 263 gives 0.2553 to 0.3662."""
    low, high = Proportion(81, 263).wilson()

    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@given(SHARES)
def test_the_interval_holds_the_share_and_stays_within_nought_and_one(share):
    low, high = share.wilson()

    assert 0 <= low <= share.value <= high <= 1


@given(st.integers(1, 200), st.integers(2, 20))
def test_more_cases_of_the_same_share_say_more(n, times):
    few, many = Proportion(n, 2 * n).wilson(), Proportion(n * times, 2 * n * times).wilson()

    assert many[1] - many[0] < few[1] - few[0]


@pytest.mark.parametrize(
    ("share", "verdict"),
    [
        (Proportion(99, 100), Verdict.KEPT),
        (Proportion(92, 100), Verdict.KEPT_FEW),
        (Proportion(88, 100), Verdict.AT_RISK),
        (Proportion(70, 100), Verdict.NOT_KEPT),
        (Proportion(4, 4), Verdict.NOT_YET),
    ],
)
def test_the_words_for_a_target_of_nine_in_ten(share, verdict):
    assert share.verdict(0.9) is verdict


@given(SHARES.filter(lambda share: share.denominator > 0))
def test_with_zero_tolerance_one_case_is_not_kept(share):
    spoiled = share.numerator < share.denominator

    found = share.verdict(1.0, zero_tolerance=True)

    assert (found is Verdict.NOT_KEPT) is spoiled


@given(SHARES, st.floats(0, 1))
def test_at_most_is_at_least_seen_from_the_other_side(share, target):
    other = Proportion(share.denominator - share.numerator, share.denominator)

    assert share.verdict(0.0, Direction.AT_MOST, zero_tolerance=True) is other.verdict(
        1.0, zero_tolerance=True
    )
    assert judge(share.value, share.wilson(), target, Direction.AT_MOST) is judge(
        -share.value, (-share.wilson()[1], -share.wilson()[0]), -target
    )


@given(SHARES, st.floats(0, 1))
def test_less_than_five_cases_is_never_good_news(share, target):
    if share.denominator < 5:
        assert share.verdict(target) is Verdict.NOT_YET


def test_a_share_of_more_than_all_is_refused():
    with pytest.raises(ValueError, match="no share"):
        Proportion(3, 2)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_the_median_is_the_middle_and_lies_in_its_interval(values):
    found = median(values)

    assert found.value == pytest.approx(plain_median(values))
    if len(values) >= 6:
        assert found.interval[0] <= found.value <= found.interval[1]
    else:
        assert found.interval is None


@pytest.mark.parametrize(
    ("count", "ranks"),
    [(6, (1, 6)), (8, (1, 8)), (9, (2, 8)), (20, (6, 15)), (100, (40, 61))],
)
def test_the_ranks_of_the_interval_are_those_of_the_tables(count, ranks):
    """Conover 1999, table of the binomial; e.g. 20 values: the 6th to the 15th."""
    assert median(range(1, count + 1)).interval == ranks


def test_many_values_take_the_normal_approximation_with_the_same_ranks():
    low, high = median(range(1, 1002)).interval

    assert low + high == 1002
    assert abs(low - median(range(1, 1001)).interval[0]) <= 1


def test_waits_without_an_end_may_be_infinite_and_no_number_is_refused():
    assert median([1, 2, math.inf, math.inf, math.inf]).value == math.inf
    assert median([]) is None
    with pytest.raises(ValueError, match="no number"):
        median([1.0, math.nan])


def test_kaplan_meier_agrees_with_the_textbook():
    steps = kaplan_meier(LEUKAEMIA)

    assert [step.time for step in steps] == [6, 7, 10, 13, 16, 22, 23]
    assert [round(step.estimate, 4) for step in steps] == [
        0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482,
    ]  # fmt: skip
    assert [round(step.error, 4) for step in steps] == [
        0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346,
    ]  # fmt: skip
    assert [step.at_risk for step in steps] == [21, 17, 15, 12, 11, 7, 6]
    assert (round(steps[0].low, 3), round(steps[0].high, 3)) == (0.620, 0.952)
    assert (round(steps[-1].low, 3), round(steps[-1].high, 3)) == (0.188, 0.680)


def test_before_anybody_left_everybody_is_there():
    assert still_there(kaplan_meier(LEUKAEMIA), 5).estimate == 1.0
    assert round(still_there(kaplan_meier(LEUKAEMIA), 90).estimate, 4) == 0.4482


@given(st.lists(st.tuples(TIMES, st.booleans()), min_size=1, max_size=60))
def test_survival_only_falls_and_its_interval_holds_it(cases):
    shares = [1.0, *(step.estimate for step in kaplan_meier(cases))]

    assert all(later <= earlier for earlier, later in itertools.pairwise(shares))
    for step in kaplan_meier(cases):
        assert step.low - 1e-9 <= step.estimate <= step.high + 1e-9


@given(st.lists(TIMES, min_size=1, max_size=60))
def test_with_nobody_censored_survival_is_the_plain_share(times):
    for step in kaplan_meier((time, True) for time in times):
        assert step.estimate == pytest.approx(
            sum(time > step.time for time in times) / len(times)
        )


@given(st.lists(st.tuples(TIMES, st.booleans()), min_size=1, max_size=60))
def test_incidence_without_competitors_is_one_minus_survival(cases):
    staying = kaplan_meier(cases)
    going = cumulative_incidence(((t, "x" if left else None) for t, left in cases), "x")

    for stay, gone in zip(staying, going, strict=True):
        assert gone.estimate == pytest.approx(1 - stay.estimate)
        if stay.estimate > 1e-9:
            assert gone.error == pytest.approx(stay.error, abs=1e-6)


CAUSES = st.sampled_from(["treated", "gave up", "died", None])


@given(st.lists(st.tuples(TIMES, CAUSES), min_size=1, max_size=60))
def test_all_causes_and_those_still_waiting_make_the_whole(cases):
    shares = [
        happened(cumulative_incidence(cases, cause), 99).estimate
        for cause in ("treated", "gave up", "died")
    ]
    waiting = still_there(kaplan_meier((t, c is not None) for t, c in cases), 99).estimate

    assert sum(shares) + waiting == pytest.approx(1)


def test_who_gives_up_is_not_lost_from_the_denominator():
    cases = [(1.0, "treated"), (2.0, "gave up"), (3.0, "treated"), (4.0, "gave up")]
    steps = cumulative_incidence(cases, "treated")

    assert happened(steps, 4).estimate == pytest.approx(0.5)
    assert time_reached(steps, 0.5) == 3.0
    assert time_reached(steps, 0.51) is None
    # four cases, none censored: the error is that of a plain share
    assert happened(steps, 4).error == pytest.approx(math.sqrt(0.5 * 0.5 / 4))


@pytest.mark.parametrize("time", [-1.0, math.nan, math.inf])
def test_impossible_times_are_refused(time):
    with pytest.raises(ValueError, match="0 or more"):
        kaplan_meier([(time, True)])
