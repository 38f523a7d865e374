"""Reading who is to be reached."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.care.retention import rules
from daybridge.care.retention.models import Attempt, Outreach
from daybridge.clinic.people import queries as people
from daybridge.clinic.people.queries_many import contact_rules

MOST = 100


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One try to reach somebody."""

    at: datetime
    channel: str
    outcome: str
    said: str
    by: str


@dataclass(frozen=True, slots=True)
class OutreachRow:
    """Somebody who missed a session and is to be reached."""

    outreach_id: int
    client_id: int
    name: str
    missed_at: datetime
    due_at: datetime
    step: str
    is_late: bool
    owner_id: int | None
    attempts: int
    misses: int
    contact: str


@query(Can.SEE_OUTREACH)
def open_outreach(viewer: Actor, /, *, at: datetime) -> list[OutreachRow]:
    """Return who is to be reached, the first due first."""
    rows = list(Outreach.objects.filter(closed_at=None).order_by("due_at", "pk")[:MOST])
    ids = {row.client_id for row in rows}
    names, contact = people.names(viewer, of=ids), _contact(viewer, ids)
    misses: dict[int, int] = {}
    for row in rows:
        misses[row.client_id] = misses.get(row.client_id, 0) + 1
    return [
        OutreachRow(
            row.pk, row.client_id, names[row.client_id], row.missed_at, row.due_at,
            rules.step(row.missed_at, at), at > row.due_at, row.owner_id, row.attempts,
            misses[row.client_id], contact.get(row.client_id, "No channel known."),
        )
        for row in rows if row.client_id in names
    ]


@query(Can.SEE_OUTREACH)
def attempts_of(viewer: Actor, /, *, client_id: int) -> list[AttemptRow]:
    """Return the tries to reach a client, newest first."""
    rows = list(Attempt.objects.filter(client_id=client_id).order_by("-at", "-pk")[:MOST])
    staff = people.staff_names(viewer, user_ids={row.by_id for row in rows})
    return [
        AttemptRow(row.at, row.channel, row.outcome, row.said,
                   staff.get(row.by_id, ""))
        for row in rows
    ]


def _contact(viewer: Actor, ids: set[int]) -> dict[int, str]:
    if not may(viewer, Can.SEE_CONTACT):
        return {}
    return contact_rules(viewer, of=ids)
