"""The evaluation: criteria counted, nothing guessed, what is missing is named."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.assessment.rules import (
    ANCHORS,
    AREAS,
    BENEFITS,
    CRITERIA,
    SUBSTANCES,
    UNSUITED,
    Severity,
    State,
    counted,
    emergencies,
    may_take_over,
    missing,
    severity,
    why_not_take_over,
)
from daybridge.care.assessment.severity import Met, exempt, score

TODAY = date(2026, 3, 2)
ANSWERS = st.lists(st.sampled_from(["yes", "no"]), min_size=11, max_size=11)
SUBSTANCE = st.sampled_from(sorted(SUBSTANCES))
BANDS = list(Severity)


@pytest.mark.parametrize(
    ("count", "band"),
    [(0, "none"), (1, "none"), (2, "mild"), (3, "mild"), (4, "moderate"), (5, "moderate"),
     (6, "severe"), (11, "severe")],
)  # fmt: skip
def test_the_bands_of_the_criteria_count(count, band):
    assert severity(count) == band


@pytest.mark.parametrize("count", [-1, 12])
def test_no_more_than_eleven_criteria_exist(count):
    with pytest.raises(ValueError, match="0 to 11"):
        severity(count)


@given(SUBSTANCE, ANSWERS, st.booleans(), st.integers(0, 10))
def test_one_more_criterion_never_lowers_the_band(substance, answers, as_prescribed, place):
    more = [*answers[:place], "yes", *answers[place + 1 :]]
    less = score(substance, answers, as_prescribed=as_prescribed)
    found = score(substance, more, as_prescribed=as_prescribed)

    assert found.count >= less.count
    assert BANDS.index(found.band) >= BANDS.index(less.band)
    assert found.status == "complete"


@given(SUBSTANCE, ANSWERS)
def test_a_medicine_taken_as_prescribed_never_counts_for_more(substance, answers):
    prescribed = score(substance, answers, as_prescribed=True)
    otherwise = score(substance, answers, as_prescribed=False)

    assert otherwise.count - 2 <= prescribed.count <= otherwise.count


def test_tolerance_and_withdrawal_do_not_count_as_prescribed():
    every = ["yes"] * 11

    assert score("opioid", every, as_prescribed=True).count == 9
    assert score("alcohol", every, as_prescribed=True).count == 11
    assert score("inhalant", every, as_prescribed=False).count == 10
    assert counted("opioid", range(11), as_prescribed=True) == 9


@given(SUBSTANCE, ANSWERS, st.integers(0, 10), st.sampled_from(["", "not_known"]))
def test_a_missing_answer_is_never_guessed(substance, answers, place, open_answer):
    answers[place] = open_answer
    found = score(substance, answers, as_prescribed=False)

    if place in exempt(substance, as_prescribed=False):
        assert found.status == "complete"
    else:
        assert (found.count, found.band, found.status) == (None, None, "incomplete")
        assert found.missing == (place,)


@pytest.mark.parametrize("answers", [["yes"] * 10, ["maybe"] * 11, []])
def test_an_answer_that_does_not_exist_is_refused(answers):
    with pytest.raises(ValueError, match=r"answers|valid"):
        score("alcohol", answers, as_prescribed=False)


def test_answers_have_stable_codes():
    assert [one.value for one in Met] == ["yes", "no", "not_known", ""]


COMPLETE = State(
    rated_substances={"alcohol"},
    medical_answered=True,
    mental_answered=True,
    areas=dict.fromkeys(AREAS, 0),
    criteria=dict.fromkeys((*BENEFITS, *UNSUITED), "not_known"),
)


def state(**changes):
    return State(**{name: getattr(COMPLETE, name) for name in State.__slots__} | changes)


def test_nothing_is_missing_of_a_complete_evaluation():
    assert missing(COMPLETE) == []


@pytest.mark.parametrize(
    ("changes", "section"),
    [
        ({"rated_substances": set()}, "substances"),
        ({"medical_answered": False}, "medical"),
        ({"mental_answered": False}, "mental"),
        *[({"areas": dict.fromkeys(AREAS, 0) | {area: None}}, "areas") for area in AREAS],
        *[
            (
                {"criteria": {k: "no" for k in (*BENEFITS, *UNSUITED) if k != key}},
                "criteria",
            )
            for key in (*BENEFITS, *UNSUITED)
        ],
    ],
)
def test_each_missing_part_is_named(changes, section):
    assert [where for where, _ in missing(state(**changes))] == [section]


@given(
    st.dictionaries(
        st.sampled_from(sorted(AREAS)), st.one_of(st.none(), st.integers(0, 4))
    ),
    st.booleans(),
    st.booleans(),
)
def test_danger_in_any_form_calls_for_emergency_steps(areas, in_danger, self_harm):
    found = emergencies(areas, in_danger=in_danger, self_harm=self_harm)
    fours = [area for area in "WBM" if areas.get(area) == 4]

    assert len(found) == len(fours) + in_danger + self_harm


@given(st.integers(-5, 60), st.booleans())
def test_an_outside_evaluation_counts_for_thirty_days_and_only_when_reviewed(
    days, reviewed
):
    made = TODAY - timedelta(days=days)

    assert may_take_over(made, TODAY) is (0 <= days <= 30)
    fits = why_not_take_over(made, TODAY, reviewed=reviewed) == []
    assert fits is (reviewed and 0 <= days <= 30)


def test_six_areas_with_five_anchors_and_eight_criteria_of_benefit():
    assert {area: len(words) for area, words in ANCHORS.items()} == dict.fromkeys(AREAS, 5)
    assert (len(CRITERIA), len(BENEFITS), len(UNSUITED)) == (11, 8, 2)
