"""The scoring part of a definition file: scores, bands, critical items, conditions."""

from decimal import Decimal, InvalidOperation
from typing import Any, cast

from daybridge.care.instruments.questionnaire import codings
from daybridge.care.instruments.reading import Node
from daybridge.care.instruments.rules_shape import (
    Band,
    Bands,
    Condition,
    Critical,
    Exempt,
    Flag,
    Group,
    NeedRule,
    Scale,
    Test,
)

LOOKS_AT = ("item", "points", "score", "context", "band")
WHAT = ("self_harm", "overdose", "withdrawal", "violence", "emergency")
NOTHING = Test("context", "", among=frozenset())


def condition(node: Node) -> Condition:
    """Return one condition: a test, or all, any or at_least of several."""
    for key in ("all", "any"):
        if key in node.value:
            node.only(key)
            parts = tuple(condition(part) for part in node.children(key))
            return Group(len(parts) if key == "all" else 1, parts)
    if "at_least" in node.value:
        node.only("at_least of items min")
        return Group(node.whole("at_least") or 0, _parts(node))
    return _test(node)


def _parts(node: Node) -> tuple[Condition, ...]:
    """Return the parts of a count: written out, or the same test for a list of items."""
    parts = tuple(condition(part) for part in node.children("of"))
    low = node.whole("min", optional=True)
    return parts + tuple(Test("item", name, low=low) for name in node.texts("items"))


def _test(node: Node) -> Test:
    looks_at = [key for key in LOOKS_AT if key in node.value]
    if len(looks_at) != 1:
        node.wrong(f"a condition looks at one of {', '.join(LOOKS_AT)}")
        return NOTHING
    node.only(f"{looks_at[0]} min max below is in filled")
    among = node.value.get("in", [node.value["is"]] if "is" in node.value else [])
    if not isinstance(among, list) or not all(isinstance(v, str | int) for v in among):
        node.wrong("must be texts or whole numbers", "in")
        among = []
    test = Test(
        looks_at=cast("Any", looks_at[0]),
        name=node.text(looks_at[0]) if looks_at[0] != "band" else "",
        low=number(node, "min"),
        high=number(node, "max"),
        below=number(node, "below"),
        among=frozenset(among) | ({node.text("band")} if looks_at[0] == "band" else set()),
        filled=node.flag("filled", default=False),
    )
    ranged = any(end is not None for end in (test.low, test.high, test.below))
    if ranged + bool(test.among) + test.filled != 1:
        node.wrong("a condition says one thing: min, max or below; is or in; or filled")
    return test


def number(node: Node, key: str) -> Decimal | None:
    """Return a number; text is read too, so that 0.91 stays exact."""
    found = node.value.get(key)
    if found is None:
        return None
    try:
        value = Decimal(str(found))
    except InvalidOperation:
        value = Decimal("NaN")
    if isinstance(found, bool) or not value.is_finite():
        node.wrong("must be a number", key)
        return None
    return value


def sequence(block: Node) -> tuple[str | None, ...]:
    """Return the order in which a list of answers is read; null is a place not scored."""
    found = block.value.get("sequence")
    if not isinstance(found, list) or not all(v is None or isinstance(v, str) for v in found):
        block.wrong("must be a list of linkIds, null for a place that is not scored", "sequence")
        return ()
    return tuple(found)


def fields(block: Node) -> dict[str, tuple[str, ...]]:
    """Return the names under which several answers arrive as one list."""
    node = block.child("fields", optional=True)
    return {name: node.texts(name) for name in node.value}


def bins(block: Node) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return for some items from which answer on they count how many points."""
    node = block.child("points", optional=True)
    found = {}
    for name, steps in node.value.items():
        good = isinstance(steps, list) and all(
            isinstance(step, list) and len(step) == 2 and all(type(n) is int for n in step)  # noqa: PLR2004
            for step in steps
        )
        if not good or not steps or sorted(steps) != steps:
            node.wrong("must be ascending pairs [from, points]", name)
            continue
        found[name] = tuple((start, worth) for start, worth in steps)
    return found


def exempt(block: Node) -> tuple[Exempt, ...]:
    """Return which items don't count for whom."""
    return tuple(
        Exempt(frozenset(node.texts("items")), condition(node.child("when")))
        for node in block.children("exempt")
    )


def scales(block: Node) -> tuple[Scale, ...]:
    """Return the scores."""
    return tuple(_scale(node) for node in block.children("scores", optional=False))


def _scale(node: Node) -> Scale:
    node.only("name items reverse counts_from direction monotone range code words")
    ends = node.value.get("range")
    if not isinstance(ends, list) or len(ends) != 2 or not all(type(n) is int for n in ends):  # noqa: PLR2004
        node.wrong("must be [lowest, highest]", "range")
        ends = [0, 0]
    return Scale(
        name=node.text("name"),
        items=node.texts("items", optional=False),
        reverse=frozenset(node.texts("reverse")),
        counts_from=node.whole("counts_from", optional=True),
        direction=cast("Any", node.choice("direction", ("worse", "better", "neither"))),
        monotone=node.flag("monotone"),
        low=ends[0],
        high=ends[1],
        codes=codings(node),
        words=node.by_language("words", optional=True),
    )


def reported(block: Node) -> str | tuple[str, ...] | None:
    """Return which score answers for the form: one, several in order, or none (a category)."""
    found = block.value.get("reported")
    if found is None or isinstance(found, str):
        return found
    return block.texts("reported")


def bands(node: Node) -> Bands:
    """Return how the band is found."""
    node.only("kind score bands by_context code")
    kind = node.choice("kind", ("cuts", "first", "listed", "fixed"))
    return Bands(
        kind=cast("Any", kind),
        bands=tuple(_band(part) for part in node.children("bands", optional=False)),
        score=node.text("score") if kind == "cuts" else "",
        by_context=tuple(
            (
                condition(part.child("when")),
                tuple(_band(band) for band in part.children("bands", optional=False)),
            )
            for part in node.children("by_context")
        ),
        codes=codings(node),
    )


def _band(node: Node) -> Band:
    node.only("name from when")
    when = condition(node.child("when")) if "when" in node.value else None
    return Band(node.text("name"), number(node, "from"), when)


def critical(block: Node, of: tuple[Scale, ...]) -> tuple[Critical, ...]:
    """Return what must not wait, with the items it hangs on."""
    adds_up = {scale.name: set(scale.items) for scale in of}
    return tuple(_critical(node, adds_up) for node in block.children("critical"))


def _critical(node: Node, adds_up: dict[str, set[str]]) -> Critical:
    node.only("name what when minutes steps own_rule")
    when = condition(node.child("when"))
    steps = node.texts("steps", optional=False)
    if not steps:
        node.wrong("must say the first steps", "steps")
    return Critical(
        name=node.text("name"),
        what=cast("Any", node.choice("what", WHAT)),
        when=when,
        minutes=node.whole("minutes") or 0,
        steps=steps,
        own_rule=node.flag("own_rule"),
        items=frozenset(
            set().union(*(adds_up.get(name, set()) for name in named(when, "score")))
            | named(when, "item")
            | named(when, "points")
        ),
    )


def named(when: Condition, looks_at: str) -> set[str]:
    """Return the names that a condition looks at."""
    if isinstance(when, Group):
        return set().union(*(named(part, looks_at) for part in when.of))
    return {when.name} if when.looks_at == looks_at else set()


def flags(block: Node) -> tuple[Flag, ...]:
    """Return what is worth talking about."""
    return tuple(
        Flag(
            node.text("name"),
            condition(node.child("when")),
            node.text("words"),
            node.text("suffix", optional=True),
        )
        for node in block.children("flags")
    )


def needs(block: Node) -> tuple[NeedRule, ...]:
    """Return which domains of needs the form may find."""
    return tuple(
        NeedRule(node.text("domain"), condition(node.child("when")))
        for node in block.children("needs")
    )
