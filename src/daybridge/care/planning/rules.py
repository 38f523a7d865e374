"""The plan: what is due when, and what a plan still lacks before it is signed (S3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from enum import StrEnum

DONE = frozenset({"reached", "dropped"})  # states of progress after which nothing is left to do
MOST_PROBLEMS, MOST_OBJECTIVES, MOST_DOES = 20, 10, 6


class Kind(StrEnum):
    """The first-day plan, the full one, a review."""

    INITIAL = "initial"
    FULL = "full"
    REVIEW = "review"


KIND_WORDS = {Kind.INITIAL: "first plan", Kind.FULL: "full plan", Kind.REVIEW: "review"}


@dataclass(frozen=True, slots=True)
class Objective:
    """A measurable step, as the check needs it."""

    words: str
    measure: str
    target_on: date | None
    interventions: int
    without_practice: int = 0


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
    if objective.without_practice and kind is not Kind.INITIAL:
        found.append("by which practice somebody helps, or why by none.")
    return found


def too_many(objectives: Sequence[Sequence[int]]) -> str:
    """Return what is too much for one plan, or "": the numbers are interventions.

    A plan that nobody can carry is no plan. Source: own.
    """
    if len(objectives) > MOST_PROBLEMS:
        return (f"A plan holds at most {MOST_PROBLEMS} problems, and this one has "
                f"{len(objectives)}. Keep what counts now; the rest can wait for a review.")
    for number, problem in enumerate(objectives, start=1):
        if len(problem) > MOST_OBJECTIVES:
            return (f"Problem {number} has {len(problem)} objectives; at most {MOST_OBJECTIVES} "
                    "fit. Keep the next ones.")
        if any(does > MOST_DOES for does in problem):
            return (f"Problem {number}: at most {MOST_DOES} people or services do something for "
                    "one objective. Put some together.")
    return ""


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


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that calls for a review at once, and the day it happened."""

    on: date
    words: str


def causes_since(signed_on: date | None, causes: Iterable[Cause]) -> list[Cause]:
    """Return what calls for a review besides the calendar, earliest first.

    A change on the very day of signing is known to the plan. Source: PROGRAMME.md 2.
    """
    if signed_on is None:
        return []
    return sorted((one for one in causes if one.on > signed_on), key=lambda one: one.on)


def brought_forward(due: date, causes: Sequence[Cause]) -> date:
    """Return the day a plan is due: by the calendar, or at an earlier cause."""
    return min([due, *(one.on for one in causes)])


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
