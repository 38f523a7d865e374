"""S1. Instruments are data: one engine scores them, and agrees with the evaluation."""

import json

from daybridge.care.assessment import rules as evaluation
from daybridge.care.instruments.definition_check import DOMAINS
from daybridge.care.instruments.library import FOLDER, load, read
from daybridge.care.instruments.rules import critical_of, score


def test_a_form_with_an_answer_missing_has_no_score_and_still_raises_the_alarm():
    """PHQ-9 with one answer, thoughts of self-harm: no total, no band, but the critical item."""
    found = score(load().get("phq9"), {"9": 1})

    assert (found.score, found.band, found.status) == (None, None, "incomplete")
    assert [one.what for one in found.critical] == ["self_harm"]
    assert [one.what for one in critical_of(load().get("phq9"), "9", 1, {})] == ["self_harm"]


def test_an_instrument_with_a_mistake_is_named_and_the_others_work(tmp_path):
    """The file, the place in it and what is wrong; PHQ-9 is read all the same."""
    for name in ("phq9", "gad7"):
        (tmp_path / f"{name}.json").write_text((FOLDER / f"{name}.json").read_text())
    broken = json.loads((tmp_path / "gad7.json").read_text())
    broken["item"][2]["answerOption"] = []
    (tmp_path / "gad7.json").write_text(json.dumps(broken))

    found = read(sorted(tmp_path.glob("*.json")))

    assert list(found.instruments) == ["phq9"]
    assert "gad7.json: item[2]: a choice needs answerOption" in [str(one) for one in found.problems]


def test_the_criteria_count_and_the_evaluation_count_alike():
    """Eleven answers for each substance, as prescribed or not: the same number and band."""
    form = load().get("dsm5_sud")
    for substance in evaluation.SUBSTANCES:
        for as_prescribed in (True, False):
            for met in ([], [0], [0, 9], [9, 10], [0, 1, 2, 3, 10], list(range(11))):
                context = {"substance": substance, "as_prescribed": as_prescribed}
                found = score(form, [int(place in met) for place in range(11)], context)
                count = evaluation.counted(substance, met, as_prescribed=as_prescribed)
                assert (found.score, found.band) == (count, evaluation.severity(count).value)


def test_the_six_areas_and_the_needs_use_the_words_of_the_evaluation():
    """The same areas with the same anchors, the same eleven domains."""
    areas = {item.link_id: item for item in load().get("six_areas").items}

    assert {key: item.words["en"] for key, item in areas.items()} == evaluation.AREAS
    for key, anchors in evaluation.ANCHORS.items():
        assert tuple(option.words["en"] for option in areas[key].options) == anchors
    assert DOMAINS == evaluation.NEED_DOMAINS
