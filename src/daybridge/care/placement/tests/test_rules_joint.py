"""The joint decision: nobody decides alone, nobody is just refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.placement.joint import (
    Alternative,
    By,
    View,
    alternative_lacks,
    differ,
    dissent_lacks,
    is_copied,
    is_lighter,
    missing_before_admission,
    needs_alternative,
    overrides,
    reasons_for_and_against,
    review_due_on,
)
from daybridge.care.placement.rules import AREAS, FLAGS, Level, recommend

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
CLIENT = View(By.CLIENT, Level.IOP, "I want to sleep at home.", NOW)
CLINICIAN = View(By.CLINICIAN, Level.IOP, "Lapses likely without structure.", NOW)
SITUATIONS = st.tuples(
    st.fixed_dictionaries(
        {area: st.one_of(st.none(), st.integers(0, 4)) for area in AREAS}
    ),
    st.frozensets(st.sampled_from(sorted(FLAGS))),
)


def view(one, **changes):
    return View(**{name: getattr(one, name) for name in View.__slots__} | changes)


def test_two_signed_views_with_reasons_are_enough():
    assert missing_before_admission([CLIENT, CLINICIAN], at=NOW) == []


@pytest.mark.parametrize(
    ("views", "count"),
    [
        ([], 2),
        ([CLIENT], 1),
        ([CLIENT, view(CLINICIAN, reasons="  ")], 1),
        ([CLIENT, view(CLINICIAN, signed_at=None)], 1),
        ([CLIENT, view(CLINICIAN, signed_at=NOW + timedelta(minutes=1))], 1),
        ([view(CLIENT, reasons="", signed_at=None), CLINICIAN], 2),
    ],
)
def test_what_is_missing_before_admission_is_named(views, count):
    assert len(missing_before_admission(views, at=NOW)) == count


def test_a_difference_needs_a_way_forward_and_a_day():
    views = [CLIENT, view(CLINICIAN, level=Level.PHP)]

    assert differ(views)
    assert not differ([CLIENT, CLINICIAN])
    assert len(dissent_lacks(views, way_forward=" ", review_on=None)) == 2
    assert dissent_lacks(views, way_forward="Try IOP", review_on=date(2026, 3, 16)) == []
    assert dissent_lacks([CLIENT, CLINICIAN], way_forward="", review_on=None) == []


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.one_of(st.none(), st.dates()))
def test_a_difference_is_never_reviewed_before_it_exists(decided, chosen):
    assert review_due_on(decided, chosen) >= decided


def test_who_may_be_unsuited_is_offered_an_alternative_within_72_hours():
    answer = recommend(dict.fromkeys(AREAS, 1) | {"E": 4}, [])
    offer = Alternative("Harbor House, dual diagnosis", 3, NOW, "Admitted there")

    assert needs_alternative(answer)
    assert len(alternative_lacks(None, opened_at=NOW, at=NOW)) == 1
    assert len(alternative_lacks(None, opened_at=NOW, at=NOW + timedelta(hours=73))) == 2
    assert alternative_lacks(offer, opened_at=NOW, at=NOW + timedelta(days=9)) == []
    nobody = Alternative("Harbor House", None, NOW, "")
    assert len(alternative_lacks(nobody, opened_at=NOW, at=NOW)) == 2


@given(SITUATIONS, st.sampled_from(Level))
def test_there_is_always_a_reason_on_one_side(situation, level):
    answer = recommend(*situation)
    pro, against = reasons_for_and_against(answer, level)

    assert pro or against or answer.indicated is Level.INCOMPLETE
    assert overrides(answer, level) is (level is not answer.recommended)
    if level is answer.recommended is answer.indicated:
        assert pro
        assert not is_lighter(answer, level)


@given(SITUATIONS)
def test_an_emergency_and_an_incomplete_rating_come_before_everything_else(situation):
    answer = recommend(*situation)

    if answer.indicated in {Level.EMERGENCY, Level.INCOMPLETE}:
        assert answer.modifiers == ()


@given(SITUATIONS)
def test_an_unlocked_level_that_can_not_be_had_is_escalated_or_substituted(situation):
    ratings, flags = situation
    answer = recommend(ratings, flags)

    blocked = (
        answer.recommended is Level.RESIDENTIAL and "residential_unavailable" in flags
    ) or (answer.recommended is Level.PHP and "php_unavailable" in flags)
    assert not blocked or "unmet_need_escalate" in answer.modifiers


def test_one_view_copied_into_the_other_is_pointed_out():
    assert is_copied([CLIENT, view(CLINICIAN, reasons="i want to  sleep at home.")])
    assert not is_copied([CLIENT, CLINICIAN])
