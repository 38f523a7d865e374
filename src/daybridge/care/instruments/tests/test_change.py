"""Reliable change: the formula, what it rests on, and that unknown stays unknown."""

from dataclasses import replace
from decimal import Decimal
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.instruments.library import load
from daybridge.care.instruments.rules_change import Spread, reliable_change

PHQ9, PCL5, RULER = (load().get(name) for name in ("phq9", "pcl5", "ruler"))
OWN = Spread(sd=6.0, r=0.84, admissions=50)


def test_the_formula_of_the_measures():
    edge = 1.96 * 6 * sqrt(2 * (1 - 0.84))

    assert reliable_change(PHQ9, 20, 20 - edge - 0.01, scale="total", own=OWN).reliable is True
    assert reliable_change(PHQ9, 20, 20 - edge + 0.01, scale="total", own=OWN).reliable is False
    assert "n = 50" in reliable_change(PHQ9, 20, 10, scale="total", own=OWN).basis


def test_without_a_spread_nothing_is_called_reliable_nor_denied():
    too_few = Spread(sd=6, r=0.84, admissions=49)
    for own in (None, too_few, Spread(sd=0, r=0.84, admissions=50), Spread(sd=6, r=1, admissions=50)):
        change = reliable_change(PHQ9, 20, 10, scale="total", own=own)
        assert (change.reliable, change.index) == (None, None)
        assert change.basis.startswith("Not known")
        assert change.meaningful is True


def test_the_source_goes_before_own_admissions_and_points_come_last():
    rule = replace(PHQ9.change[0], sd=Decimal(3), r=Decimal("0.9"), source="A paper")
    with_source = replace(PHQ9, change=(rule,))

    assert reliable_change(with_source, 9, 5, scale="total", own=OWN).basis == "A paper"
    assert reliable_change(PCL5, 40, 35, scale="total").reliable is True
    assert reliable_change(PCL5, 40, 36, scale="total").reliable is False
    assert reliable_change(PCL5, 40, 31, scale="total").meaningful is False
    assert reliable_change(PCL5, 40, 30, scale="total").meaningful is True


@pytest.mark.parametrize(("instrument", "scale", "after", "way"), [
    (PHQ9, "total", 9, "better"), (PHQ9, "total", 11, "worse"), (PHQ9, "total", 10, "same"),
    (RULER, "readiness", 11, "better"), (load().get("socrates8"), "ambivalence", 12, "changed")])
def test_which_way_is_better_is_the_scale_s_own(instrument, scale, after, way):
    assert reliable_change(instrument, 10, after, scale=scale).way == way


@given(st.integers(0, 27), st.integers(0, 27))
def test_there_and_back_are_judged_alike(one, other):
    there = reliable_change(PHQ9, one, other, scale="total", own=OWN)
    back = reliable_change(PHQ9, other, one, scale="total", own=OWN)

    assert (there.reliable, there.index) == (back.reliable, back.index)
    assert there.difference == -back.difference
