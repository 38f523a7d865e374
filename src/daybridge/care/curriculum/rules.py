"""Practices: grades of evidence, who may deliver, and whether somebody has looked lately (P13)."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

# A several trials or meta-analyses, B trials or mixed, C consensus or weak, none: no support.
# Source: facts/clinical.md, section E.
GRADES = ("A", "A-", "B", "B-", "C+", "C", "none")
NO_SUPPORT = "none"
REVIEW_MONTHS = 12  # own: a practice's evidence is looked at once a year
SOON_DAYS = 30
LONGEST_SLUG, LONGEST_TITLE = 60, 120
FEWEST_ITEMS, MOST_ITEMS = 6, 10

DELIVERERS = {
    "licensed": "licensed therapist, psychologist or social worker",
    "counsellor": "certified or licensed counsellor",
    "prescriber": "physician or other prescriber",
    "nurse": "nurse",
    "peer": "certified peer",
    "job_coach": "job coach",
    "trained": "anybody trained in it",
}
_WORDS = ("slug", "title", "what", "for_whom", "sessions", "grade", "source", "manual")


class Review(StrEnum):
    """How a practice's evidence stands with this programme."""

    CURRENT = "in review"
    SOON = "review due within 30 days"
    OVERDUE = "out of review"
    NEVER = "nobody here has looked at it"


def review_state(next_on: date | None, day: date) -> Review:
    """Return how a practice stands on a day; the next review's day itself is still in time."""
    if next_on is None:
        return Review.NEVER
    left = (next_on - day).days
    if left < 0:
        return Review.OVERDUE
    return Review.SOON if left <= SOON_DAYS else Review.CURRENT


def is_current(grade: str, looked_on: date | None, next_on: date | None, day: date) -> bool:
    """Tell whether a practice has current evidence on a day: support, and a live review."""
    if looked_on is None or next_on is None:
        return False
    return grade != NO_SUPPORT and looked_on <= day <= next_on


def grades_to_choose(shipped: str) -> tuple[str, ...]:
    """Return the grades a reviewer may find: the library's own or a lower one, never a higher."""
    return GRADES[GRADES.index(shipped):]


def problems(data: Mapping[str, Any], file: str) -> list[str]:
    """Return what is wrong with a practice's file; nothing when it can be used."""
    found = [f"{key} is missing" for key in _WORDS if not _is_text(data.get(key))]
    if found:
        return found
    if f"{data['slug']}.json" != file or len(data["slug"]) > LONGEST_SLUG:
        found.append("the slug is not the file's name, or longer than 60 letters")
    if data["grade"] not in GRADES:
        found.append(f"grade is not one of {', '.join(GRADES)}")
    if len(data["title"]) > LONGEST_TITLE:
        found.append("the title is longer than 120 letters")
    if not set(_list(data, "deliverers")) <= set(DELIVERERS):
        found.append(f"deliverers has more than {', '.join(DELIVERERS)}")
    if not _is_day(data.get("reviewed_on")):
        found.append("reviewed_on is not a day like 2026-11-25")
    return [*found, *_evidence(data), *_items(data)]


def _evidence(data: Mapping[str, Any]) -> list[str]:
    rows = _list(data, "evidence")
    complete = all(
        isinstance(row, Mapping) and _is_text(row.get("words")) and _is_text(row.get("citation"))
        and isinstance(row.get("verified"), bool) for row in rows
    )
    return [] if rows and complete else ["evidence needs words, citation and verified, at least once"]


def _items(data: Mapping[str, Any]) -> list[str]:
    items = _list(data, "fidelity")
    if data["grade"] == NO_SUPPORT:
        return []
    right = FEWEST_ITEMS <= len(items) <= MOST_ITEMS and all(_is_text(item) for item in items)
    return [] if right else [f"fidelity needs {FEWEST_ITEMS} to {MOST_ITEMS} items"]


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    return value if isinstance(value, list) else []


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_day(value: object) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True
