"""Making and ending the private address of one's calendar."""

import hashlib
import secrets
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.exchange.models import Feed


@command(Can.SEE_SLOTS)
def make_feed(actor: Actor, /, *, language: str, at: datetime) -> str:
    """Return the secret of one's new address; the former one ends at once."""
    _end(actor, at)
    token = secrets.token_urlsafe(32)
    Feed.objects.create(user_id=actor.user_id or 0, digest=digest(token), language=language, made_at=at)
    return token


@command(Can.SEE_SLOTS)
def end_feed(actor: Actor, /, *, at: datetime) -> None:
    """End one's address: whoever still has it reads nothing any more."""
    _end(actor, at)


def digest(token: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def _end(actor: Actor, at: datetime) -> None:
    Feed.objects.filter(user_id=actor.user_id or 0, ended_at=None).update(ended_at=at)
