"""Scoring: one engine for every instrument, total over the answers a form allows.

`score` reads answers and returns what they come to; `critical_of` is asked at each item that is
saved; `asked` says which items apply now. Source: INSTRUMENTS.md 0, 1 and 5.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from daybridge.care.instruments.rules_answers import Raw, points, read
from daybridge.care.instruments.rules_conditions import Facts
from daybridge.care.instruments.rules_shape import (
    Band,
    Context,
    Critical,
    Instrument,
    Item,
    Kind,
    Number,
    Score,
    Value,
)

NOTHING: Final[Context] = {}
LOWEST = "lowest"


def score(instrument: Instrument, answers: Raw, context: Context = NOTHING) -> Score:
    """Score answers by item or in order; raise OutOfSet or WrongShape, nothing else.

    A missing answer leaves score and band None (never prorated); critical items still count.
    """
    facts = Facts(instrument, read(instrument, answers, context), context)
    missing = _missing(facts)
    subscales = {scale.name: _known(facts, scale.name) for scale in instrument.scales}
    band = _band(facts, complete=not missing)
    facts = facts.with_band(band)
    flags = tuple(flag for flag in instrument.flags if facts.holds(flag.when))
    if band is not None:
        band += "".join(flag.suffix for flag in flags)
    return Score(
        score=None if missing else _reported(instrument, subscales),
        band=band,
        critical=_critical(facts),
        status="incomplete" if missing else "complete",
        subscales=subscales,
        missing=missing,
        flags=flags,
        needs=tuple(
            dict.fromkeys(need.domain for need in instrument.needs if facts.holds(need.when))
        ),
        lowest=() if missing else _lowest(facts),
        scorer_version=instrument.scorer_version,
    )


def critical_of(
    instrument: Instrument,
    link_id: str,
    value: object,
    answers_so_far: Mapping[str, object],
    context: Context = NOTHING,
) -> tuple[Critical, ...]:
    """Return the critical rules that this answer makes true; asked when the item is saved.

    What was true without this answer is not returned again; saving it twice returns it twice.
    """
    others = {name: given for name, given in answers_so_far.items() if name != link_id}
    before = Facts(instrument, read(instrument, others, context), context)
    known = {critical.name for critical in _critical(before)}
    answers = read(instrument, {**others, link_id: value}, context)
    now = _critical(Facts(instrument, answers, context))
    return tuple(critical for critical in now if critical.name not in known)


def asked(
    instrument: Instrument, answers: Mapping[str, object], context: Context = NOTHING
) -> tuple[Item, ...]:
    """Return the items that apply now; what hangs on a missing answer is not asked yet."""
    facts = Facts(instrument, read(instrument, answers, context), context)
    return tuple(item for item in instrument.items if facts.asked(item) is True)


def cuts(instrument: Instrument, context: Context = NOTHING) -> tuple[Band, ...]:
    """Return the bands by cuts that hold for this person (AUDIT-C: men from 4); else none."""
    if instrument.bands.kind != "cuts":
        return ()
    facts = Facts(instrument, {}, context)
    others = (own for when, own in instrument.bands.by_context if facts.holds(when))
    return next(others, instrument.bands.bands)


def _missing(facts: Facts) -> tuple[str, ...]:
    return tuple(
        item.link_id
        for item in facts.instrument.items
        if item.required and facts.asked(item) and item.link_id not in facts.answers
    )


def _known(facts: Facts, name: str) -> int | float | None:
    low, high = facts.span(facts.instrument.scale(name))
    return _plain(low) if low == high else None


def _reported(
    instrument: Instrument, subscales: Mapping[str, int | float | None]
) -> int | float | tuple[int | float, ...] | None:
    if instrument.reported is None:
        return None
    if isinstance(instrument.reported, str):
        return subscales[instrument.reported]
    return tuple(value for name in instrument.reported if (value := subscales[name]) is not None)


def _band(facts: Facts, *, complete: bool) -> str | None:
    """Return the band; a category without score is named as soon as it is certain."""
    bands = facts.instrument.bands
    if bands.kind == "first" and (complete or facts.instrument.reported is None):
        return _first(facts, bands.bands)
    if not complete:
        return None
    if bands.kind == "fixed":
        return bands.bands[0].name
    if bands.kind == "listed":
        held = [band.name for band in bands.bands if band.when and facts.holds(band.when)]
        return ",".join(held) or "none"
    return _cut(facts)


def _first(facts: Facts, bands: tuple[Band, ...]) -> str | None:
    for band in bands:
        held = band.when is None or facts.holds(band.when)
        if held is None:
            return None
        if held:
            return band.name
    return None


def _cut(facts: Facts) -> str | None:
    bands = facts.instrument.bands
    if bands.score == LOWEST:
        reported = facts.instrument.reported or ()
        value = min(facts.span(facts.instrument.scale(name))[0] for name in reported)
    else:
        value = facts.span(facts.instrument.scale(bands.score))[0]
    name = None
    for band in cuts(facts.instrument, facts.context):
        if band.low is not None and value >= band.low:
            name = band.name
    return name


def _critical(facts: Facts) -> tuple[Critical, ...]:
    """Return what must not wait, what is due soonest first."""
    found = [c for c in facts.instrument.critical if facts.holds(c.when)]
    return tuple(sorted(found, key=lambda critical: critical.minutes))


def _lowest(facts: Facts) -> tuple[str, ...]:
    """Return the items with the fewest points (BARC-10: goals to begin with)."""
    worth: list[tuple[Number, int, str]] = []
    for place, item in enumerate(facts.instrument.items):
        value: Value | None = facts.answers.get(item.link_id)
        given = None if value is None or item.kind is Kind.TEXT else points(item, value)
        if given is not None:
            worth.append((given, place, item.link_id))
    return tuple(name for _, _, name in sorted(worth)[: facts.instrument.lowest_shown])


def _plain(value: Number) -> int | float:
    """Return a whole number where it is one."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
