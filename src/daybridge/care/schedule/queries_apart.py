"""Reading who must not meet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may_for, query
from daybridge.care.schedule.models import NoContact


@dataclass(frozen=True, slots=True)
class ApartRow:
    """Somebody whom a client must not meet, why, from when until when."""

    pair_id: int
    other_id: int
    from_day: date
    until_day: date | None
    reason: str


@query(Can.SEE_APART)
def apart_of(viewer: Actor, /, *, client_id: int) -> list[ApartRow]:
    """Return the pairs of a client of whom the viewer answers for both."""
    pairs = NoContact.objects.filter(Q(client_id=client_id) | Q(other_id=client_id))
    rows = [
        ApartRow(
            pair.pk, pair.other_id if pair.client_id == client_id else pair.client_id,
            pair.from_day, pair.until_day, pair.reason,
        )
        for pair in pairs.order_by("-from_day", "pk")
    ]
    both = may_for(viewer, Can.SEE_APART, {row.other_id for row in rows})
    return [row for row in rows if row.other_id in both]


@query(Can.SEE_SLOTS)
def groups_to_avoid(
    viewer: Actor, /, *, client_id: int, of: Iterable[int], on: date
) -> frozenset[int]:
    """Return the groups that are not offered to a client: ids only, never with whom."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT g FROM unnest(%s::bigint[]) AS g WHERE schedule_meets_no_contact(%s, g, %s)",
            [list(of), client_id, on],
        )
        return frozenset(row[0] for row in cursor.fetchall())
