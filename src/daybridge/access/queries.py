"""Small reads about the actor."""

from datetime import datetime

from django.db import connection

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.access.models import ConsentItem, Grant


def own_client(actor: Actor) -> int | None:
    """Return the client whose account this is, or None."""
    if actor.user_id is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT client_id FROM access_own() AS found(client_id) LIMIT 1")
        row = cursor.fetchone()
    return int(row[0]) if row else None


@query(Can.SEE_SHARED)
def shared_with(viewer: Actor, /) -> list[tuple[int, str, datetime | None]]:
    """Return what clients share with this supporter now: client, data class, until when."""
    rows = ConsentItem.objects.filter(user_id=viewer.user_id or 0).order_by("client_id", "allows")
    return list(rows.values_list("client_id", "allows", "until_at"))


@query(Can.LET_LEAD)
def card_open_until(viewer: Actor, /, *, client_id: int, user_id: int, at: datetime) -> datetime | None:
    """Return until when somebody has a client's emergency card open; None when they have not."""
    rows = Grant.objects.filter(client_id=client_id, user_id=user_id, kind="E", from_at__lte=at,
                                until_at__gt=at)
    return rows.order_by("-until_at").values_list("until_at", flat=True).first()
