"""Making and ending the private address of one's calendar."""

from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.exchange.models import Feed
from daybridge.kernel.secret import digest, drawn


@command(Can.SEE_SLOTS)
def make_feed(actor: Actor, /, *, language: str, at: datetime) -> str:
    """Return the secret of one's new address; the former one ends at once."""
    _end(actor, at)
    token = drawn()
    Feed.objects.create(user_id=actor.user_id or 0, digest=digest(token), language=language, made_at=at)
    return token


@command(Can.SEE_SLOTS)
def end_feed(actor: Actor, /, *, at: datetime) -> None:
    """End one's address: whoever still has it reads nothing any more."""
    _end(actor, at)


def _end(actor: Actor, at: datetime) -> None:
    Feed.objects.filter(user_id=actor.user_id or 0, ended_at=None).update(ended_at=at)
