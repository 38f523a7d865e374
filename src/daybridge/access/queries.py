"""Small reads about the actor."""

from django.db import connection

from daybridge.access.actors import Actor


def own_client(actor: Actor) -> int | None:
    """Return the client whose account this is, or None."""
    if actor.user_id is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT client_id FROM access_own() AS found(client_id) LIMIT 1")
        row = cursor.fetchone()
    return int(row[0]) if row else None
