"""Needs: exactly one current answer each, and what an answer must say (S4, P06)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

DECLINED_AGAIN = timedelta(days=30)


class Urgency(StrEnum):
    """How soon a need wants its answer."""

    ROUTINE = "routine"
    SOON = "soon"
    HIGH = "high"


class Answer(StrEnum):
    """The four answers a need may have; none of them is "forgotten"."""

    HERE = "here"
    REFERRED = "referred"
    DEFERRED = "deferred"
    DECLINED = "declined"


ANSWER_WORDS = {
    Answer.HERE: "treated here",
    Answer.REFERRED: "referred",
    Answer.DEFERRED: "put off",
    Answer.DECLINED: "declined by the client",
}
URGENCY_WORDS = {Urgency.ROUTINE: "routine", Urgency.SOON: "soon", Urgency.HIGH: "urgent"}

# Which services of the catalogue can answer a need of a domain (clinic.referrals.rules).
DOMAIN_SERVICES = {
    "use": ("individual", "group", "medicine", "crisis", "support_groups", "nicotine"),
    "medical": ("medical", "medicine"),
    "mental": ("psychiatry", "individual"),
    "family": ("family", "child_care", "parenting"),
    "legal": ("legal",),
    "work": ("work", "adult_education"),
    "housing": ("housing",),
    "culture and language": ("interpreter", "culture"),
    "trauma": ("psychiatry", "individual", "safe_place"),
    "food": ("food",),
    "transport": ("transport",),
}


class Standing(StrEnum):
    """How a need stands on a day; only ANSWERED is an answer."""

    OPEN = "open"
    REOPENED = "open again"
    PAST = "put off until a day that has come"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Current:
    """The current answer of a need, as far as its standing depends on it."""

    answer: Answer
    again_on: date | None


def standing(current: Current | None, today: date, *, had_one: bool) -> Standing:
    """Return how a need stands; an answer put off past its day is none."""
    if current is None:
        return Standing.REOPENED if had_one else Standing.OPEN
    due = current.again_on is not None and current.again_on <= today
    return Standing.PAST if current.answer is Answer.DEFERRED and due else Standing.ANSWERED


def lacks(
    answer: Answer, words: str, again_on: date | None, today: date, *, to_whom: bool
) -> list[tuple[str, str]]:
    """Return what an answer still must say, as (field, message)."""
    found = []
    if answer is Answer.HERE and not words:
        found.append(("words", "Say by which objective or service it is treated here."))
    if answer is Answer.REFERRED and not to_whom:
        found.append(("partner", "Choose the partner, or write to whom."))
    if answer is Answer.DEFERRED and not words:
        found.append(("words", "Say why it waits."))
    if answer is Answer.DEFERRED and again_on is None:
        found.append(("again_on", "Give the day on which to look at it again."))
    if answer is Answer.DECLINED and not words:
        found.append(("words", "Write what the client said."))
    if again_on is not None and again_on <= today:
        found.append(("again_on", "That day is over. Choose a later one."))
    return found


def days_open(since: datetime, now: datetime) -> int:
    """Return the whole days a need has been without an answer."""
    return max((now - since).days, 0)
