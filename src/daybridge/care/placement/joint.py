"""The joint decision: two views with reasons, both signed; the rules only recommend (W3).

Source: MISSION W2, W3; MEASURES W2 (72 hours), W3; INSTRUMENTS.md 2. The day a difference
is looked at again is chosen by both; without a choice it is 14 days on (own).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from daybridge.care.placement.rules import INTENSITY, Level, Recommendation

REVIEW_AFTER = timedelta(days=14)
ALTERNATIVE_WITHIN = timedelta(hours=72)
ADMITS = (Level.OUTPATIENT, Level.IOP, Level.PHP, Level.RESIDENTIAL)


class By(StrEnum):
    """Whose view it is."""

    CLIENT = "client"
    CLINICIAN = "clinician"


@dataclass(frozen=True, slots=True)
class View:
    """What one side wants, with reasons; signed or not yet."""

    by: By
    level: Level
    reasons: str
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Alternative:
    """What is offered to somebody the programme may not suit (W2), and what came of it."""

    what: str
    by_id: int | None
    offered_at: datetime | None
    outcome: str


def missing_before_admission(views: Sequence[View], *, at: datetime) -> list[str]:
    """Return what the joint decision still lacks at a moment, in words; empty when whole."""
    lacks = []
    for by in By:
        view = next((one for one in views if one.by is by), None)
        if view is None:
            lacks.append(f"The {by}'s view is not written down yet.")
            continue
        if not view.reasons.strip():
            lacks.append(f"The {by}'s reasons are not written down yet.")
        if view.signed_at is None or view.signed_at > at:
            lacks.append(f"The {by} has not signed yet.")
    return lacks


def differ(views: Iterable[View]) -> bool:
    """Tell whether the two sides want different levels (a dissent)."""
    return len({view.level for view in views}) > 1


def review_due_on(decided_on: date, chosen: date | None = None) -> date:
    """Return the day a difference is looked at again: the chosen one, else after 14 days."""
    return max(chosen, decided_on) if chosen is not None else decided_on + REVIEW_AFTER


def dissent_lacks(
    views: Sequence[View], *, way_forward: str, review_on: date | None
) -> list[str]:
    """Return what a difference between the two views still lacks; agreement lacks nothing."""
    if not differ(views):
        return []
    lacks = []
    if not way_forward.strip():
        lacks.append("Write how you go on although you see it differently.")
    if review_on is None:
        lacks.append("Choose the day on which you look at it again.")
    return lacks


def overrides(answer: Recommendation, decided: Level) -> bool:
    """Tell whether the decision departs from what the rules recommend: it needs a reason."""
    return decided is not answer.recommended


def is_lighter(answer: Recommendation, decided: Level) -> bool:
    """Tell whether the decision is for less than what is indicated: looked at every day."""
    return INTENSITY[decided] < INTENSITY[answer.indicated]


def needs_alternative(answer: Recommendation, decided: Level | None = None) -> bool:
    """Tell whether an alternative must be offered: never just a refusal (W2).

    Needed when the rules see somebody perhaps unsuited for this programme, and when the
    decision names a level at which nobody is admitted.
    """
    return answer.unsuited or (decided is not None and decided not in ADMITS)


def alternative_lacks(
    offer: Alternative | None, *, opened_at: datetime, at: datetime
) -> list[str]:
    """Return what an alternative still lacks; after 72 hours without its outcome it is late."""
    if offer is None or not offer.what.strip() or offer.offered_at is None:
        lacks = ["Offer an alternative: where this person can be helped."]
    else:
        lacks = [] if offer.by_id is not None else ["Name who offered the alternative."]
        if not offer.outcome.strip():
            lacks.append("Write what came of the alternative.")
    if lacks and at - opened_at > ALTERNATIVE_WITHIN:
        lacks.append("The 72 hours for it are over: call now.")
    return lacks


def is_copied(views: Sequence[View]) -> bool:
    """Tell whether one side's reasons are the other's, word for word (companion of W3)."""
    said = [" ".join(view.reasons.casefold().split()) for view in views]
    return len(said) > 1 and len(set(said)) < len(said)


def reasons_for_and_against(
    answer: Recommendation, level: Level
) -> tuple[list[str], list[str]]:
    """Return what speaks for a level and what against it, in words for both sides.

    The reasons of the rule table speak for the levels it names; the distance to the
    indicated level speaks against any other.
    """
    backed = [f"The rules name it: {', '.join(answer.reasons)}."]
    if level is answer.recommended:
        pro = backed
    elif level is answer.indicated:
        pro = [f"It is what the rules indicate: {answer.reasons[0]}."]
    else:
        pro = []
    against = []
    if level is not answer.indicated and answer.indicated is not Level.INCOMPLETE:
        side = "less" if INTENSITY[level] < INTENSITY[answer.indicated] else "more"
        against.append(f"It is {side} than the rules indicate ({answer.indicated}).")
    if level is answer.indicated and level is not answer.recommended:
        against.append("It can't be had at the moment.")
    if answer.unsuited and level is not Level.RESIDENTIAL:
        against.append("This programme perhaps does not suit: offer the alternative (W2).")
    return pro, against
