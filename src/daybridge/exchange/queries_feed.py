"""Whose address it is, and what stands in their calendar."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.access.policy import Role
from daybridge.exchange.models import Feed
from daybridge.kernel.secret import digest


@dataclass(frozen=True, slots=True)
class FeedRow:
    """An address that is live: whose, in which language, since when."""

    feed_id: int
    reader: Actor
    language: str
    made_at: datetime


@query(Can.MANAGE_ACCOUNTS)
def feed_behind(viewer: Actor, /, *, token: str) -> FeedRow | None:
    """Return the live feed of an address; None for every other, whatever the reason."""
    rows = Feed.objects.filter(digest=digest(token), ended_at=None, user__is_active=True)
    return _row(rows.select_related("user").first())


@query(Can.SEE_SLOTS)
def own_feed(viewer: Actor, /) -> FeedRow | None:
    """Return one's own live feed."""
    rows = Feed.objects.filter(user_id=viewer.user_id or 0, ended_at=None)
    return _row(rows.select_related("user").first())


def _row(one: Feed | None) -> FeedRow | None:
    if one is None:
        return None
    roles = frozenset(Role(role) for role in one.user.roles)
    return FeedRow(one.pk, Actor(one.user_id, roles, one.user.name), one.language, one.made_at)
