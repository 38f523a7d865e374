"""Carrying over the hours a clinic had prescribed before it came to Daybridge."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import connection

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command

REASON = "carried over by the import of clients"
_CARRY = """
INSERT INTO planning_prescribedhours (client_id, hours, from_day, reason, by_id, entered_at)
VALUES (%s, %s, %s, %s, %s, %s)
"""


@command(Can.CARRY_HOURS)
def carry_hours(
    actor: Actor, /, *, client_ids: list[int], hours: Sequence[Decimal], from_day: date,
    by_user_id: int, at: datetime,
) -> None:
    """Carry over hours that a clinician had prescribed elsewhere; `by_user_id` imports them.

    Nobody prescribes anew: a director may not. Any clinician's later prescription replaces
    them. Plain SQL, for the importer writes plans and may not read them.
    """
    with connection.cursor() as cursor:
        cursor.executemany(_CARRY, [
            [pk, of_one, from_day, REASON, by_user_id, at]
            for pk, of_one in zip(client_ids, hours, strict=True)
        ])
