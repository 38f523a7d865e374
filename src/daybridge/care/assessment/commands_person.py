"""What the person says: reasons in their own words, rulers (P03)."""

from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.policy import Role
from daybridge.care.assessment.models import Readiness, Reason
from daybridge.kernel import text


class NothingSaid(ValueError):
    """There are no words to keep."""


@command(Can.STATE_REASONS)
def state_reason(actor: Actor, /, *, client_id: int, words: str, at: datetime) -> int:
    """Keep a reason in the person's own words, dated."""
    said = text.tidy_lines(words)
    if not said:
        raise NothingSaid("Write the reason as it was said. A few words will do.")
    return Reason.objects.create(
        client_id=client_id, words=said, said_at=at, written_by_id=actor.user_id or 0,
        by_client=actor.has(Role.CLIENT),
    ).pk


@command(Can.STATE_REASONS)
def end_reason(actor: Actor, /, *, client_id: int, reason_id: int, at: datetime) -> None:
    """Take a reason off the page; what was said stays on record."""
    Reason.objects.filter(pk=reason_id, client_id=client_id, ended_at=None).update(ended_at=at)


@command(Can.STATE_REASONS)
def set_rulers(
    actor: Actor, /, *, client_id: int, importance: int, confidence: int, readiness: int,
    at: datetime,
) -> int:
    """Keep the three rulers of a day, each 0 to 10."""
    for value in (importance, confidence, readiness):
        if not 0 <= value <= 10:  # noqa: PLR2004 - the ruler's ends
            raise ValueError(f"A ruler runs from 0 to 10, not {value}.")
    return Readiness.objects.create(
        client_id=client_id, importance=importance, confidence=confidence,
        readiness=readiness, at=at, by_id=actor.user_id or 0,
    ).pk
