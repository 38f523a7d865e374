"""Reading the outbox."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.clinic.messaging import rules
from daybridge.clinic.messaging.models import Message
from daybridge.clinic.messaging.rules import Shown, State
from daybridge.clinic.people import queries as people
from daybridge.clinic.programme import queries as programme

MOST = 50
NEEDS_A_LOOK = (Shown.UNKNOWN, Shown.FAILED, Shown.WITHHELD)


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message as the house may read it."""

    message_id: uuid.UUID
    client_id: int | None
    receiver: str
    via: str
    body: str
    state: Shown
    error: str
    attempts: int
    made_by: str
    made_at: datetime
    due_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Outbox:
    """What waits, what did not go out and what did, each with its count."""

    as_of: datetime
    counts: dict[Shown, int]
    rows: dict[Shown, list[MessageRow]]


@query(Can.SEE_OUTBOX)
def outbox(viewer: Actor, /, *, at: datetime) -> Outbox:
    """Return the messages of the people whom the viewer may see, the newest first."""
    conditions = _conditions(at)
    counts = Message.objects.aggregate(
        **{shown.name: Count("pk", filter=condition) for shown, condition in conditions.items()}
    )
    found = {
        shown: list(Message.objects.filter(condition).order_by("-made_at", "pk")[:MOST])
        for shown, condition in conditions.items()
    }
    rows = _rows(viewer, [row for many in found.values() for row in many], at)
    return Outbox(
        as_of=at,
        counts={shown: counts[shown.name] for shown in conditions},
        rows={shown: [rows[row.pk] for row in many] for shown, many in found.items()},
    )


@query(Can.SEE_OUTBOX)
def not_sent(viewer: Actor, /, *, at: datetime) -> int:
    """Return how many messages somebody must look at: failed, or not known whether sent."""
    conditions = _conditions(at)
    return Message.objects.filter(conditions[Shown.FAILED] | conditions[Shown.UNKNOWN]).count()


@query(Can.SEE_MESSAGES)
def messages_of(viewer: Actor, /, *, client_id: int, at: datetime) -> list[MessageRow]:
    """Return a client's messages, the newest first."""
    found = list(Message.objects.filter(client_id=client_id).order_by("-made_at", "pk")[:MOST])
    return list(_rows(viewer, found, at).values())


@query(Can.SEE_PROGRAMME)
def quiet_hours(viewer: Actor, /, *, at: datetime) -> rules.Quiet:
    """Return the quiet hours in force, on the clock of the (first) site."""
    sites = programme.sites(viewer)
    zone = sites[0].zone if sites else ZoneInfo(settings.TIME_ZONE)
    day = at.astimezone(zone).date()
    return rules.Quiet(
        zone,
        programme.setting(viewer, key="quiet_from", on=day),
        programme.setting(viewer, key="quiet_until", on=day),
    )


def _conditions(at: datetime) -> dict[Shown, Q]:
    """Return how each shown state is found; `rules.shown_state` says the same of one row."""
    claimed = Q(state=State.CLAIMED)
    unsure = ~Q(error="") | Q(claimed_at__lte=at - rules.UNSURE_AFTER)
    return {
        Shown.UNKNOWN: claimed & unsure,
        Shown.FAILED: Q(state=State.FAILED),
        Shown.WITHHELD: Q(state=State.WITHHELD),
        Shown.WAITING: Q(state=State.WAITING),
        Shown.SENDING: claimed & ~unsure,
        Shown.SENT: Q(state=State.SENT),
    }


def _rows(viewer: Actor, found: list[Message], at: datetime) -> dict[uuid.UUID, MessageRow]:
    clients = people.names(viewer, of={row.client_id for row in found if row.client_id})
    users = {one for row in found for one in (row.user_id, row.made_by_id) if one}
    staff = people.staff_by_user(viewer, user_ids=users)
    names = {user_id: row.name for user_id, row in staff.items()}
    return {
        row.pk: MessageRow(
            row.pk, row.client_id,
            clients.get(row.client_id or 0, "") or names.get(row.user_id or 0, "") or row.address,
            row.get_via_display(), row.body,
            rules.shown_state(
                State(row.state), claimed_at=row.claimed_at, error=row.error, at=at),
            row.error, row.attempts, names.get(row.made_by_id or 0, ""), row.made_at, row.due_at,
            row.done_at,
        )
        for row in found
    }
