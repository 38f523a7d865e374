"""The FHIR R4 Questionnaire part of a definition file: items, allowed answers, gates."""

from typing import Any, cast

from daybridge.care.instruments.reading import Node
from daybridge.care.instruments.rules_shape import Coding, Gate, Item, Kind, Option

FHIR = "http://hl7.org/fhir/StructureDefinition/"
TRANSLATION, ORDINAL = FHIR + "translation", FHIR + "ordinalValue"
LEAST, MOST = FHIR + "minValue", FHIR + "maxValue"
CHECKED = "urn:daybridge:code-checked"
ROOT = (
    "resourceType id url version name title status date publisher description copyright "
    "subjectType code item daybridge"
)
ITEM = (
    "linkId text type code required repeats enableWhen enableBehavior answerOption extension"
)
OPERATORS = ("=", "!=", ">", ">=", "<", "<=")
STATUS = ("draft", "active", "retired", "unknown")


def translated(node: Node, key: str) -> dict[str, str]:
    """Return an element's text by language: its own and the standard translation extension."""
    words = {"en": node.text(key)}
    if f"_{key}" not in node.value:
        return words
    for extension in node.child(f"_{key}").children("extension"):
        if extension.text("url") != TRANSLATION:
            extension.wrong("only translations belong here", "url")
            continue
        parts = {part.text("url"): part for part in extension.children("extension")}
        if set(parts) != {"lang", "content"}:
            extension.wrong("a translation has a lang and a content")
            continue
        words[parts["lang"].text("valueCode")] = parts["content"].text("valueString")
    return words


def codings(node: Node, key: str = "code") -> tuple[Coding, ...]:
    """Return the codes of an element, each with whether it was checked."""
    found = []
    for code in node.children(key):
        code.only("system code display extension")
        marks = [mark for mark in code.children("extension") if mark.text("url") == CHECKED]
        if len(marks) != 1:
            code.wrong("must say whether it was verified or is from memory")
            continue
        verified = marks[0].choice("valueCode", ("verified", "from-memory")) == "verified"
        found.append(Coding(code.text("system"), code.text("code"), verified))
    return tuple(found)


def items(root: Node) -> tuple[Item, ...]:
    """Return the items; each may hang on items before it."""
    found: dict[str, Item] = {}
    for node in root.children("item", optional=False):
        item = _item(node, found)
        if item.link_id in found:
            node.wrong(f"{item.link_id} is there twice", "linkId")
        found[item.link_id] = item
    if not found:
        root.wrong("needs at least one item", "item")
    return tuple(found.values())


def _item(node: Node, before: dict[str, Item]) -> Item:
    node.only(ITEM)
    kind = Kind(node.choice("type", tuple(Kind)))
    options = _options(node) if "answerOption" in node.value else ()
    repeats = node.flag("repeats", default=False)
    _fits(node, kind, options, repeats=repeats)
    low, high = _ends(node, kind)
    return Item(
        link_id=node.text("linkId"),
        kind=kind,
        words=translated(node, "text"),
        options=options,
        low=low,
        high=high,
        required=node.flag("required", default=False),
        repeats=repeats,
        gates=tuple(
            gate for when in node.children("enableWhen") if (gate := _gate(when, before))
        ),
        any_gate=_any_gate(node),
        codes=codings(node),
    )


def _fits(node: Node, kind: Kind, options: tuple[Option, ...], *, repeats: bool) -> None:
    if kind is Kind.CHOICE and not options:
        node.wrong("a choice needs answerOption")
    if options and kind not in {Kind.CHOICE, Kind.OPEN_CHOICE}:
        node.wrong("only a choice has answerOption", "answerOption")
    if repeats and any(isinstance(option.value, int) for option in options):
        node.wrong("answers with points can't repeat", "repeats")
    if len({type(option.value) for option in options}) > 1:
        node.wrong("all answers have points, or none has", "answerOption")
    for what in ("value", "code"):
        seen = [getattr(option, what) for option in options]
        if len(set(seen)) != len(seen):
            node.wrong(f"the same {what} is there twice", "answerOption")


def _options(node: Node) -> tuple[Option, ...]:
    return tuple(
        option for part in node.children("answerOption") if (option := _option(part))
    )


def _option(node: Node) -> Option | None:
    node.only("extension valueCoding")
    coding = node.child("valueCoding")
    coding.only("system code display")
    ordinals = [part for part in node.children("extension") if part.value.get("url") == ORDINAL]
    value: int | str = coding.text("code")
    if ordinals:
        points = ordinals[0].value.get("valueDecimal")
        if isinstance(points, bool) or not isinstance(points, int):
            ordinals[0].wrong("must be a whole number", "valueDecimal")
            return None
        value = points
    return Option(value, coding.text("code"), translated(coding, "display"))


def _ends(node: Node, kind: Kind) -> tuple[int | None, int | None]:
    ends: dict[str, Any] = {
        part.text("url"): part.whole("valueInteger")
        for part in node.children("extension")
        if part.value.get("url") in {LEAST, MOST}
    }
    low, high = ends.get(LEAST), ends.get(MOST)
    if kind in {Kind.INTEGER, Kind.DECIMAL}:
        if low is None or high is None or low >= high:
            node.wrong("a number needs minValue below maxValue", "extension")
    elif ends:
        node.wrong("only a number has minValue and maxValue", "extension")
    return low, high


def _any_gate(node: Node) -> bool:
    if "enableBehavior" not in node.value:
        return False
    return node.choice("enableBehavior", ("any", "all")) == "any"


def _gate(node: Node, before: dict[str, Item]) -> Gate | None:
    node.only("question operator answerInteger answerCoding")
    earlier = before.get(node.text("question"))
    operator = node.choice("operator", OPERATORS)
    if earlier is None:
        node.wrong("must be an item before this one", "question")
        return None
    value: int | str | None = None
    if earlier.options:
        code = node.child("answerCoding").text("code")
        value = next((o.value for o in earlier.options if o.code == code), None)
        if value is None or operator not in {"=", "!="}:
            node.wrong(f"{code} is no answer of item {earlier.link_id}, or not by = or !=")
            return None
    else:
        value = node.whole("answerInteger")
    return None if value is None else Gate(earlier.link_id, cast("Any", operator), value)
