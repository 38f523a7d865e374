"""Text packs: the published words come in only where every item and every answer fits."""

import hashlib
import json

import pytest

from daybridge.care.instruments.library import load, with_text
from daybridge.care.instruments.packs import BadPack, read, whose
from daybridge.care.instruments.rules import score

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
GAD7, PHQ9, AUDIT_C = (load().get(name) for name in ("gad7", "phq9", "audit_c"))


def option(points, words):
    return {"extension": [{"url": ORDINAL, "valueDecimal": points}],
            "valueCoding": {"system": "http://loinc.org", "code": f"LA{points}", "display": words}}


def form(instrument, *, by_code=True, **more):
    """Return a questionnaire as a site might add it, with made-up words."""
    items = []
    for item in instrument.items:
        if not item.required:
            continue
        part = {"linkId": item.link_id, "type": "choice", "text": f"Words of item {item.link_id}",
                "answerOption": [option(o.value, f"answer {o.value}") for o in item.options]}
        if item.codes and by_code:
            part |= {"linkId": f"/x/{item.codes[0].code}",
                     "code": [{"system": "http://loinc.org", "code": item.codes[0].code}]}
        items.append(part)
    return {"resourceType": "Questionnaire", "status": "active", "publisher": "Some project",
            "copyright": "Its owner", "item": items, **more}


def taken(instrument, content, **more):
    return read(json.dumps(content).encode(), instrument, source="file.json", **more)


@pytest.mark.parametrize("by_code", [True, False])
def test_a_pack_brings_the_words_and_keeps_where_they_are_from(by_code):
    content = form(PHQ9, by_code=by_code, language="en-US")
    pack = taken(PHQ9, content)
    worded = with_text(PHQ9, pack)

    assert pack.digest == hashlib.sha256(json.dumps(content).encode()).hexdigest()
    assert pack.source == "file.json, Some project"
    assert worded.item("9").says("en") == "Words of item 9"
    assert worded.item("9").options[3].words["en"] == "answer 3"
    assert worded.may_be_shown("en")
    assert not worded.may_be_shown("es")
    assert [i.link_id for i in worded.items if "en" not in i.full_in] == ["10"]
    assert score(worded, [1] * 9).score == score(PHQ9, [1] * 9).score
    assert PHQ9.item("9").says("en") == "Self-harm thoughts"


def test_a_pack_may_be_grouped_and_may_carry_its_total():
    content = form(PHQ9)
    expression = {"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"}
    totals = [{"linkId": "/44261-6", "type": "decimal", "text": "Total"},
              {"linkId": "two", "type": "integer", "text": "Two items", "extension": [expression]},
              {"linkId": "shown", "type": "choice", "text": "Level", "readOnly": True}]
    content["item"] = [{"linkId": "g", "type": "group", "item": content["item"]}, *totals,
                       {"linkId": "end", "type": "display", "text": "Thank you"}]

    assert set(taken(PHQ9, content).items) == {str(n) for n in range(1, 10)}


def test_a_question_too_many_is_refused_until_somebody_leaves_it_out():
    content = form(PHQ9)
    content["item"].append({"linkId": "/69", "type": "choice", "text": "How hard?"})

    with pytest.raises(BadPack, match="item /69 of the pack: phq9 has no such item"):
        taken(PHQ9, content)
    assert "9" in taken(PHQ9, content, leave_out=["/69"]).items


def test_answers_may_stand_in_a_value_set_of_the_same_file():
    content = form(PHQ9)
    content["contained"] = [{"resourceType": "ValueSet", "id": "a", "compose": {"include": [
        {"concept": [{"code": f"LA{n}", "display": f"said {n}",
                      "extension": [{"url": ORDINAL, "valueDecimal": n}]} for n in range(4)]}]}}]
    for item in content["item"]:
        del item["answerOption"]
        item["answerValueSet"] = "#a"

    assert taken(PHQ9, content).options["1"] == {str(n): f"said {n}" for n in range(4)}


def change(content, number, **values):
    content["item"][number].update(values)
    return content


@pytest.mark.parametrize(("content", "says"), [
    (change(form(PHQ9), 2, answerOption=[option(n, "x") for n in range(5)]),
     "item 3: offers 0, 1, 2, 3, 4; ours are 0, 1, 2, 3"),
    (change(form(PHQ9), 2, answerOption=[{"valueCoding": {"code": "LA6568-5"}}]),
     "item 3: has an answer without points"),
    (change(form(PHQ9), 2, type="text"), "item 3: is text, not a choice"),
    (change(form(PHQ9), 2, text=" "), "item 3: has no words"),
    ({**form(PHQ9), "item": form(PHQ9)["item"][:8]}, "item 9: is not in the pack"),
    ({**form(PHQ9), "item": form(PHQ9)["item"] + [{"linkId": "more", "type": "choice", "text": "?"}]},
     "item more of the pack: phq9 has no such item"),
    ({**form(PHQ9), "item": form(PHQ9)["item"][::-1]}, "the items stand in another order: 9, 8"),
    ({**form(PHQ9), "item": form(PHQ9)["item"] * 2}, "item 1: is there twice"),
    ({**form(PHQ9), "item": "x"}, "item 1: is not in the pack"),
    ({**form(PHQ9), "language": "fr"}, "language fr is not known"),
])
def test_a_pack_that_differs_is_refused_and_says_where(content, says):
    with pytest.raises(BadPack) as bad:
        taken(PHQ9, content)

    assert any(says in problem for problem in bad.value.problems), bad.value.problems


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"resourceType": "Patient"}', b"\xff\xfe",
                                     b" " * 1_000_001])
def test_what_is_no_questionnaire_is_refused(content):
    with pytest.raises(BadPack):
        read(content, PHQ9, source="x")


def test_a_licensed_form_needs_the_licence_and_an_own_one_takes_no_pack():
    with pytest.raises(BadPack, match="say which licence your site holds"):
        taken(AUDIT_C, form(AUDIT_C))
    assert taken(AUDIT_C, form(AUDIT_C), licence_words="WHO letter of 3 May").items["1"]
    with pytest.raises(BadPack, match="its own words"):
        taken(load().get("ruler"), form(PHQ9))


def test_numbers_and_yes_no_items_fit_too():
    screener, srs = load().get("cssrs_screener"), load().get("srs")
    content = form(screener)
    for item in content["item"]:
        item["answerOption"] = [{"valueCoding": {"code": code, "display": words}}
                                for code, words in (("LA33-6", "Yes"), ("LA32-8", "No"))]
    content["item"].append({"linkId": "/93374-7", "type": "choice", "text": "Level"})
    assert taken(screener, content).options["6b"] == {"1": "Yes", "0": "No"}
    content["item"][0] |= {"type": "boolean"}
    del content["item"][0]["answerOption"]
    assert taken(screener, content).options["1"] == {}
    lines = [{"linkId": str(n), "type": "decimal", "text": "line"} for n in range(1, 5)]
    whole = {"resourceType": "Questionnaire", "item": lines}
    assert len(taken(srs, whole, licence_words="yes").items) == 4
    lines[0]["extension"] = [{"url": ORDINAL.replace("ordinalValue", "maxValue"), "valueInteger": 100}]
    with pytest.raises(BadPack, match="goes to 100; ours goes from 0 to 10"):
        taken(srs, whole, licence_words="yes")


def test_a_pack_says_whose_it_is_by_name_or_by_the_code_of_the_form():
    library = load()

    assert whose(json.dumps(form(PHQ9, name="PHQ9")).encode(), library) is PHQ9
    assert whose(json.dumps(form(PHQ9, code=[{"code": "44249-1"}])).encode(), library) is PHQ9
    with pytest.raises(BadPack, match="Which form is it"):
        whose(json.dumps(form(PHQ9)).encode(), library)
