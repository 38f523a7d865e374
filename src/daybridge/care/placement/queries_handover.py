"""Which stays somebody answers for only while another is away."""

from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.placement.models import InCharge


@query(Can.SEE_STAY)
def stood_in_for(viewer: Actor, /, *, staff_id: int, since: datetime) -> list[int]:
    """Return the clients whose stay somebody gave up then to another who still stands in."""
    given_up = InCharge.objects.filter(staff_id=staff_id, until_at=since)
    rows = InCharge.objects.filter(
        stay__in=given_up.values("stay_id"), from_at=since, until_at=None, stands_in=True
    )
    return list(rows.order_by("client_id").values_list("client_id", flat=True))
