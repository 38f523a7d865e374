"""When a code opens a session, and when a device that guesses is no longer listened to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

DIGITS = 6
EARLY = timedelta(minutes=90)
MOST_WRONG = 10
WINDOW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Place:
    """A session at which somebody is expected."""

    occurrence_id: int
    starts_at: datetime
    ends_at: datetime


def here_for(places: Iterable[Place], at: datetime) -> Place | None:
    """Return the session one has come for: the next that is on or begins within ninety minutes."""
    able = [one for one in places if one.starts_at - EARLY <= at < one.ends_at]
    return min(able, key=lambda one: (one.starts_at, one.occurrence_id), default=None)


def is_slow(wrong: int, since: datetime | None, at: datetime) -> bool:
    """Tell whether a device has guessed too often: for the rest of five minutes nothing is looked up."""
    return since is not None and wrong >= MOST_WRONG and at < since + WINDOW


def after_wrong(wrong: int, since: datetime | None, at: datetime) -> tuple[int, datetime]:
    """Return the count after one more code of nobody; five minutes after the first it begins anew."""
    if since is None or at >= since + WINDOW:
        return 1, at
    return min(wrong + 1, 10_000), since


def digits(typed: str) -> str:
    """Return the six digits somebody typed, however spaced; empty when it is no code."""
    found = "".join(sign for sign in typed[:40] if sign.isascii() and sign.isdecimal())
    return found if len(found) == DIGITS else ""
