"""How severe each substance use disorder is, of many clients at once."""

from dataclasses import dataclass, field

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.assessment.models import Evaluation, SubstanceRating


@dataclass(frozen=True, slots=True)
class Severities:
    """The newest evaluation's severities by substance, and whether it is signed."""

    is_signed: bool = False
    of: dict[str, str] = field(default_factory=dict)


@query(Can.SEE_ASSESSMENT)
def severities(viewer: Actor, /, *, of: set[int]) -> dict[int, Severities]:
    """Return the severities of these clients' newest evaluations; nobody without one is in it."""
    newest: dict[int, tuple[int, bool]] = {}
    rows = Evaluation.objects.filter(client_id__in=of).order_by("client_id", "started_at", "pk")
    for client_id, pk, state in rows.values_list("client_id", "pk", "state"):
        newest[client_id] = (pk, state == "signed")
    found = {client_id: Severities(signed) for client_id, (_, signed) in newest.items()}
    ratings = SubstanceRating.objects.filter(evaluation_id__in=[pk for pk, _ in newest.values()])
    for client_id, substance, severity in ratings.values_list("client_id", "substance", "severity"):
        found[client_id].of[substance] = severity
    return found
