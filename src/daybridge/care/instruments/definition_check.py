"""What must fit together in a definition: names that exist, ranges that add up, own labels."""

from collections.abc import Iterator

from daybridge.care.instruments.definition_scoring import named
from daybridge.care.instruments.reading import Node
from daybridge.care.instruments.rules_answers import span
from daybridge.care.instruments.rules_shape import (
    Band,
    Condition,
    Instrument,
    Item,
    Kind,
    Scale,
)

DOMAINS = (
    "use",
    "medical",
    "mental",
    "family",
    "legal",
    "work",
    "housing",
    "culture and language",
    "trauma",
    "food",
    "transport",
)
LONGEST_LABEL = 4  # words of our own for a published item: never its text


def check(found: Instrument, root: Node) -> None:
    """Write down everything that does not fit together."""
    known = {item.link_id: item for item in found.items}
    for what, names in _names_used(found):
        for name in sorted(set(names) - set(known)):
            root.wrong(f"{name} is no item", f"daybridge.{what}")
    _conditions_fit(found, root, set(known))
    if root.problems:
        return
    for scale in found.scales:
        _scale_fits(scale, known, root)
    _bands_fit(found, root)
    _list_fits(found, root)
    _words_fit(found, root)
    for need in found.needs:
        if need.domain not in DOMAINS:
            root.wrong(f"{need.domain} is no domain of needs", "daybridge.needs")


def _names_used(found: Instrument) -> Iterator[tuple[str, set[str]]]:
    yield "sequence", {name for name in found.sequence if name}
    yield "fields", {name for names in found.fields.values() for name in names}
    yield "context_items", set(found.context_items.values())
    yield "hide_from_print", set(found.hide_from_print)
    yield "exempt", {name for exempt in found.exempt for name in exempt.items}
    for scale in found.scales:
        yield f"scores.{scale.name}", set(scale.items) | scale.reverse


def _conditions(found: Instrument) -> Iterator[tuple[str, Condition]]:
    for critical in found.critical:
        yield f"critical.{critical.name}", critical.when
    for flag in found.flags:
        yield f"flags.{flag.name}", flag.when
    for need in found.needs:
        yield f"needs.{need.domain}", need.when
    for band in found.bands.bands:
        if band.when:
            yield f"band.{band.name}", band.when
    for when, _ in found.bands.by_context:
        yield "band.by_context", when
    for exempt in found.exempt:
        yield "exempt", exempt.when


def _conditions_fit(found: Instrument, root: Node, items: set[str]) -> None:
    scores = {scale.name for scale in found.scales}
    bands = {band.name for band in found.bands.bands}
    for place, when in _conditions(found):
        strange = (named(when, "item") | named(when, "points")) - items
        strange |= named(when, "score") - scores
        for name in sorted(strange):
            root.wrong(f"{name} is no item or score", f"daybridge.{place}")
        if place in {"exempt", "band.by_context"} and (
            named(when, "item") or named(when, "points") or named(when, "score")
        ):
            root.wrong("may look at the context only", f"daybridge.{place}")
    scores |= {"lowest"}
    reported = found.reported or ()
    asked_for = {reported} if isinstance(reported, str) else set(reported)
    asked_for |= {rule.score for rule in found.change}
    asked_for |= {found.bands.score} if found.bands.kind == "cuts" else set()
    for name in sorted(asked_for - scores):
        root.wrong(f"{name} is no score", "daybridge")
    if len(bands) != len(found.bands.bands):
        root.wrong("a band is there twice", "daybridge.band")


def _scale_fits(scale: Scale, known: dict[str, Item], root: Node) -> None:
    place = f"daybridge.scores.{scale.name}"
    low = high = 0
    for name in scale.items:
        item = known[name]
        if item.kind not in {Kind.CHOICE, Kind.INTEGER, Kind.DECIMAL} or _worded(item):
            root.wrong(f"item {name} has no points", place)
            return
        if not item.required:
            root.wrong(f"item {name} counts, so it must be required", place)
        ends = span(item)
        if scale.counts_from is not None:
            ends = (int(ends[0] >= scale.counts_from), int(ends[1] >= scale.counts_from))
        low += int(min(0, ends[0]) if item.gates else ends[0])
        high += int(ends[1])
    if (low, high) != (scale.low, scale.high):
        root.wrong(f"its items give {low} to {high}, not {scale.low} to {scale.high}", place)
    if scale.reverse - set(scale.items):
        root.wrong("turns an item round that it does not add", place)


def _worded(item: Item) -> bool:
    return any(isinstance(option.value, str) for option in item.options)


def _bands_fit(found: Instrument, root: Node) -> None:
    bands = found.bands
    if bands.kind == "cuts":
        for cuts in (bands.bands, *(cuts for _, cuts in bands.by_context)):
            _cuts_fit(found, cuts, root)
    last = bands.bands[-1:]
    if bands.kind == "first" and (not last or last[0].when is not None):
        root.wrong("the last band must hold for everybody else: no when", "daybridge.band")
    if bands.kind == "listed" and any(band.when is None for band in bands.bands):
        root.wrong("each band needs a when", "daybridge.band")
    if bands.kind == "fixed" and len(bands.bands) != 1:
        root.wrong("has one name", "daybridge.band")


def _cuts_fit(found: Instrument, cuts: tuple[Band, ...], root: Node) -> None:
    lows = [band.low for band in cuts if band.low is not None]
    if len(lows) != len(cuts) or not lows or sorted(set(lows)) != lows:
        root.wrong("the cuts must ascend, each with from", "daybridge.band")
        return
    names = found.reported or () if found.bands.score == "lowest" else (found.bands.score,)
    for name in names:
        scale = found.scale(name)
        if lows[0] > scale.low or lows[-1] > scale.high:
            root.wrong(f"leaves a part of {name} without a band", "daybridge.band")


def _list_fits(found: Instrument, root: Node) -> None:
    """Every item that must be answered can arrive in a list, or beside it in the context."""
    reached = {name for name in found.sequence if name} | set(found.context_items.values())
    for item in found.items:
        if item.required and item.link_id not in reached:
            root.wrong(f"item {item.link_id} is required but in no list", "daybridge.sequence")


def _words_fit(found: Instrument, root: Node) -> None:
    own = found.licence.kind == "OWN"
    for item in found.items:
        words = [item.words, *(option.words for option in item.options)]
        for text in words:
            lacking = set(found.languages) - set(text)
            if own and lacking:
                root.wrong(f"lacks {', '.join(sorted(lacking))}", f"item {item.link_id}")
            if not own and any(len(label.split()) > LONGEST_LABEL for label in text.values()):
                root.wrong(
                    f"a published form carries a label of {LONGEST_LABEL} words at most",
                    f"item {item.link_id}",
                )
    if own != bool(found.languages):
        root.wrong("own forms say their languages, published ones have none", "daybridge")
