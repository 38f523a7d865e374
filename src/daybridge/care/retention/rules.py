"""Reaching out after a missed session, and how a stay ends (P05, L5). Source: PROGRAMME.md 6."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from daybridge.kernel.minutes import local

LATE_EVENING = time(19, 0)
NEXT_MORNING = time(10, 30)
END_OF_DAY = time(23, 59)
DANGER = timedelta(minutes=30)
LATER_STEPS = (timedelta(hours=24), timedelta(hours=72), timedelta(days=7))
SILENT = timedelta(days=14)


class Step(StrEnum):
    """How far reaching out has come."""

    SAME_DAY = "same day"
    NEXT_DAY = "24 hours"
    TEAM = "72 hours"
    LETTER = "7 days"


class Outcome(StrEnum):
    """What came of an attempt."""

    REACHED = "reached"
    MESSAGE_LEFT = "message left"
    NO_ANSWER = "no answer"
    NOT_SAFE = "not safe to call"


class Reason(StrEnum):
    """Why a stay ended. The calendar alone is no reason (L5)."""

    COMPLETED = "completed as planned"
    OTHER_LEVEL = "moved to another level elsewhere"
    LEFT = "left early, own decision"
    LOST = "contact lost"
    MOVED = "moved away"
    ENDED_BY_PROGRAMME = "ended by the programme"
    JAILED = "jailed"
    DIED = "died"
    OTHER = "other"


def first_due(ended: datetime, zone: ZoneInfo, *, open_alert: bool) -> datetime:
    """Return until when the first personal attempt is due.

    The same local day; by 10:30 of the next when the session ended after 19:00; within 30
    minutes while an alert about the person is open.
    """
    if open_alert:
        return ended + DANGER
    there = ended.astimezone(zone)
    if there.time() > LATE_EVENING:
        return local(there.date() + timedelta(days=1), NEXT_MORNING, zone)
    return local(there.date(), END_OF_DAY, zone)


def step(missed: datetime, now: datetime) -> Step:
    """Return which step the time since the missed session calls for."""
    waited = now - missed
    passed = sum(waited >= after for after in LATER_STEPS)
    return tuple(Step)[passed]


def in_time(attempted: datetime, due: datetime) -> bool:
    """Tell whether the first attempt was made in time."""
    return attempted <= due


def last_sign(last_presence: datetime, now: datetime) -> datetime | None:
    """Return the moment a silent stay counts as ended for the measures, or None."""
    return last_presence if now - last_presence >= SILENT else None


class Stop(StrEnum):
    """What ends every ordinary step at once; a person decides what comes next."""

    NOT_WANTED = "contact not wanted"
    DIED = "died"
    JAILED = "jailed"
    HOSPITAL = "in hospital"


class Ending(StrEnum):
    """How the end of a stay counts beside the retention curve (L5), kept apart."""

    LEFT_EARLY = "left early"
    COMPLETED = "completed as planned"
    TRANSFERRED = "transferred, hand-over confirmed"
    DIED = "died"
    JAILED = "jailed"


def ending(reason: Reason, *, hand_over_confirmed: bool) -> Ending:
    """Return how an end counts; a move without a confirmed hand-over counts as left early.

    Source: MEASURES.md L5.
    """
    apart = {
        Reason.COMPLETED: Ending.COMPLETED,
        Reason.DIED: Ending.DIED,
        Reason.JAILED: Ending.JAILED,
    }
    moved = reason in {Reason.OTHER_LEVEL, Reason.MOVED}
    if moved and hand_over_confirmed:
        return Ending.TRANSFERRED
    return apart.get(reason, Ending.LEFT_EARLY)


# TEDS codes of the reason for leaving. Source: PROGRAMME.md 9; states differ.
TEDS = {
    Reason.COMPLETED: 1,
    Reason.LEFT: 2,
    Reason.LOST: 2,
    Reason.ENDED_BY_PROGRAMME: 3,
    Reason.OTHER_LEVEL: 4,
    Reason.JAILED: 5,
    Reason.DIED: 6,
    Reason.MOVED: 7,
    Reason.OTHER: 7,
}


def end_lacks(
    reason: Reason | None, *, words: str, client_view: str, way_back: str
) -> list[str]:
    """Return what the end of a stay still lacks, in words (L5b)."""
    lacks = []
    if reason is None:
        lacks.append("Choose the reason. The calendar alone is none.")
    elif reason is Reason.OTHER and not words.strip():
        lacks.append("Write the reason in a few words.")
    if not client_view.strip():
        lacks.append("Write the client's view, or when you tried to get it.")
    if not way_back.strip():
        lacks.append("Write the way back in.")
    return lacks


def steps_due(
    ended: datetime, zone: ZoneInfo, *, open_alert: bool, stops: Collection[Stop] = ()
) -> list[tuple[Step, datetime]]:
    """Return when each step of reaching out is due; nothing is once a stop is recorded.

    A later step is never due before an earlier one.
    """
    if stops:
        return []
    due = [first_due(ended, zone, open_alert=open_alert)]
    for after in LATER_STEPS:
        due.append(max(due[-1], ended + after))
    return list(zip(Step, due, strict=True))
