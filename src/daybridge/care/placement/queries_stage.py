"""Reading the stages of treatment."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.placement.models_stage import StagePeriod
from daybridge.care.placement.rules_stages import STAGES, Stage
from daybridge.clinic.people.queries import staff_names


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage a client was or is in, why, and who wrote it."""

    stage: Stage
    from_at: datetime
    until_at: datetime | None
    why: str
    by: str


@query(Can.SEE_STAY)
def stages_of(viewer: Actor, /, *, client_id: int) -> list[StageRow]:
    """Return the stages of a client's stays, the newest first."""
    rows = list(StagePeriod.objects.filter(client_id=client_id).order_by("-from_at", "-pk")[:50])
    names = staff_names(viewer, user_ids={row.decided_by_id for row in rows})
    return [StageRow(STAGES[row.stage], row.from_at, row.until_at, row.why, names.get(row.decided_by_id, ""))
            for row in rows]


@query(Can.SEE_STAY)
def stages_now(viewer: Actor, /, *, of: set[int]) -> dict[int, int]:
    """Return the stage of each of these clients; for whom none is decided, nothing."""
    rows = StagePeriod.objects.filter(client__in=of, until_at=None, stay__ended_at=None)
    return dict(rows.values_list("client_id", "stage"))
