"""Reading who waits for which group."""

from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.schedule.models_waiting import GroupWait


@query(Can.SEE_SCHEDULE)
def waits_of(viewer: Actor, /, *, client_id: int) -> dict[int, datetime]:
    """Return for which groups a client waits, and since when."""
    rows = GroupWait.objects.filter(client_id=client_id, ended_at=None).order_by("since", "pk")
    return dict(rows.values_list("series_id", "since"))
