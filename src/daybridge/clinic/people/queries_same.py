"""Which charts are folded together: counted and found once, each still to be read."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.clinic.people.models import SamePerson
from daybridge.clinic.people.queries import names, staff_names


@dataclass(frozen=True, slots=True)
class FoldRow:
    """Two charts said to be one person; not confirmed yet while `from_at` is None."""

    fold_id: int
    kept_id: int
    kept: str
    other_id: int
    other: str
    reason: str
    asked_by: str
    asked_by_me: bool
    asked_at: datetime
    confirmed_by: str
    from_at: datetime | None


@query(Can.SEE_PROGRAMME)
def folded(viewer: Actor, /) -> dict[int, int]:
    """Return the kept chart of each folded one: ids only, whoever looks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT other_id, client_id FROM people_folded()")
        return dict(cursor.fetchall())


@query(Can.SEE_TEAM)
def also_recorded_as(viewer: Actor, /, *, client_id: int) -> list[tuple[int, str]]:
    """Return the charts folded into this one, with the names the viewer may know."""
    ids = sorted(other for other, kept in folded(viewer).items() if kept == client_id)
    known = names(viewer, of=set(ids)) if ids else {}
    return [(pk, known[pk]) for pk in ids if pk in known]


@query(Can.FOLD_CHARTS)
def folds(viewer: Actor, /) -> list[FoldRow]:
    """Return what is asked for and what holds, the ones to confirm first."""
    rows = list(SamePerson.objects.filter(until_at=None).order_by("from_at", "asked_at", "pk")[:200])
    rows.sort(key=lambda row: row.from_at is not None)
    known = names(viewer, of={pk for row in rows for pk in (row.client_id, row.other_id)})
    users = {pk for row in rows for pk in (row.asked_by_id, row.confirmed_by_id) if pk}
    staff = staff_names(viewer, user_ids=users)
    return [
        FoldRow(
            row.pk, row.client_id, known[row.client_id], row.other_id, known[row.other_id], row.reason,
            staff.get(row.asked_by_id, ""), row.asked_by_id == viewer.user_id, row.asked_at,
            staff.get(row.confirmed_by_id or 0, ""), row.from_at,
        )
        for row in rows if row.client_id in known and row.other_id in known
    ]
