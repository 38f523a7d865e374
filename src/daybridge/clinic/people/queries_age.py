"""How old somebody is, as far as a rule needs it: yes or no, never the date."""

from datetime import date

from django.db import connection

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query


@query(Can.SEE_NAMES)
def is_under(viewer: Actor, /, *, client_id: int, years: int, on: date) -> bool:
    """Tell whether a client is under an age on a day; an unknown birth date is not under."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_is_under(%s, %s, %s)", [client_id, years, on])
        (found,) = cursor.fetchone()
    return bool(found)
