"""Withdrawal scales: items, points and bands come from the instruments' own files and scorer."""

from collections.abc import Mapping
from dataclasses import dataclass

from daybridge.care.instruments import rules as engine
from daybridge.care.instruments.library import load
from daybridge.care.instruments.rules_shape import Critical, Instrument, Item

NAMES = ("cows", "ciwa_ar")


@dataclass(frozen=True, slots=True)
class Scored:
    """What a scale came to; total None while an item was not looked at."""

    total: int | None
    band: str
    missing: tuple[str, ...]
    critical: tuple[Critical, ...]
    scorer: str


def instrument(name: str) -> Instrument:
    """Return the definition of a withdrawal scale."""
    if name not in NAMES:
        raise KeyError(name)
    return load().get(name)


def items(name: str) -> tuple[Item, ...]:
    """Return the items of a scale in order."""
    return instrument(name).items


def score(name: str, points: Mapping[str, int]) -> Scored:
    """Score the points of the items looked at; points off the scale are refused."""
    one = instrument(name)
    found = engine.score(one, dict(points))
    total = found.score if isinstance(found.score, int) else None
    titles = tuple(one.item(link).says("en") for link in found.missing)
    return Scored(total, (found.band or "").replace("_", " "), titles, found.critical,
                  f"{one.version}/{found.scorer_version}")


def bands(name: str) -> tuple[tuple[str, int, int], ...]:
    """Return the bands from below: name, lowest and highest points (both included)."""
    one = instrument(name)
    lows = [(band.name.replace("_", " "), int(band.low or 0)) for band in one.bands.bands]
    ends = [low - 1 for _, low in lows[1:]] + [one.scales[0].high]
    return tuple((name, low, end) for (name, low), end in zip(lows, ends, strict=True))
