"""Reading answers: laid beside the items, each one allowed or refused by name."""

import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from daybridge.care.instruments.rules_shape import (
    Context,
    Instrument,
    Item,
    Kind,
    Number,
    OutOfSet,
    Value,
    WrongShape,
)

LONGEST_TEXT = 4000
LONGEST_WORD = 200
WHOLE = re.compile(r"-?[0-9]{1,9}")
PARTS = re.compile(r"-?[0-9]{1,9}([.,][0-9]{1,6})?")
SURROGATE = re.compile("[\ud800-\udfff]")

Raw = Mapping[str, object] | Sequence[object]


def read(instrument: Instrument, answers: Raw, context: Context) -> dict[str, Value]:
    """Return the given answers by item; raise OutOfSet or WrongShape with the item's name."""
    if not isinstance(answers, Mapping):
        answers = in_order(instrument, answers)
    named = _fields_opened(instrument, answers) | _from_context(instrument, context)
    known = {item.link_id: item for item in instrument.items}
    strange = sorted(str(name) for name in named if name not in known)
    if strange:
        raise WrongShape(
            f"{instrument.name} has no item {', '.join(strange[:5])}. "
            f"Its items: {', '.join(known)}."
        )
    return {
        name: allowed(known[name], value) for name, value in named.items() if value is not None
    }


def in_order(instrument: Instrument, answers: Sequence[object]) -> dict[str, object]:
    """Lay a list of answers beside the items; its length must be the form's."""
    order = instrument.sequence
    if isinstance(answers, str) or len(answers) != len(order):
        count = len(answers)
        raise WrongShape(
            f"{instrument.name} takes {len(order)} answers in the order of its items, not {count}."
        )
    laid: dict[str, object] = {}
    for place, (name, value) in enumerate(zip(order, answers, strict=True), start=1):
        if name is None:
            if value is not None and (isinstance(value, bool) or value != 0):
                raise OutOfSet(str(place), value, "0, a place that is not scored")
        else:
            laid[name] = _lowest_of_bin(instrument, name, value)
    return laid


def allowed(item: Item, value: object) -> Value:
    """Return the value as it is stored, or raise OutOfSet naming what is allowed."""
    good = _READERS[item.kind](item, value)
    if good is None:
        raise OutOfSet(item.link_id, value, may_be(item))
    return good


def from_form(item: Item, typed: Sequence[str]) -> Value | None:
    """Return what a form sent for an item; None when nothing was answered. 9,5 is 9.5."""
    given = [words.strip() for words in typed if words.strip()]
    if item.repeats:
        return allowed(item, given)
    if not given:
        return None
    words = given[0]
    if item.kind is Kind.INTEGER or any(isinstance(o.value, int) for o in item.options):
        return allowed(item, int(words) if WHOLE.fullmatch(words) else words)
    if item.kind is Kind.DECIMAL:
        return allowed(item, Decimal(words.replace(",", ".")) if PARTS.fullmatch(words) else words)
    return allowed(item, words)


def may_be(item: Item) -> str:
    """Return in words what an item's answer may be."""
    if item.options and item.kind is Kind.CHOICE:
        return ", ".join(str(option.value) for option in item.options)
    if item.kind in {Kind.INTEGER, Kind.DECIMAL}:
        kind = "a whole number" if item.kind is Kind.INTEGER else "a number"
        return f"{kind} from {item.low} to {item.high}"
    if item.repeats:
        return f"a list of words, {LONGEST_WORD} letters each at most"
    return f"words, {LONGEST_TEXT} letters at most" if item.kind is Kind.TEXT else "nothing"


def points(item: Item, value: Value) -> Number | None:
    """Return what an answer counts before it is turned round; None when it has no number."""
    if not isinstance(value, int | Decimal):
        return None
    if not item.bins:
        return value
    return max((start, worth) for start, worth in item.bins if start <= value)[1]


def span(item: Item) -> tuple[Number, Number]:
    """Return the fewest and the most points an item can give."""
    if item.bins:
        worths = [worth for _, worth in item.bins]
        return min(worths), max(worths)
    if item.options:
        values = [option.value for option in item.options if isinstance(option.value, int)]
        return (min(values), max(values)) if values else (0, 0)
    return item.low or 0, item.high or 0


def _fields_opened(instrument: Instrument, answers: Mapping[str, object]) -> dict[str, object]:
    """Return answers by item where several came under one name (AHC: food, hits)."""
    named: dict[str, object] = {}
    for name, value in answers.items():
        parts = instrument.fields.get(name)
        if parts is None or value is None:
            named[name] = value
        elif not isinstance(value, list | tuple) or len(value) != len(parts):
            raise WrongShape(f"{name} is a list of {len(parts)} answers.")
        else:
            named |= dict(zip(parts, value, strict=True))
    return {name: value for name, value in named.items() if name not in instrument.fields}


def _from_context(instrument: Instrument, context: Context) -> dict[str, object]:
    """Return answers that arrive beside the list (PC-PTSD-5: exposed)."""
    found: dict[str, object] = {}
    for key, name in instrument.context_items.items():
        value = context.get(key)
        if value is None:
            continue
        if not isinstance(value, int) or value not in {0, 1}:
            raise OutOfSet(key, value, "true, false")
        found[name] = int(value)
    return found


def _lowest_of_bin(instrument: Instrument, name: str, value: object) -> object:
    """Return days for points where a list holds points (BAM): the fewest days of that bin."""
    item = instrument.item(name)
    if not instrument.sequence_gives_points or not item.bins or value is None:
        return value
    for start, worth in item.bins:
        if not isinstance(value, bool) and value == worth and isinstance(value, int):
            return start
    raise OutOfSet(name, value, ", ".join(str(worth) for _, worth in item.bins))


def _one_of(item: Item, value: object) -> Value | None:
    if item.repeats:
        return _several(item, value)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    same = [o.value for o in item.options if o.value == value]
    return same[0] if same else None


def _several(item: Item, value: object) -> Value | None:
    if not isinstance(value, list | tuple) or len(value) > 50:
        return None
    known = {option.value for option in item.options}
    free = item.kind is Kind.OPEN_CHOICE
    for word in value:
        if not isinstance(word, str) or not _storable(word, LONGEST_WORD):
            return None
        if not free and word not in known:
            return None
    return tuple(sorted(set(value)))


def _open(item: Item, value: object) -> Value | None:
    if item.repeats:
        return _several(item, value)
    return value if isinstance(value, str) and _storable(value, LONGEST_WORD) else None


def _whole(item: Item, value: object) -> Value | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if _inside(item, value) else None


def _number(item: Item, value: object) -> Value | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if not (value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)):
        return None
    exact = Decimal(str(value))
    return exact if _inside(item, exact) else None


def _text(_item: Item, value: object) -> Value | None:
    return value if isinstance(value, str) and _storable(value, LONGEST_TEXT) else None


def _nothing(_item: Item, _value: object) -> Value | None:
    return None


def _storable(words: str, longest: int) -> bool:
    """Tell whether a database can keep these words: no NUL, no half of a character."""
    return len(words) <= longest and "\0" not in words and not SURROGATE.search(words)


def _inside(item: Item, value: Number) -> bool:
    low, high = item.low, item.high
    return (low is None or value >= low) and (high is None or value <= high)


_READERS = {
    Kind.CHOICE: _one_of,
    Kind.OPEN_CHOICE: _open,
    Kind.INTEGER: _whole,
    Kind.DECIMAL: _number,
    Kind.TEXT: _text,
    Kind.DISPLAY: _nothing,
}
