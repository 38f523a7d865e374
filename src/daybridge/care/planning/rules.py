"""The plan: what is due when, and what a plan still lacks before it is signed (S3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import StrEnum


class Kind(StrEnum):
    """The first-day plan, the full one, a review."""

    INITIAL = "initial"
    FULL = "full"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Objective:
    """A measurable step, as the check needs it."""

    words: str
    measure: str
    target_on: date | None
    interventions: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem with the client's goal and its objectives."""

    words: str
    goal: str
    objectives: Sequence[Objective]


def due_on(kind: Kind, *, admitted_on: date, last_signed_on: date | None, full_days: int,
           review_days: int) -> date:
    """Return the day a plan is due: admission, then within `full_days`, then each `review_days`."""
    if kind is Kind.INITIAL:
        return admitted_on
    if kind is Kind.FULL:
        return admitted_on + timedelta(days=full_days)
    return (last_signed_on or admitted_on) + timedelta(days=review_days)


def next_kind(signed: Sequence[Kind]) -> Kind:
    """Return which plan comes next."""
    if not signed:
        return Kind.INITIAL
    return Kind.FULL if set(signed) == {Kind.INITIAL} else Kind.REVIEW


def lacks(problems: Sequence[Problem], kind: Kind) -> list[str]:
    """Return what the plan still lacks, in words; an initial plan needs less."""
    if not problems:
        return ["Write down one problem and what the client wants instead."]
    found = []
    for number, problem in enumerate(problems, start=1):
        if not problem.goal.strip():
            found.append(f"Problem {number}: the goal in the client's own words.")
        if not problem.objectives:
            found.append(f"Problem {number}: at least one objective.")
        for objective in problem.objectives:
            found += [f"Problem {number}: {what}" for what in _objective_lacks(objective, kind)]
    return found


def _objective_lacks(objective: Objective, kind: Kind) -> list[str]:
    found = []
    if not objective.measure.strip():
        found.append("how we see that the objective is reached.")
    if objective.target_on is None and kind is not Kind.INITIAL:
        found.append("until when the objective should be reached.")
    if not objective.interventions:
        found.append("who does what for the objective.")
    return found


def similarity(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1 (companion of P06b: plans that are copies)."""
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio()
