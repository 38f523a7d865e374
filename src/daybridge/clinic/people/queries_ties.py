"""Reading who is shut out of a record, and whose clients somebody has."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.access.models import Block, TeamMember


@dataclass(frozen=True, slots=True)
class BlockRow:
    """Somebody who may see nothing of a client, and why."""

    block_id: int
    user_id: int
    name: str
    reason: str
    from_at: datetime


@query(Can.BLOCK_PERSON)
def blocks_of(viewer: Actor, /, *, client_id: int) -> list[BlockRow]:
    """Return who is shut out of a client's record now."""
    rows = Block.objects.filter(client_id=client_id, until_at=None).order_by("from_at", "pk")
    found = rows.values_list("pk", "user_id", "user__staff__name", "reason", "from_at")
    return [BlockRow(pk, user, name or "", why, since) for pk, user, name, why, since in found]


@query(Can.SEE_TEAM)
def handed_over(
    viewer: Actor, /, *, user_id: int, to_user_id: int, part: str, when: datetime
) -> list[int]:
    """Return the clients whose part went from one person to another then, and is there still."""
    gone = TeamMember.objects.filter(user_id=user_id, part=part, until_at=when)
    now = TeamMember.objects.filter(user_id=to_user_id, part=part, until_at=None)
    rows = now.filter(client_id__in=gone.values("client_id"))
    return list(rows.order_by("client_id").values_list("client_id", flat=True))


@query(Can.SEE_TEAM)
def clients_of(viewer: Actor, /, *, user_id: int, part: str) -> list[int]:
    """Return the clients with whom somebody has this part on the team now."""
    rows = TeamMember.objects.filter(user_id=user_id, part=part, until_at=None)
    return list(rows.order_by("client_id").values_list("client_id", flat=True))
