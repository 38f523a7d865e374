"""The worker's sign of life while it searches: no act, not put on record."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from daybridge.access import identity
from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import require
from daybridge.care.weekplan.kept import closed
from daybridge.care.weekplan.models import WeekSearch


def report(
    worker: Actor, search_id: uuid.UUID, *, percent: int, cost: int | None,
    found: Mapping[str, Any] | None, at: datetime,
) -> bool:
    """Show how far the worker is, keep a better week; return whether to stop."""
    with transaction.atomic(), identity.acting(worker, at=at):
        require(worker, Can.SEARCH_WEEK)
        rows = WeekSearch.objects.filter(pk=search_id, state="searching")
        kept = {} if found is None else {"found": closed(found)}
        rows.update(percent=percent, cost=cost, moved_at=at, **kept)
        return bool(rows.values_list("cancel", flat=True).first())

