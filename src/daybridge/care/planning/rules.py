"""The plan: what is due when, and what a plan still lacks before it is signed (S3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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


def due_on(
    kind: Kind,
    *,
    admitted_on: date,
    last_signed_on: date | None,
    full_days: int,
    review_days: int,
) -> date:
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
        if not problem.words.strip():
            found.append(f"Problem {number}: what the problem is.")
        if not problem.goal.strip():
            found.append(f"Problem {number}: the goal in the client's own words.")
        if not problem.objectives:
            found.append(f"Problem {number}: at least one objective.")
        for objective in problem.objectives:
            found += [
                f"Problem {number}: {what}" for what in _objective_lacks(objective, kind)
            ]
    return found


def _objective_lacks(objective: Objective, kind: Kind) -> list[str]:
    found = []
    if not objective.words.strip():
        found.append("what the objective is.")
    if not objective.measure.strip():
        found.append("how we see that the objective is reached.")
    if objective.target_on is None and kind is not Kind.INITIAL:
        found.append("until when the objective should be reached.")
    if not objective.interventions:
        found.append("who does what for the objective.")
    return found


def similarity(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1 (companion of P06b: plans that are copies).

    Case and spaces don't matter, nor does which of the two comes first.
    """
    first, second = sorted(" ".join(text.casefold().split()) for text in (one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def most_alike(words: str, others: Iterable[str]) -> float:
    """Return how alike a text is to the one of the others that comes closest, 0 to 1."""
    return max((similarity(words, other) for other in others), default=0.0)


class State(StrEnum):
    """How a client's plan stands on a day."""

    NONE_YET = "no plan yet"
    DUE = "due"
    IN_FORCE = "in force"
    OVERDUE = "overdue"


def review_causes(
    signed_on: date, *, level_changed_on: date | None, used_on: date | None
) -> list[str]:
    """Return what calls for a review at once, besides the calendar.

    A change on the very day of signing is known to the plan. Source: PROGRAMME.md 2.
    """
    causes = []
    if level_changed_on is not None and level_changed_on > signed_on:
        causes.append("The level of care has changed.")
    if used_on is not None and used_on > signed_on:
        causes.append("The client has returned to use.")
    return causes


def review_due_on(
    signed_on: date,
    *,
    review_days: int,
    level_changed_on: date | None,
    used_on: date | None,
) -> date:
    """Return the day of the next review: the interval, or an earlier cause. Unit: days."""
    causes = [
        day for day in (level_changed_on, used_on) if day is not None and day > signed_on
    ]
    return min([signed_on + timedelta(days=review_days), *causes])


def state(due: date, today: date, *, signed: bool) -> State:
    """Return how a plan stands: `due` is when the next signature is due.

    The due day itself is in time. Without any signed plan nothing is in force.
    """
    if today > due:
        return State.OVERDUE
    if today == due:
        return State.DUE
    return State.IN_FORCE if signed else State.NONE_YET


def initial_in_time(signed_at: datetime | None, first_session_at: datetime) -> bool:
    """Tell whether the first plan was signed before the first session: billed days need it."""
    return signed_at is not None and signed_at <= first_session_at
