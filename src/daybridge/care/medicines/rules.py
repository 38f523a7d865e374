"""Medicines as people say them: which classes a name belongs to, how a list stands (P10)."""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from daybridge.kernel.text import fold

OTHER = "other"  # a name we know that is of no class the checks speak of
CLASSES = Path(__file__).parent / "data" / "classes.toml"


class Known(StrEnum):
    """How a list of medicines or allergies stands."""

    NOT_ASKED = "not asked yet"
    NONE = "none known"
    LISTED = "listed"
    ENDED = "none now"


class Severity(StrEnum):
    """How bad a reaction was."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Class:
    """A class of medicines: what it is called, which names belong to it, for whom it is offered."""

    slug: str
    title: str
    names: tuple[str, ...]
    also: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def classes() -> Mapping[str, Class]:
    """Return the classes of the data file, by slug."""
    found = tomllib.loads(CLASSES.read_text())
    return {
        slug: Class(slug, row["title"], tuple(fold(name) for name in row["names"]),
                    tuple(row.get("also", ())), tuple(row.get("helps", ())))
        for slug, row in found.items()
    }


def classify(name: str) -> frozenset[str] | None:
    """Return the classes a medicine's name says; empty for none of them, None when not known."""
    said = f" {' '.join(_words(name))} "
    found: set[str] = set()
    for one in classes().values():
        if any(f" {' '.join(_words(each))} " in said for each in one.names):
            found |= {one.slug, *one.also}
    return frozenset(found - {OTHER}) if found else None


def _words(name: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in fold(name)).split()


def titles(slugs: Iterable[str] | None) -> str:
    """Return classes in words."""
    if slugs is None:
        return "kind not known"
    return ", ".join(classes()[slug].title for slug in sorted(slugs) if slug in classes())


def offered_for(substance: str) -> tuple[str, ...]:
    """Return the medicines that are offered for a disorder ("opioid", "alcohol"), by title."""
    return tuple(one.title for one in classes().values() if substance in one.helps)


def helps(slugs: Collection[str] | None, substance: str) -> bool:
    """Tell whether one of these classes is a medicine for this disorder."""
    return any(substance in classes()[slug].helps for slug in slugs or () if slug in classes())


def state(*, listed: int, asked: str | None) -> Known:
    """Return how a list stands; nobody having asked is not the same as nothing there."""
    if listed:
        return Known.LISTED
    if asked is None:
        return Known.NOT_ASKED
    return Known.NONE if asked == "none" else Known.ENDED


@dataclass(frozen=True, slots=True)
class Lot:
    """Naloxone kits of one lot: until when they are good (that day included), how many are left."""

    expires_on: date
    left: int


def in_date(expires_on: date, on: date) -> bool:
    """Tell whether a kit is still good that day; the day printed on it is its last."""
    return on <= expires_on


def usable(lots: Sequence[Lot], on: date) -> int:
    """Return how many kits may be given that day."""
    return sum(lot.left for lot in lots if in_date(lot.expires_on, on))
