"""What a client may ask about their record, how long we have, on which grounds we may refuse.

Sources: 45 CFR 164.524 (copy: 30 days, one extension of 30 in writing), 164.526 (amendment),
42 CFR 2.25 (list of disclosures), 2.26 and 45 CFR 164.522 (restriction). One clock for all.
"""

from datetime import date, timedelta
from enum import StrEnum

DAYS = 30
EXTENSION_DAYS = 30
SOON_DAYS = 7
ACCOUNTING_YEARS = 3


class RequestKind(StrEnum):
    """What is asked for."""

    COPY = "copy"
    AMENDMENT = "amendment"
    RESTRICTION = "restriction"
    DISCLOSURES = "disclosures"


class Outcome(StrEnum):
    """How it was answered."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


class State(StrEnum):
    """How a request stands on a day."""

    OPEN = "open"
    DUE_SOON = "due soon"
    OVERDUE = "overdue"
    ANSWERED = "answered"


KIND_WORDS = {
    RequestKind.COPY: "A copy of the record",
    RequestKind.AMENDMENT: "A change in the record",
    RequestKind.RESTRICTION: "Tell somebody nothing more",
    RequestKind.DISCLOSURES: "The list of what was told to others",
}
GROUNDS: dict[RequestKind, dict[str, str]] = {
    RequestKind.COPY: {
        "counselling_notes": "Counselling notes that are kept apart (45 CFR 164.524(a)(1)(i))",
        "legal_case": "Made for a legal case (45 CFR 164.524(a)(1)(ii))",
        "confidence": "Told by somebody else in confidence (45 CFR 164.524(a)(2)(v))",
        "danger": "A licensed professional sees danger to life or safety; the client may ask for a "
                  "review (45 CFR 164.524(a)(3))",
    },
    RequestKind.AMENDMENT: {
        "accurate": "The record is right and complete (45 CFR 164.526(a)(2)(iv))",
        "not_ours": "We did not write it (45 CFR 164.526(a)(2)(i))",
    },
    RequestKind.RESTRICTION: {
        "not_bound": "We can't keep to it, and the law does not bind us to (45 CFR 164.522(a)(1)). "
                     "Not if the client paid in full",
    },
    RequestKind.DISCLOSURES: {
        "none_kept": "The time asked for is more than three years back (42 CFR 2.25)",
    },
}


def due_on(received_on: date) -> date:
    """Return the last day for the answer."""
    return received_on + timedelta(days=DAYS)


def extended(due: date) -> date:
    """Return the last day after the one extension."""
    return due + timedelta(days=EXTENSION_DAYS)


def state(due: date, today: date, *, answered: bool) -> State:
    """Return how a request stands; the due day itself is in time."""
    if answered:
        return State.ANSWERED
    if today > due:
        return State.OVERDUE
    return State.DUE_SOON if (due - today).days <= SOON_DAYS else State.OPEN


def answer_faults(kind: RequestKind, outcome: Outcome, ground: str, words: str) -> list[str]:
    """Return what an answer still lacks."""
    found = []
    if outcome is not Outcome.GRANTED and ground not in GROUNDS[kind]:
        found.append("Choose the ground: without one it can't be refused.")
    if not words.strip():
        found.append("Write the answer as the client reads it.")
    return found
