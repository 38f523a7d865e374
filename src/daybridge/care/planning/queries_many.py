"""Reading the plans of several clients at once, as a group's page needs them."""

from dataclasses import dataclass

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.planning.models import Objective, Plan


@dataclass(frozen=True, slots=True)
class StepRow:
    """An objective of the plan in force: its key in all versions, its words, the problem's."""

    key: str
    words: str
    problem: str


@query(Can.SEE_PLAN)
def objectives_of_many(viewer: Actor, /, *, of: set[int]) -> dict[int, tuple[StepRow, ...]]:
    """Return the objectives of each client's plan in force, in the plan's order, in two queries."""
    plans: dict[int, int] = {}
    signed = Plan.objects.filter(client__in=of, signed_at__isnull=False)
    for client_id, pk in signed.order_by("number").values_list("client_id", "pk"):
        plans[client_id] = pk
    found: dict[int, list[StepRow]] = {}
    rows = Objective.objects.filter(plan__in=plans.values()).order_by("problem__place", "place", "pk")
    for client_id, key, words, problem in rows.values_list("client_id", "key", "words", "problem__words"):
        found.setdefault(client_id, []).append(StepRow(str(key), words, problem))
    return {client_id: tuple(steps) for client_id, steps in found.items()}
