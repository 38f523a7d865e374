"""Who has looked at a client's record, from the record of acts."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.db.models.functions import TruncDate

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.access.models import AuditEvent

MOST = 40


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody was in the record on a day: when last."""

    user_id: int
    day: date
    last_at: datetime


@query(Can.SEE_CONSENTS)
def looks_at(viewer: Actor, /, *, client_id: int) -> list[Look]:
    """Return who was in a client's record on which day, the newest first; not the viewer."""
    rows = (
        AuditEvent.objects.filter(client_id=client_id, user_id__isnull=False)
        .exclude(outcome="refused").exclude(user_id=viewer.user_id or 0)
        .annotate(day=TruncDate("at")).values("user_id", "day").annotate(last_at=Max("at"))
        .order_by("-last_at", "user_id")
    )
    return [Look(row["user_id"] or 0, row["day"], row["last_at"]) for row in rows[:MOST]]
