"""Reading a definition file into an Instrument, or saying what is wrong and where."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from daybridge.care.instruments import definition_scoring as scoring
from daybridge.care.instruments.definition_check import check
from daybridge.care.instruments.questionnaire import (
    ROOT,
    STATUS,
    codings,
    items,
    translated,
)
from daybridge.care.instruments.reading import Node
from daybridge.care.instruments.rules_shape import ChangeRule, Instrument, Item, Licence

BLOCK = (
    "licence source recall administered_by data_class scorer_version aliases languages sequence "
    "sequence_gives fields context_items skipped exempt points scores reported band critical "
    "flags needs change hide_from_print cautions lowest_shown"
)
LICENCES = ("OWN", "FREE", "LICENSED")
FILLED_BY = frozenset({"self", "interviewer", "proxy"})


class BadDefinition(ValueError):
    """A definition file that can't be used; `problems` says what is wrong, each with its place."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problems))


def instrument(content: object) -> Instrument:
    """Return the instrument a file's content defines; raise BadDefinition with every mistake."""
    if not isinstance(content, Mapping):
        raise BadDefinition(["the file: must be an object"])
    root = Node(content, "", [])
    root.only(ROOT)
    if content.get("resourceType") != "Questionnaire":
        root.wrong("must be Questionnaire", "resourceType")
    root.choice("status", STATUS)
    root.text("url")
    found = _built(root, root.child("daybridge"))
    if not root.problems:
        check(found, root)
    if root.problems:
        raise BadDefinition(root.problems)
    return found


def _built(root: Node, block: Node) -> Instrument:
    block.only(BLOCK)
    recall = block.child("recall")
    recall.only("days words")
    scales = scoring.scales(block)
    languages = _names(block, "languages")
    return Instrument(
        name=root.text("name"),
        version=root.text("version"),
        title=translated(root, "title"),
        copyright=root.text("copyright"),
        licence=_licence(block.child("licence")),
        source=block.text("source"),
        recall_days=recall.whole("days", optional=True),
        recall=recall.by_language("words"),
        administered_by=_filled_by(block),
        data_class=cast("Any", block.choice("data_class", ("instrument", "alliance"))),
        scorer_version=block.whole("scorer_version") or 0,
        items=_items(root, block, frozenset(languages)),
        sequence=scoring.sequence(block),
        sequence_gives_points=block.value.get("sequence_gives", "answers") == "points",
        fields=scoring.fields(block),
        context_items=_names(block, "context_items"),
        skipped_counts=block.value.get("skipped", "ignore") == "count",
        exempt=scoring.exempt(block),
        scales=scales,
        reported=scoring.reported(block),
        bands=scoring.bands(block.child("band")),
        critical=scoring.critical(block, scales),
        flags=scoring.flags(block),
        needs=scoring.needs(block),
        change=tuple(_change(node) for node in block.children("change")),
        hide_from_print=frozenset(block.texts("hide_from_print")),
        cautions=block.texts("cautions"),
        lowest_shown=block.whole("lowest_shown", optional=True) or 0,
        aliases=block.texts("aliases"),
        codes=codings(root),
        languages=languages,
    )


def _licence(node: Node) -> Licence:
    node.only("kind note")
    return Licence(cast("Any", node.choice("kind", LICENCES)), node.text("note"))


def _filled_by(block: Node) -> frozenset[str]:
    found = frozenset(block.texts("administered_by", optional=False))
    if not found or found - FILLED_BY:
        block.wrong(f"must be among {', '.join(sorted(FILLED_BY))}", "administered_by")
    return found


def _items(root: Node, block: Node, full_in: frozenset[str]) -> tuple[Item, ...]:
    """Return the items with what the block says: points (days into bins), languages."""
    bins = scoring.bins(block)
    found = items(root)
    for name in set(bins) - {item.link_id for item in found}:
        block.wrong("is no item", f"points.{name}")
    return tuple(
        replace(item, bins=bins.get(item.link_id, ()), full_in=full_in) for item in found
    )


def _names(block: Node, key: str) -> dict[str, str]:
    node = block.child(key, optional=True)
    return {name: node.text(name) for name in node.value}


def _change(node: Node) -> ChangeRule:
    node.only("score sd r reliable_points meaningful_points source")
    return ChangeRule(
        score=node.text("score"),
        sd=scoring.number(node, "sd"),
        r=scoring.number(node, "r"),
        reliable_points=node.whole("reliable_points", optional=True),
        meaningful_points=node.whole("meaningful_points", optional=True),
        source=node.text("source"),
    )
