"""The answers a text pack offers for an item, beside ours: same values, or the pack is refused."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from daybridge.care.instruments.questionnaire import FHIR, LEAST, MOST, ORDINAL
from daybridge.care.instruments.rules_shape import Item, Kind

WORTH = frozenset({ORDINAL, FHIR + "itemWeight"})
NUMBERS = frozenset({"integer", "decimal", "quantity"})
# LOINC's answers No (checked) and Yes (from memory); INSTRUMENTS.md, C-SSRS
NO_YES = {"LA32-8": 0, "LA33-6": 1}
LONGEST = 300


def answers_differ(item: Item, part: Mapping[str, Any], form: Mapping[str, Any]) -> list[str]:
    """Return how the answers of a pack's item differ from ours, in words."""
    kind = part.get("type")
    if item.kind in {Kind.INTEGER, Kind.DECIMAL}:
        if kind not in NUMBERS:
            return [f"is {kind}, not a number"]
        return _ends_differ(item, part)
    if item.kind is Kind.TEXT:
        return [] if kind in {"text", "string"} else [f"is {kind}, not a text"]
    ours = {str(option.value) for option in item.options}
    if kind == "boolean" and ours == {"0", "1"}:
        return []
    if kind not in {"choice", "open-choice"}:
        return [f"is {kind}, not a choice"]
    return _choices_differ(ours, item, part, form)


def _choices_differ(
    ours: set[str], item: Item, part: Mapping[str, Any], form: Mapping[str, Any]
) -> list[str]:
    theirs = [value for value, _ in _offered(item, part, form)]
    if None in theirs:
        return ["has an answer without points"]
    if len(set(theirs)) != len(theirs) or set(theirs) != ours:
        return [f"offers {_listed(theirs)}; ours are {_listed(sorted(ours))}"]
    return []


def labels(item: Item, part: Mapping[str, Any], form: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of each answer by its stored value."""
    return {
        value: words[:LONGEST]
        for value, words in _offered(item, part, form)
        if value is not None and words
    }


def _offered(
    item: Item, part: Mapping[str, Any], form: Mapping[str, Any]
) -> list[tuple[str | None, str]]:
    options = part.get("answerOption")
    if not isinstance(options, list):
        options = _contained(part, form)
    return [_answer(item, option) for option in options if isinstance(option, dict)]


def _answer(item: Item, option: Mapping[str, Any]) -> tuple[str | None, str]:
    """Return an answer's value, as ours are written, and its words; None when it has no value."""
    whole = option.get("valueInteger")
    if isinstance(whole, int) and not isinstance(whole, bool):
        return str(whole), ""
    coding = option.get("valueCoding")
    if not isinstance(coding, dict):
        return None, ""
    words = coding.get("display")
    text = words.strip() if isinstance(words, str) else ""
    worth = _worth(option) if _worth(option) is not None else _worth(coding)
    code = str(coding.get("code"))
    if worth is None and set(NO_YES.values()) == {o.value for o in item.options}:
        worth = NO_YES.get(code)
    if worth is not None:
        return str(worth), text
    known = {str(option.value) for option in item.options}
    return (code, text) if code in known else (None, text)


def _worth(part: Mapping[str, Any]) -> int | None:
    extensions = part.get("extension")
    for extension in extensions if isinstance(extensions, list) else []:
        if isinstance(extension, dict) and extension.get("url") in WORTH:
            value = extension.get("valueDecimal", extension.get("valueInteger"))
            if isinstance(value, int | Decimal) and value == int(value):
                return int(value)
    return None


def _contained(part: Mapping[str, Any], form: Mapping[str, Any]) -> list[Any]:
    """Return the answers of a value set inside the same file, as answerOptions."""
    wanted = part.get("answerValueSet")
    contained = form.get("contained")
    for value_set in contained if isinstance(contained, list) else []:
        if isinstance(value_set, dict) and f"#{value_set.get('id')}" == wanted:
            compose = value_set.get("compose")
            include = compose.get("include") if isinstance(compose, dict) else None
            parts = include if isinstance(include, list) else []
            lists = [one.get("concept") for one in parts if isinstance(one, dict)]
            concepts = [concept for found in lists if isinstance(found, list) for concept in found]
            return [{"valueCoding": concept} for concept in concepts]
    return []


def _ends_differ(item: Item, part: Mapping[str, Any]) -> list[str]:
    extensions = part.get("extension")
    for extension in extensions if isinstance(extensions, list) else []:
        if not isinstance(extension, dict) or extension.get("url") not in {LEAST, MOST}:
            continue
        ours = item.low if extension["url"] == LEAST else item.high
        theirs = extension.get("valueInteger", extension.get("valueDecimal"))
        if theirs != ours:
            return [f"goes to {theirs}; ours goes from {item.low} to {item.high}"]
    return []


def _listed(values: list[Any]) -> str:
    return ", ".join(str(value)[:20] for value in values[:20]) or "nothing"
