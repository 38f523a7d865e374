"""Texts of objectives to begin from, by domain of need: own words, changed for each client.

A text that came from here stays marked, so that one can see which plans were written for
their client (P06b).
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "objectives.json"


@dataclass(frozen=True, slots=True)
class Text:
    """An objective as it can be begun from, with what somebody does for it."""

    slug: str
    domain: str
    words: str
    measure: str
    what: str
    how_often: str
    practice: str
    no_practice_why: str


@lru_cache(maxsize=1)
def texts() -> dict[str, Text]:
    """Return every text by slug, in the order of the file."""
    return {row["slug"]: Text(**row) for row in json.loads(FILE.read_text(encoding="utf-8"))}


@lru_cache(maxsize=1)
def by_domain() -> dict[str, tuple[Text, ...]]:
    """Return the texts by domain of need, in the order of the file."""
    found: dict[str, list[Text]] = {}
    for one in texts().values():
        found.setdefault(one.domain, []).append(one)
    return {domain: tuple(rows) for domain, rows in found.items()}


def came_from(words: str, slug: str) -> str:
    """Return the library's words that an objective began from, or "" when it is its own.

    Who types a library text has taken it, whatever the form says.
    """
    typed = words.casefold()
    same = next((one.words for one in texts().values() if one.words.casefold() == typed), "")
    known = texts().get(slug)
    return same or (known.words if known else "")


def slug_of(words: str) -> str:
    """Return the slug of a library text, or ""."""
    return next((one.slug for one in texts().values() if one.words == words), "")
