"""Definition files: valid R4, no published wording, and a mistake named with its place."""

import json
import re
from copy import deepcopy

import pytest

from daybridge.care.instruments.definition import BadDefinition, instrument
from daybridge.care.instruments.library import FOLDER, load, questionnaire, read
from daybridge.care.instruments.rules import score

FILES = sorted(FOLDER.glob("*.json"))
PHQ9 = json.loads((FOLDER / "phq9.json").read_text())
RULER = json.loads((FOLDER / "ruler.json").read_text())
FHIR = "http://hl7.org/fhir/StructureDefinition/"
# FHIR R4, Questionnaire: the elements and their types, written down apart from our reader
ROOT = {"resourceType": str, "id": str, "url": str, "version": str, "name": str, "title": str,
        "status": str, "date": str, "publisher": str, "description": str, "copyright": str,
        "subjectType": list, "code": list, "item": list, "_title": dict}
ITEM = {"linkId": str, "text": str, "_text": dict, "type": str, "code": list, "required": bool,
        "repeats": bool, "enableWhen": list, "enableBehavior": str, "answerOption": list,
        "extension": list, "item": list}
TYPES = {"group", "display", "boolean", "decimal", "integer", "date", "dateTime", "time", "string",
         "text", "url", "choice", "open-choice", "attachment", "reference", "quantity"}
ANSWERS = {"valueInteger", "valueDate", "valueTime", "valueString", "valueCoding", "valueReference"}
OPERATORS = {"exists", "=", "!=", ">", "<", ">=", "<="}
URI = re.compile(r"(urn:[a-z0-9]+:\S+|https?://\S+)$")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_file_is_a_questionnaire_of_fhir_r4(path):
    form = questionnaire(path.stem)

    has_only(form, ROOT)
    assert form["resourceType"] == "Questionnaire"
    assert form["status"] in {"draft", "active", "retired", "unknown"}
    assert URI.match(form["url"])
    assert re.fullmatch(r"[A-Za-z]([A-Za-z0-9_]){0,254}", form["name"])
    seen = []
    for item in form["item"]:
        r4_item(item, seen)
        seen.append(item["linkId"])
    assert len(set(seen)) == len(seen)


def r4_item(item, before):
    has_only(item, ITEM)
    assert item["type"] in TYPES
    assert ("answerOption" in item) <= (item["type"] in {"choice", "open-choice"})
    assert not (item["type"] in {"group", "display"} and ("required" in item or "repeats" in item))
    assert not (item["type"] == "display" and "code" in item)
    assert (len(item.get("enableWhen", [])) > 1) <= ("enableBehavior" in item)
    for when in item.get("enableWhen", []):
        assert when["question"] in before
        assert when["operator"] in OPERATORS
        assert sum(key.startswith("answer") for key in when) == 1
        assert set(when) <= {"question", "operator", "answerInteger", "answerCoding"}
    for option in item.get("answerOption", []):
        assert len(set(option) & ANSWERS) == 1
        assert set(option) <= ANSWERS | {"extension"}
        assert set(option["valueCoding"]) <= {"system", "code", "display", "_display"}
        extensions(option)
    extensions(item)
    for code in item.get("code", []):
        assert code["system"] == "http://loinc.org"
        assert re.fullmatch(r"\d{4,6}-\d", code["code"])
        extensions(code)


def extensions(element):
    for extension in element.get("extension", []):
        assert URI.match(extension["url"])
        assert sum(key.startswith("value") for key in extension) == 1


def has_only(element, known):
    for key, value in element.items():
        assert isinstance(value, known[key]), key
        assert value not in ("", [], {}), key


def check_digit(code):
    """Return the digit that a LOINC code's number must end in (modulo 10, doubled from the right)."""
    number, _ = code.split("-")
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return (10 - total % 10) % 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_loinc_code_has_its_right_check_digit(path):
    for code in re.findall(r'"code": "(\d{4,6}-\d)"', path.read_text()):
        assert code.endswith(f"-{check_digit(code)}"), code


def test_published_forms_carry_labels_and_own_ones_both_languages():
    for one in load().instruments.values():
        for item in one.items:
            if one.licence.kind == "OWN":
                assert set(item.words) >= {"en", "es"}
                assert item.full_in == {"en", "es"}
            else:
                assert len(item.words["en"].split()) <= 4
                assert not item.full_in
                assert not one.may_be_shown("en")
    assert {one.languages["es"] for one in load().instruments.values() if one.languages} == {"unreviewed"}


def broken(content, *path, value):
    changed = deepcopy(content)
    place = changed
    for key in path[:-1]:
        place = place[key]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return changed


MISTAKES = [
    (PHQ9, ("resourceType",), "Patient", "resourceType: must be Questionnaire"),
    (PHQ9, ("name",), None, "name: is missing"),
    (PHQ9, ("status",), "open", "status: must be one of active"),
    (PHQ9, ("colour",), "red", "colour: is not known here"),
    (PHQ9, ("item",), [], "item: needs at least one item"),
    (PHQ9, ("item", 1, "linkId"), "1", "item[1].linkId: 1 is there twice"),
    (PHQ9, ("item", 0, "type"), "slider", "item[0].type: must be one of"),
    (PHQ9, ("item", 0, "type"), "integer", "item[0].answerOption: only a choice has answerOption"),
    (PHQ9, ("item", 0, "answerOption"), None, "item[0]: a choice needs answerOption"),
    (PHQ9, ("item", 0, "answerOption", 1, "extension", 0, "valueDecimal"), 0,
     "item[0].answerOption: the same value is there twice"),
    (PHQ9, ("item", 0, "answerOption", 1, "extension", 0, "valueDecimal"), "1",
     "item[0].answerOption[1].extension[0].valueDecimal: must be a whole number"),
    (PHQ9, ("item", 0, "text"), "A label of five words", "item 1: a published form carries a label"),
    (PHQ9, ("item", 0, "required"), False, "item 1 counts, so it must be required"),
    (PHQ9, ("item", 0, "enableWhen"), [{"question": "5", "operator": "=", "answerInteger": 1}],
     "item[0].enableWhen[0].question: must be an item before this one"),
    (PHQ9, ("item", 0, "code", 0, "extension"), [], "must say whether it was verified"),
    (PHQ9, ("daybridge",), None, "daybridge: is missing"),
    (PHQ9, ("daybridge", "licence", "kind"), "MINE", "daybridge.licence.kind: must be one of"),
    (PHQ9, ("daybridge", "scores", 0, "range"), [0, 30], "daybridge.scores.total: its items give 0 to 27"),
    (PHQ9, ("daybridge", "scores", 0, "items", 0), "11", "daybridge.scores.total: 11 is no item"),
    (PHQ9, ("daybridge", "reported"), "sum", "daybridge: sum is no score"),
    (PHQ9, ("daybridge", "band", "bands", 1, "from"), 20, "the cuts must ascend"),
    (PHQ9, ("daybridge", "band", "bands", 0, "from"), 1, "leaves a part of total without a band"),
    (PHQ9, ("daybridge", "critical", 0, "when"), {"item": "99", "min": 1}, "99 is no item or score"),
    (PHQ9, ("daybridge", "critical", 0, "when"), {"item": "9"}, "a condition says one thing"),
    (PHQ9, ("daybridge", "critical", 0, "when"), {}, "a condition looks at one of"),
    (PHQ9, ("daybridge", "critical", 0, "steps"), [], "must say the first steps"),
    (PHQ9, ("daybridge", "critical", 0, "minutes"), True, "minutes: must be a whole number"),
    (PHQ9, ("daybridge", "needs", 0, "domain"), "money", "money is no domain of needs"),
    (PHQ9, ("daybridge", "sequence"), ["1", "2"], "item 3 is required but in no list"),
    (PHQ9, ("daybridge", "change", 0, "sd"), "wide", "daybridge.change[0].sd: must be a number"),
    (RULER, ("item", 0, "extension"), [], "a number needs minValue below maxValue"),
    (RULER, ("item", 0, "_text"), None, "item importance: lacks es"),
    (RULER, ("daybridge", "languages"), {}, "own forms say their languages"),
]


@pytest.mark.parametrize(("content", "path", "value", "says"), MISTAKES, ids=range(len(MISTAKES)))
def test_a_mistake_is_named_with_its_place(content, path, value, says):
    with pytest.raises(BadDefinition) as bad:
        instrument(broken(content, *path, value=value))

    assert any(says in problem for problem in bad.value.problems), bad.value.problems


@pytest.mark.parametrize("content", [None, [], 3, "x", {}, {"item": 3}, {"daybridge": [], "item": [None]}])
def test_whatever_a_file_holds_it_is_a_named_mistake(content):
    with pytest.raises(BadDefinition):
        instrument(content)


@pytest.mark.parametrize("text", ["{", "", "[" * 100_000, '{"name": "phq9", "item": NaN}', "\udcff\udcfe"])
def test_a_broken_file_is_named_and_the_rest_works(tmp_path, text):
    (tmp_path / "bad.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    (tmp_path / "ruler.json").write_text(json.dumps(RULER))

    found = read(sorted(tmp_path.glob("*.json")))

    assert list(found.instruments) == ["ruler"]
    assert {problem.file for problem in found.problems} == {"bad.json"}
    assert str(found.problems[0]).startswith("bad.json: ")
    assert score(found.get("ruler"), [5, 5, 5]).band == "mid"


def test_a_file_is_called_like_its_instrument_and_a_name_is_there_once(tmp_path):
    (tmp_path / "other.json").write_text(json.dumps(RULER))
    (tmp_path / "phq9.json").write_text(json.dumps(PHQ9))
    (tmp_path / "ruler.json").write_text(json.dumps(broken(RULER, "daybridge", "aliases", value=["phq9"])))

    found = read(sorted(tmp_path.glob("*.json")))

    assert list(found.instruments) == ["phq9"]
    assert [str(problem) for problem in found.problems] == [
        "other.json: name: must be other, like the file", "ruler.json: the name ruler is taken"]
    assert [problem.file for problem in read([tmp_path / "none.json"]).problems] == ["none.json"]
