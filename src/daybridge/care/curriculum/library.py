"""The library of practices as it ships: one file each, read and checked once.

A file with an error is named, and the rest works. Adding a practice takes one file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from daybridge.care.curriculum import rules

FOLDER = Path(__file__).parent / "data" / "practices"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known, where it stands, and whether the writer looked the citation up."""

    words: str
    citation: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Practice:
    """A way of working, with its evidence and what somebody can see when it is done well."""

    slug: str
    title: str
    grade: str
    what: str
    for_whom: str
    sessions: str
    deliverers: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    source: str
    reviewed_on: date
    fidelity: tuple[str, ...]
    manual: str
    unverified: tuple[str, ...]

    @property
    def is_supported(self) -> bool:
        """Tell whether there is evidence that it helps."""
        return self.grade != rules.NO_SUPPORT


@dataclass(frozen=True, slots=True)
class Library:
    """The practices by slug, and the files that could not be used with the reason."""

    practices: Mapping[str, Practice]
    problems: tuple[str, ...]


@lru_cache(maxsize=1)
def shipped() -> Library:
    """Return the library that comes with the program."""
    return read(FOLDER)


def read(folder: Path) -> Library:
    """Read every file of a folder; a bad one is named and left out."""
    practices: dict[str, Practice] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            problems.append(f"{path.name}: it can't be read ({error})")
            continue
        wrong = rules.problems(data, path.name) if isinstance(data, dict) else ["it is no object"]
        if wrong:
            problems.append(f"{path.name}: {'; '.join(wrong)}")
        else:
            practices[data["slug"]] = _practice(data)
    return Library(practices, tuple(problems))


def _practice(data: Mapping[str, object]) -> Practice:
    words = {key: str(data[key]) for key in (
        "slug", "title", "grade", "what", "for_whom", "sessions", "source", "manual")}
    return Practice(
        **words, reviewed_on=date.fromisoformat(str(data["reviewed_on"])),
        deliverers=_texts(data, "deliverers"), fidelity=_texts(data, "fidelity"),
        unverified=_texts(data, "unverified"),
        evidence=tuple(
            Evidence(row["words"], row["citation"], row["verified"]) for row in data["evidence"]  # type: ignore[attr-defined]
        ),
    )


def _texts(data: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = data.get(key)
    return tuple(str(item) for item in value) if isinstance(value, list) else ()
