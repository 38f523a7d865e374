"""What holds for a set of answers: true, false, or not known while answers are missing.

A condition that is not known is never taken for false: a missing answer is no good news.
"""

import operator
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from daybridge.care.instruments.rules_answers import points, span
from daybridge.care.instruments.rules_shape import (
    Condition,
    Context,
    Group,
    Instrument,
    Item,
    Number,
    Scale,
    Test,
    Value,
)

COMPARE = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
NONE = "none"  # the answer that says there is nothing to name
Known = bool | None
Span = tuple[Number, Number]


@dataclass(frozen=True, slots=True)
class Facts:
    """Answers read so far, with what was given beside them."""

    instrument: Instrument
    answers: Mapping[str, Value]
    context: Context
    band: str | None = None

    def with_band(self, band: str | None) -> "Facts":
        """Return the same facts with the band found."""
        return replace(self, band=band)

    def asked(self, item: Item) -> Known:
        """Tell whether an item applies; None while the answer it hangs on is missing."""
        if any(item.link_id in e.items and self.holds(e.when) for e in self.instrument.exempt):
            return False
        if not item.gates:
            return True
        found = [self._gate(item, index) for index in range(len(item.gates))]
        return _at_least(1 if item.any_gate else len(found), found)

    def span(self, scale: Scale) -> Span:
        """Return the lowest and the highest this score can still become."""
        spans = [self._worth(scale, self.instrument.item(name)) for name in scale.items]
        return sum(low for low, _ in spans), sum(high for _, high in spans)

    def holds(self, condition: Condition) -> Known:
        """Return whether a condition is true, false, or not known yet."""
        if isinstance(condition, Group):
            return _at_least(condition.at_least, [self.holds(part) for part in condition.of])
        return _LOOKS[condition.looks_at](self, condition)

    def answer(self, item: Item) -> Value | None:
        """Return the answer that counts: what was not to be asked mostly does not."""
        counts = self.instrument.skipped_counts or self.asked(item) is not False
        return self.answers.get(item.link_id) if counts else None

    def _gate(self, item: Item, index: int) -> Known:
        gate = item.gates[index]
        before = self.instrument.item(gate.item)
        if self.asked(before) is False:
            return False
        value = self.answers.get(gate.item)
        if value is None:
            return None
        if gate.operator in {"=", "!="}:
            return (value == gate.value) is (gate.operator == "=")
        return bool(COMPARE[gate.operator](value, gate.value))

    def _worth(self, scale: Scale, item: Item) -> Span:
        low, high = span(item)
        value = self.answer(item)
        if value is None and self.asked(item) is False:
            return 0, 0
        given = None if value is None else points(item, value)
        ends = (low, high) if given is None else (given, given)
        if item.link_id in scale.reverse:
            ends = (low + high - ends[1], low + high - ends[0])
        if scale.counts_from is not None:
            ends = (int(ends[0] >= scale.counts_from), int(ends[1] >= scale.counts_from))
        if given is None and self.asked(item) is None:
            ends = (min(0, ends[0]), max(0, ends[1]))
        return ends


def _at_least(needed: int, found: list[Known]) -> Known:
    true = sum(one is True for one in found)
    if true >= needed:
        return True
    return None if true + sum(one is None for one in found) >= needed else False


def _item(facts: Facts, test: Test) -> Known:
    item = facts.instrument.item(test.name)
    value = facts.answer(item)
    if value is None:
        return False if facts.asked(item) is False else None
    if test.filled:
        return value not in {"", (), NONE, (NONE,)}
    if test.among:
        return value in test.among
    return isinstance(value, int | Decimal) and _within(test, value, value) is True


def _points(facts: Facts, test: Test) -> Known:
    item = facts.instrument.item(test.name)
    value = facts.answer(item)
    if value is None:
        return _within(test, 0, 0) if facts.asked(item) is False else None
    given = points(item, value)
    return None if given is None else _within(test, given, given)


def _score(facts: Facts, test: Test) -> Known:
    return _within(test, *facts.span(facts.instrument.scale(test.name)))


def _context(facts: Facts, test: Test) -> Known:
    value = facts.context.get(test.name)
    if not isinstance(value, str | int):
        return None
    return value in test.among


def _band(facts: Facts, test: Test) -> Known:
    return None if facts.band is None else facts.band in test.among


def _within(test: Test, low: Number, high: Number) -> Known:
    """Tell whether a number that lies from low to high lies in the test's range."""
    sure = (
        (test.low is None or low >= test.low)
        and (test.high is None or high <= test.high)
        and (test.below is None or high < test.below)
    )
    if sure:
        return True
    never = (
        (test.low is not None and high < test.low)
        or (test.high is not None and low > test.high)
        or (test.below is not None and low >= test.below)
    )
    return False if never else None


_LOOKS = {
    "item": _item,
    "points": _points,
    "score": _score,
    "context": _context,
    "band": _band,
}
