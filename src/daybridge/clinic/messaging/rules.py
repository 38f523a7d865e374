"""When a message may go out, to whom, and what its state means."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

MOST_ATTEMPTS = 5
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 20, 60))  # own
UNSURE_AFTER = timedelta(minutes=10)  # own: far longer than any channel waits for an answer


class Via(StrEnum):
    """The channels."""

    TEXT = "text"
    EMAIL = "email"


class State(StrEnum):
    """How far a message has come."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    WITHHELD = "withheld"


class Shown(StrEnum):
    """What the page says: a claim without an answer is not known, never "sent"."""

    WAITING = "waiting"
    SENDING = "being sent"
    UNKNOWN = "not known whether sent"
    FAILED = "not sent"
    WITHHELD = "withheld"
    SENT = "sent"


NO_PROVIDER = {
    Via.TEXT: "Cannot be sent: no provider for text messages is set up.",
    Via.EMAIL: "Cannot be sent: no mail server is set up.",
}
NO_CONTACT = {
    Via.TEXT: "No telephone number is known.",
    Via.EMAIL: "No e-mail address is known.",
}
NOT_ALLOWED = {
    Via.TEXT: "The person has not agreed to text messages.",
    Via.EMAIL: "The person has not agreed to written messages on this address.",
}
NOT_SAFE = "Not safe at home: somebody else may read it. Ask for another way."
NOT_ASKED = "Nobody has asked yet whether this is safe at home. Ask first."
TOO_LATE = "It came too late to be of use and was not sent."
TAKEN_BACK = "Taken back before it was sent."
NOT_READ_BACK = "The number or address was not read back to the person yet. Do that, and tick it."
NO_ANSWER = "No answer came back. Ask the person before you send it again."


@dataclass(frozen=True, slots=True)
class Permission:
    """What a person has said about one number or address."""

    agreed: bool
    safe_at_home: str
    verified: bool = True


def why_withheld(via: Via, permissions: list[Permission], *, has_provider: bool) -> str:
    """Return why a message must not go out; empty when some number or address allows it.

    The person's own word comes first: who has not agreed is never told of a missing provider.
    """
    if not permissions:
        return NO_CONTACT[via]
    if not any(allows(one) for one in permissions):
        agreed = [one for one in permissions if one.agreed]
        if not agreed:
            return NOT_ALLOWED[via]
        if any(one.safe_at_home == "yes" for one in agreed):
            return NOT_READ_BACK
        return NOT_SAFE if any(one.safe_at_home == "no" for one in agreed) else NOT_ASKED
    return "" if has_provider else NO_PROVIDER[via]


def allows(one: Permission) -> bool:
    """Tell whether the person agreed to this number or address, called it safe and heard it back."""
    return one.agreed and one.safe_at_home == "yes" and one.verified


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours without messages, on the wall clock of the house."""

    zone: ZoneInfo
    from_hour: int
    until_hour: int

    def holds(self, moment: datetime) -> bool:
        """Tell whether this moment lies in the quiet hours: the first included, the last not."""
        hour = moment.astimezone(self.zone).hour
        return hour >= self.from_hour or hour < self.until_hour

    def after(self, moment: datetime) -> datetime:
        """Return the moment, or the end of the quiet hours that it lies in."""
        if not self.holds(moment):
            return moment
        local = moment.astimezone(self.zone)
        day = local.date() + timedelta(days=1 if local.hour >= self.from_hour else 0)
        return datetime.combine(day, time(self.until_hour), self.zone).astimezone(moment.tzinfo)


def next_try(attempts: int, at: datetime) -> datetime | None:
    """Return when to try again after so many attempts; None: no more."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return at + WAITS[attempts - 1]


def shown_state(
    state: State, *, claimed_at: datetime | None, error: str, at: datetime
) -> Shown:
    """Return what the page says of a message."""
    if state is not State.CLAIMED:
        return {
            State.WAITING: Shown.WAITING, State.SENT: Shown.SENT, State.FAILED: Shown.FAILED,
            State.WITHHELD: Shown.WITHHELD,
        }[state]
    is_old = claimed_at is None or at - claimed_at >= UNSURE_AFTER
    return Shown.UNKNOWN if error or is_old else Shown.SENDING
