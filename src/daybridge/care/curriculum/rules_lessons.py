"""Lessons: what a file must hold, what a client has covered, what teaches those present the most (P11)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

PARTS = {"use": "Substance use", "recovery": "Recovery", "return": "Return to use"}
LED_BY = {"any": "anybody who leads groups", "prescriber": "a physician or nurse, once a cycle"}
CHECKS, CHOICES = 3, 3
# a lesson counts from two thirds of its session on: presence alone is not coverage (MEASURES.md, P11)
SHARE_PRESENT = (2, 3)


class Covered(StrEnum):
    """How far somebody has come with a lesson."""

    YES = "covered"
    SHORT = "there too short"
    NO = "not yet"


@dataclass(frozen=True, slots=True)
class Taught:
    """A lesson in a session of so many minutes."""

    occurrence_id: int
    lesson: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Next:
    """A lesson, and for how many of those expected it would be new."""

    lesson: str
    new_for: int


def covered(
    taught: Iterable[Taught], present: Mapping[tuple[int, int], int], clients: Iterable[int]
) -> dict[int, dict[str, Covered]]:
    """Return each client's lessons: by minutes present of the sessions that taught them."""
    held = list(taught)
    found: dict[int, dict[str, Covered]] = {}
    for client_id in clients:
        mine = found.setdefault(client_id, {})
        for one in held:
            minutes = present.get((client_id, one.occurrence_id), 0)
            if minutes <= 0 or mine.get(one.lesson) is Covered.YES:
                continue
            enough = minutes * SHARE_PRESENT[1] >= one.minutes * SHARE_PRESENT[0]
            mine[one.lesson] = Covered.YES if enough else Covered.SHORT
    return found


def teach_next(
    order: Sequence[str], known: Mapping[int, Mapping[str, Covered]], expected: Collection[int],
    out_of_date: Collection[str] = (),
) -> list[Next]:
    """Return the lessons, those first that are new for most of the people expected.

    Of equals, those in date come first, then the curriculum's own order. Nobody is left out: each
    lesson stands here.
    """
    counts = {
        slug: sum(known.get(pk, {}).get(slug) is not Covered.YES for pk in expected) for slug in order
    }
    ranked = sorted(order, key=lambda slug: (-counts[slug], slug in out_of_date, order.index(slug)))
    return [Next(slug, counts[slug]) for slug in ranked]


def right(given: Sequence[int | None], wanted: Sequence[int]) -> int:
    """Return how many answers are right; one that is missing is not."""
    return sum(answer == place for answer, place in zip(given, wanted, strict=True))


def is_out_of_date(review_by: date, day: date) -> bool:
    """Tell whether a lesson's day to be looked at again is past."""
    return day > review_by


def lesson_problems(data: Mapping[str, Any], file: str) -> list[str]:
    """Return what is wrong with a lesson's file; nothing when it can be used."""
    found = [f"{key} is missing" for key in ("slug", "part", "source", "led_by") if not _text(data.get(key))]
    if found:
        return found
    if f"{data['slug']}.json" != file:
        found.append("the slug is not the file's name")
    for key, known in (("part", PARTS), ("led_by", LED_BY)):
        if data[key] not in known:
            found.append(f"{key} is not one of {', '.join(known)}")
    if not isinstance(data.get("order"), int) or not isinstance(data.get("minutes"), int):
        found.append("order and minutes are whole numbers")
    found += [f"{key} is not a day like 2026-11-26" for key in ("written_on", "review_by")
              if not _day(data.get(key))]
    found += [] if _texts(data.get("aims")) else ["aims is no list of words"]
    for language in ("en", "es"):
        found += [f"{language}: {one}" for one in _words_problems(data.get(language))]
    return found


def _words_problems(words: object) -> list[str]:
    if not isinstance(words, Mapping):
        return ["it is missing"]
    found = [f"{key} is missing" for key in ("title", "task") if not _text(words.get(key))]
    if not _texts(words.get("points")):
        found.append("points is no list of words")
    checks = words.get("checks")
    if not isinstance(checks, list) or len(checks) != CHECKS or not all(_check(one) for one in checks):
        found.append(f"checks are {CHECKS} questions with {CHOICES} choices and the right one")
    return found


def _check(one: object) -> bool:
    if not isinstance(one, Mapping):
        return False
    choices, right = one.get("choices"), one.get("right")
    return (_text(one.get("ask")) and _texts(choices) and isinstance(choices, list)
            and len(choices) == CHOICES and isinstance(right, int) and 0 <= right < CHOICES)


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_text(one) for one in value)


def _day(value: object) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True
