"""What the medical record offers to the chart: medicines, allergies, warnings, the last scale."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.care.medical.queries import scales_of
from daybridge.care.medical.queries_checks import stops_open, warnings_of
from daybridge.care.medicines.queries import allergies_of, kits_of, medicines_of


@dataclass(frozen=True, slots=True)
class Happened:
    """One line for the timeline."""

    at: datetime
    title: str
    words: str
    kind: str


def medicine_panel(viewer: Actor, *, client_id: int) -> dict[str, object]:
    """Return what `pages/chart/medicine.html` shows; the medical part only to those who may see it."""
    found: dict[str, object] = {
        "medicines": medicines_of(viewer, client_id=client_id),
        "allergies": allergies_of(viewer, client_id=client_id),
        "kits": kits_of(viewer, client_id=client_id),
    }
    if may(viewer, Can.SEE_MEDICAL, client_id=client_id):
        warnings = [row for row in warnings_of(viewer, client_id=client_id) if row.is_open]
        found |= {"sees_medical": True, "stops": [row for row in warnings if row.severity == "stop"],
                  "warnings": [row for row in warnings if row.severity == "warn"],
                  "scale": next(iter(scales_of(viewer, client_id=client_id)), None)}
    return found


def happened(viewer: Actor, *, client_id: int) -> list[Happened]:
    """Return medicines that began to be listed and withdrawal scales, for the timeline."""
    found = []
    if may(viewer, Can.SEE_MEDICINES, client_id=client_id):
        found += [Happened(row.entered_at, f"Medicine listed: {row.name}", row.dose, "info")
                  for row in medicines_of(viewer, client_id=client_id).rows]
    if may(viewer, Can.SEE_MEDICAL, client_id=client_id):
        found += [Happened(row.seen_at, row.name, f"{row.total}, {row.band}" if row.band else "no total",
                           "neutral") for row in scales_of(viewer, client_id=client_id)]
    return found


def stops_due(viewer: Actor) -> list[tuple[int, str, datetime]]:
    """Return the stops that wait for this prescriber: client, what about, since when."""
    if not may(viewer, Can.ANSWER_WARNING):
        return []
    return [(row.client_id, row.about, row.warned_at) for row in stops_open(viewer)]
