"""The first contact: safety questions, who comes first, interim help, clocks.

Source: PROGRAMME.md 2; order of the list after 45 CFR 96.126 and 96.131 (pregnant people who
inject first), danger before all; interim help within 48 hours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

INTERIM_HELP = timedelta(hours=48)


class Answer(StrEnum):
    """What somebody answered; a question not asked is no "no"."""

    YES = "yes"
    NO = "no"
    NOT_SAID = "not_said"
    NOT_ASKED = "not_asked"


class Question(StrEnum):
    """The safety questions, asked at a contact with staff."""

    RECENT_USE = "recent_use"
    SEIZURE = "seizure"
    SUICIDE = "suicide"
    PREGNANT = "pregnant"
    INJECTING = "injecting"
    IN_DANGER = "in_danger"


WORDS = {
    Question.RECENT_USE: "Alcohol, a sedative or an opioid in the last two days?",
    Question.SEIZURE: "Ever a seizure or delirium when stopping?",
    Question.SUICIDE: "Thoughts of ending your life?",
    Question.PREGNANT: "Pregnant, or may be?",
    Question.INJECTING: "Injecting?",
    Question.IN_DANGER: "In danger right now?",
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alert that a "yes" opens: what to do first, and minutes until somebody has it."""

    title: str
    first_step: str
    minutes: int


ALARMS = {
    Question.IN_DANGER: Alarm(
        "In danger now", "Stay on the line. Call 911 if life is at risk.", 15
    ),
    Question.SUICIDE: Alarm(
        "Thoughts of suicide",
        "Don't leave the person alone. 988 is at hand. A clinician talks with them now.",
        15,
    ),
    Question.SEIZURE: Alarm(
        "Past seizure or delirium",
        "Withdrawal may be dangerous: a physician or "
        "nurse calls today, before any stopping.",
        60,
    ),
    Question.RECENT_USE: Alarm(
        "Use in the last two days", "A nurse asks about withdrawal today.", 240
    ),
    Question.PREGNANT: Alarm(
        "Pregnant", "Medicine and obstetrics today. First on the list.", 240
    ),
    Question.INJECTING: Alarm(
        "Injecting",
        "Naloxone, sterile supplies, HIV and hepatitis tests offered within 48 hours.",
        1440,
    ),
}


class Priority(StrEnum):
    """Places of the waiting list, first to last."""

    DANGER = "danger"
    PREGNANT_INJECTING = "pregnant and injecting"
    PREGNANT = "pregnant"
    INJECTING = "injecting"
    WAITING = "waiting"


RANK = {priority: rank for rank, priority in enumerate(Priority)}


def alarms(answers: Mapping[Question, Answer]) -> list[tuple[Question, Alarm]]:
    """Return an alarm for each yes, the shortest clock first."""
    found = [
        (question, ALARMS[question])
        for question in Question
        if answers.get(question) is Answer.YES
    ]
    return sorted(found, key=lambda one: one[1].minutes)


def unasked(answers: Mapping[Question, Answer]) -> list[Question]:
    """Return the questions nobody has asked yet."""
    return [q for q in Question if answers.get(q, Answer.NOT_ASKED) is Answer.NOT_ASKED]


def priority(answers: Mapping[Question, Answer]) -> Priority:
    """Return the person's place on the list."""
    yes = {question for question, answer in answers.items() if answer is Answer.YES}
    if yes & {Question.IN_DANGER, Question.SUICIDE}:
        return Priority.DANGER
    if {Question.PREGNANT, Question.INJECTING} <= yes:
        return Priority.PREGNANT_INJECTING
    if Question.PREGNANT in yes:
        return Priority.PREGNANT
    return Priority.INJECTING if Question.INJECTING in yes else Priority.WAITING


def place(
    answers: Mapping[Question, Answer], first_contact: datetime, number: int
) -> tuple[int, datetime, int]:
    """Return the sort key of the list: priority, then the longest wait, then the number."""
    return RANK[priority(answers)], first_contact, number


def interim_help_due(first_contact: datetime, last_help: datetime | None) -> datetime:
    """Return when help while waiting is due: 48 hours after the contact or the last help."""
    return (last_help or first_contact) + INTERIM_HELP


def days_between(
    start: datetime, end: datetime | None, now: datetime
) -> tuple[float, bool]:
    """Return days from a first contact to a step, and whether it is reached (else censored)."""
    return ((end or now) - start).total_seconds() / 86400, end is not None


class Substance(StrEnum):
    """What is dangerous to stop or to combine: the last use of each is asked."""

    ALCOHOL = "alcohol"
    SEDATIVE = "sedative"
    OPIOID = "opioid"


WITHDRAWAL_WITHIN = timedelta(
    days=3
)  # own; the danger of withdrawal from alcohol, sedatives
RISKY_TO_STOP = frozenset({Substance.ALCOHOL, Substance.SEDATIVE})


@dataclass(frozen=True, slots=True)
class Flag:
    """What an answer raises: the kind of alert, its alarm, and which question it was."""

    question: Question
    kind: str
    alarm: Alarm


KINDS = {
    Question.IN_DANGER: "danger",
    Question.SUICIDE: "self_harm",
    Question.SEIZURE: "withdrawal",
    Question.RECENT_USE: "withdrawal",
    Question.PREGNANT: "pregnancy",
    Question.INJECTING: "injecting",
}


def safety_flags(answers: Mapping[Question, Answer]) -> list[Flag]:
    """Return the alert of each yes with kind and clock, the shortest clock first."""
    return [Flag(question, KINDS[question], alarm) for question, alarm in alarms(answers)]


def withdrawal_risk(
    last_use: Mapping[Substance, timedelta | None], *, seizure_before: Answer
) -> list[str]:
    """Return why stopping may be dangerous, in words, from the time since each last use.

    A seizure or delirium before, with alcohol or sedatives in the last three days, is named
    first. None is not known and is no reason; a missing answer never reads as safe.
    """
    recent = [
        one
        for one in Substance
        if (since := last_use.get(one)) is not None and since <= WITHDRAWAL_WITHIN
    ]
    reasons = []
    if seizure_before is Answer.YES and RISKY_TO_STOP & set(recent):
        reasons.append(
            "A seizure or delirium before, and recent use: emergency care if shaking."
        )
    reasons += [f"{one.capitalize()} in the last three days." for one in recent]
    if seizure_before is Answer.NOT_ASKED:
        reasons.append("Ask about seizures and delirium when stopping.")
    return reasons


def interim_help_overdue(
    first_contact: datetime, last_help: datetime | None, now: datetime
) -> bool:
    """Tell whether somebody waiting has been without help for more than 48 hours."""
    return now > interim_help_due(first_contact, last_help)


@dataclass(frozen=True, slots=True)
class Wait:
    """Days from the first contact to a step; not reached is censored, never left out."""

    days: float
    reached: bool


def waits(
    first_contact: datetime,
    *,
    evaluated: datetime | None,
    admitted: datetime | None,
    first_treatment: datetime | None,
    now: datetime,
) -> dict[str, Wait]:
    """Return the clocks of P01: to evaluation, admission, first treatment. Unit: days."""
    steps = {
        "evaluation": evaluated,
        "admission": admitted,
        "first treatment": first_treatment,
    }
    return {step: Wait(*days_between(first_contact, at, now)) for step, at in steps.items()}


@dataclass(frozen=True, slots=True)
class NotAdmitted:
    """Why somebody was not admitted, what they were offered, who looks at it again (P01)."""

    reason: str
    alternative: str
    reviewer_id: int | None

    def lacks(self) -> list[str]:
        """Return what is missing, in words: all three are needed."""
        found = []
        if not self.reason.strip():
            found.append("Write the reason.")
        if not self.alternative.strip():
            found.append("Offer an alternative.")
        if self.reviewer_id is None:
            found.append("Name who looks at it again.")
        return found
