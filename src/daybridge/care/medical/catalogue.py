"""What is observed, as data: kinds of observations with unit, bounds and choices."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
TYPES = ("number", "pair", "choice", "use")
NEVER = "never"  # an answer to "when last?"


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that is observed. Numbers lie between low and high, both included, in `unit`."""

    slug: str
    title: str
    type: str
    ask: str
    es: str
    unit: str = ""
    low: float = 0
    high: float = 0
    choices: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()
    screen: str = ""
    within_days: int = 0
    observed: bool = False

    @property
    def short(self) -> str:
        """Return the title for a list of what is missing."""
        return self.title.removesuffix(" offered")


@lru_cache(maxsize=1)
def kinds() -> Mapping[str, Kind]:
    """Return every kind of observation by slug; a mistake in the file names its entry."""
    found = {}
    for slug, row in tomllib.loads((DATA / "observations.toml").read_text()).items():
        fields: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        kind = Kind(slug, **fields)
        if kind.type not in TYPES or (kind.type == "choice") != bool(kind.choices):
            raise ValueError(f"observations.toml, {slug}: type and choices don't fit together")
        if kind.type in {"number", "pair"} and kind.low >= kind.high:
            raise ValueError(f"observations.toml, {slug}: low lies under high")
        found[slug] = kind
    return found


def screen() -> Mapping[str, tuple[Kind, ...]]:
    """Return the nursing screen: section by section, its questions."""
    found: dict[str, tuple[Kind, ...]] = {}
    for kind in kinds().values():
        if kind.screen:
            found[kind.screen] = (*found.get(kind.screen, ()), kind)
    return found


def within_two_weeks() -> tuple[Kind, ...]:
    """Return what is done or offered within the first days of a stay."""
    return tuple(kind for kind in kinds().values() if kind.within_days)
