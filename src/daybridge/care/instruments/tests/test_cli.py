"""`daybridge instruments`: JSON on standard output, mistakes named on standard error, exit 1."""

import json
from pathlib import Path

import pytest

from daybridge.care.instruments.cli import main
from daybridge.care.instruments.library import FOLDER


@pytest.fixture
def run(tmp_path, capsys):
    """Score a file's text; return exit code, output, errors."""
    def scored(name, text):
        path = tmp_path / "answers.json"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        code = main(["score", name, "--answers", str(path)])
        out, err = capsys.readouterr()
        return code, out, err
    return scored


def test_a_score_is_exactly_four_things(run):
    code, out, err = run("phq9", '{"answers": [2,2,2,2,2,0,0,0,1], "context": {}}')
    found = json.loads(out)

    assert (code, err) == (0, "")
    assert set(found) == {"score", "band", "critical", "status"}
    assert (found["score"], found["band"], found["status"]) == (11, "moderate+suicide_item", "complete")
    assert found["critical"][0]["items"] == ["9"]
    assert found["critical"][0]["what"] == "self_harm"


def test_scores_of_several_scales_are_a_list_and_a_category_has_none(run):
    assert json.loads(run("ruler", '{"answers": [8, 3, 9]}')[1])["score"] == [8, 3, 9]
    screener = '{"answers": [1, 1, 0, 0, 0, 0], "context": {"recent3m": false}}'
    assert json.loads(run("cssrs_screener", screener)[1])["score"] is None
    assert json.loads(run("srs", '{"answers": [9.5, 9, 9, 9]}')[1])["score"] == 36.5


def test_the_published_vectors_by_the_command_line(run):
    path = Path(__file__).parents[5] / "tests" / "data" / "scores_public.json"
    for case in json.loads(path.read_text()):
        given = json.dumps({"answers": case["answers"], "context": case["context"]})
        code, out, err = run(case["instrument"], given)
        found = json.loads(out)
        assert (code, err, found["status"]) == (0, "", "complete"), case["id"]
        assert (found["score"], found["band"]) == (case["expected_score"], case["expected_band"])


def test_a_missing_answer_is_no_mistake_and_is_named(run):
    code, out, err = run("phq9", '{"answers": {"9": 2}}')
    found = json.loads(out)

    assert code == 0
    assert (found["score"], found["band"], found["status"]) == (None, None, "incomplete")
    assert len(found["critical"]) == 1
    assert err == "Not answered: 1, 2, 3, 4, 5, 6, 7, 8\n"


@pytest.mark.parametrize(("name", "text", "says"), [
    ("phq8", '{"answers": []}', "No instrument is called phq8. There are: ahc_hrsn"),
    ("phq9", '{"answers": [0,0,0,0,0,0,0,0]}', "phq9 takes 9 answers in the order of its items, not 8."),
    ("phq9", '{"answers": [0,0,0,0,0,0,0,0,0,0]}', "not 10."),
    ("phq9", '{"answers": [0,0,0,0,0,0,0,0,4]}', "Item 9: 4 is not allowed. Allowed: 0, 1, 2, 3."),
    ("phq9", '{"answers": [0,0,0,0,0,0,0,0,1.0]}', "Item 9: 1.0 is not allowed"),
    ("phq9", '{"answers": [0,0,0,0,0,0,0,0,true]}', "Item 9: True is not allowed"),
    ("phq9", '{"answers": [0,0,0,0,0,0,0,0,"1"]}', "Item 9: '1' is not allowed"),
    ("phq9", '{"answers": {"11": 1}}', "phq9 has no item 11. Its items: 1, 2"),
    ("cows", '{"answers": [3,0,0,0,0,0,0,0,0,0,0]}', "Item 1: 3 is not allowed. Allowed: 0, 1, 2, 4"),
    ("srs", '{"answers": [9, 9, 9, NaN]}', "Item 4: nan is not allowed. Allowed: a number from 0 to 10."),
    ("srs", '{"answers": [9, 9, 9, 1e999999]}', "Item 4: 1E+999999 is not allowed"),
    ("phq9", '{"answers": 3}', '"answers" is a list'),
    ("phq9", "{}", '"answers" is a list'),
    ("phq9", '{"answers": [], "score": 3}', "and nothing else"),
    ("phq9", '{"answers": [], "context": 3}', '"context" is an object'),
    ("phq9", '{"answers": {"1": 0, "1": 3}}', "1 is there twice. Leave one."),
    ("phq9", "[]", "and nothing else"),
    ("phq9", "{", "is not JSON in UTF-8"),
    ("phq9", b"\xff", "is not JSON in UTF-8"),
    ("phq9", "[" * 100_000, "is not JSON in UTF-8"),
    ("phq9", "[" + "1" * 5000 + "]", "is not JSON in UTF-8"),
    ("phq9", " " * 1_000_001, "is larger than"),
])
def test_a_mistake_is_named_and_nothing_is_printed(run, name, text, says):
    code, out, err = run(name, text)

    assert (code, out) == (1, "")
    assert says in err


@pytest.mark.parametrize("words", [
    [], ["score"], ["score", "phq9"], ["win"], ["score", "phq9", "--answers"],
    ["score", "phq9", "--answers", "/nowhere/x.json"], ["score", "phq9", "--answers", "/"],
    ["check", "/nowhere/x.json"],
])
def test_wrong_words_end_with_1_and_say_why(words, capsys):
    assert main(words) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err


def test_list_and_check(capsys, tmp_path):
    assert main(["list"]) == 0
    assert "phq9             FREE        9  PHQ-9" in capsys.readouterr().out
    assert main(["check"]) == 0
    assert main(["check", str(FOLDER / "phq9.json")]) == 0
    assert "phq9: no mistakes." in capsys.readouterr().out
    bad = tmp_path / "phq9.json"
    bad.write_text((FOLDER / "phq9.json").read_text().replace('"range": [0, 27]', '"range": [0, 30]'))
    assert main(["check", str(bad)]) == 1
    assert capsys.readouterr().err == (
        "phq9.json: daybridge.scores.total: its items give 0 to 27, not 0 to 30\n")
