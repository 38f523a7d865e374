"""The rule table: its vignettes, and what must hold for every situation."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.placement.cli import main
from daybridge.care.placement.rules import (
    AREAS,
    FLAGS,
    INTENSITY,
    PENDING,
    BadInput,
    Level,
    recommend,
)

VIGNETTES = json.loads(
    (Path(__file__).parents[5] / "tests" / "data" / "vignettes_public.json").read_text()
)
NO_SUBSTITUTES = sorted(FLAGS - {"residential_unavailable", "php_unavailable"})
SITUATIONS = st.tuples(
    st.fixed_dictionaries({area: st.integers(0, 4) for area in AREAS}),
    st.frozensets(st.sampled_from(sorted(FLAGS))),
)


@pytest.mark.parametrize("case", VIGNETTES, ids=lambda case: case["id"])
def test_the_published_vignettes(case):
    answer = recommend(case["ratings"], case["flags"])

    assert answer.recommended == case["expected"]
    assert answer.indicated == case["expected_indicated"]
    assert list(answer.reasons) == case["rule"]
    assert list(answer.modifiers) == case["modifiers"]


STRUCTURAL = (
    "safe_housing",
    "complicated_withdrawal_history",
    "severe_unstable_comorbidity",
)
BENEFIT_SETS = ((), ("step_down",), ("daily_stress", "weak_support"))


@pytest.mark.parametrize(
    "flags",
    [
        (*structural, *benefits)
        for size in range(4)
        for structural in itertools.combinations(STRUCTURAL, size)
        for benefits in BENEFIT_SETS
    ],
    ids=" ".join,
)
def test_a_worse_rating_never_means_a_lighter_level(flags):
    """Exhaustive: all ratings of the five areas that count (readiness never does)."""
    level = {
        ratings: INTENSITY[
            recommend(dict(zip("WBMCE", ratings, strict=True)) | {"R": 0}, flags).indicated
        ]
        for ratings in itertools.product(range(5), repeat=5)
    }
    for ratings, rank in level.items():
        for place in range(5):
            if ratings[place] < 4:
                worse = (*ratings[:place], ratings[place] + 1, *ratings[place + 1 :])
                assert level[worse] >= rank, (ratings, worse)


@given(SITUATIONS, st.integers(0, 4))
def test_readiness_never_changes_the_level(situation, readiness):
    ratings, flags = situation

    assert (
        recommend(ratings, flags).indicated
        == recommend(ratings | {"R": readiness}, flags).indicated
    )


@given(
    SITUATIONS,
    st.sampled_from(["step_down", "repeated_relapse", "daily_stress", "weak_support"]),
)
def test_a_benefit_flag_never_lowers_the_level(situation, flag):
    ratings, flags = situation

    with_flag = recommend(ratings, flags | {flag}).indicated

    assert INTENSITY[with_flag] >= INTENSITY[recommend(ratings, flags).indicated]


@given(SITUATIONS)
def test_the_decision_is_always_left_to_client_and_clinician(situation):
    assert recommend(*situation).decision == PENDING


@given(SITUATIONS)
def test_what_can_not_be_had_is_never_silently_lighter(situation):
    answer = recommend(*situation)

    if answer.recommended != answer.indicated:
        assert any(reason.startswith("U") for reason in answer.reasons)


def test_an_area_not_rated_is_no_guess():
    assert recommend({"W": 0, "B": 0}, []).indicated is Level.INCOMPLETE


@pytest.mark.parametrize(
    ("ratings", "flags"),
    [
        ({"W": 5}, []),
        ({"W": -1}, []),
        ({"X": 1}, []),
        ({"W": "2"}, []),
        ({"W": True}, []),
        ({"W": 1.5}, []),
        ({"W": 2.0}, []),
        ({"W": [1]}, []),
        ({}, ["unheard_of"]),
        ({}, [3]),
    ],
)
def test_unknown_values_are_named(ratings, flags):
    with pytest.raises(BadInput):
        recommend(ratings, flags)


def test_the_command_prints_json(tmp_path, capsys):
    file = tmp_path / "one.json"
    file.write_text(json.dumps({"ratings": VIGNETTES[0]["ratings"], "flags": []}))

    assert main(["recommend", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["recommended"] == "outpatient"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '{"ratings": 1}',
        '{"flags": {}}',
        '{"more": 1}',
        '{"ratings": {"W": 9}}',
        '{"ratings": {"W": NaN}}',
        '{"ratings": {"W": 0, "W": 4}}',
        '{"flags": [{}]}',
        "[" * 50_000,
    ],
    ids=range(12),
)
def test_a_bad_file_is_named_never_a_traceback(content, tmp_path, capsys):
    file = tmp_path / "bad.json"
    file.write_text(content)

    assert main(["recommend", str(file)]) == 1
    assert capsys.readouterr().err.strip()


def test_a_missing_file_is_named(tmp_path, capsys):
    assert main(["recommend", str(tmp_path / "none.json")]) == 1
    assert "none.json" in capsys.readouterr().err
