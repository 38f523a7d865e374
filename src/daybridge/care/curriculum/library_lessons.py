"""The lessons as they ship: one file each, read and checked once; a bad one is named, the rest works."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from daybridge.care.curriculum import rules_lessons

FOLDER = Path(__file__).parent / "data" / "lessons"


@dataclass(frozen=True, slots=True)
class Check:
    """A question with its choices and the place of the right one."""

    ask: str
    choices: tuple[str, ...]
    right: int


@dataclass(frozen=True, slots=True)
class Words:
    """A lesson in one language."""

    title: str
    points: tuple[str, ...]
    task: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson of the curriculum."""

    slug: str
    part: str
    order: int
    minutes: int
    for_families: bool
    led_by: str
    aims: tuple[str, ...]
    materials: tuple[str, ...]
    source: str
    verified: bool
    written_on: date
    review_by: date
    words: Mapping[str, Words]

    @property
    def title(self) -> str:
        """Return the title for the staff."""
        return self.words["en"].title


@dataclass(frozen=True, slots=True)
class Curriculum:
    """The lessons in their order, by slug, and the files that could not be used with the reason."""

    lessons: Mapping[str, Lesson]
    problems: tuple[str, ...]


@lru_cache(maxsize=1)
def curriculum() -> Curriculum:
    """Return the curriculum that comes with the program."""
    return read_lessons(FOLDER)


def read_lessons(folder: Path) -> Curriculum:
    """Read every file of a folder; a bad one is named and left out."""
    found: list[Lesson] = []
    problems: list[str] = []
    for path in sorted(folder.glob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            problems.append(f"{path.name}: it can't be read ({error})")
            continue
        is_object = isinstance(data, dict)
        wrong = rules_lessons.lesson_problems(data, path.name) if is_object else ["it is no object"]
        if wrong:
            problems.append(f"{path.name}: {'; '.join(wrong)}")
        else:
            found.append(_lesson(data))
    ordered = sorted(found, key=lambda one: (one.order, one.slug))
    return Curriculum({one.slug: one for one in ordered}, tuple(problems))


def _lesson(data: Mapping[str, Any]) -> Lesson:
    return Lesson(
        data["slug"], data["part"], data["order"], data["minutes"], bool(data.get("for_families")),
        data["led_by"], tuple(data["aims"]), tuple(data.get("materials", ())), data["source"],
        data.get("verified") is True, date.fromisoformat(data["written_on"]),
        date.fromisoformat(data["review_by"]), {key: _words(data[key]) for key in ("en", "es")})


def _words(data: Mapping[str, Any]) -> Words:
    return Words(data["title"], tuple(data["points"]), data["task"], tuple(
        Check(one["ask"], tuple(one["choices"]), one["right"]) for one in data["checks"]))
