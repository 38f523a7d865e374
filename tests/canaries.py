"""A word of its own for each client in each data class, and the ids that addresses need."""

from collections.abc import Sequence
from typing import Any

CANARIES: dict[str, dict[str, str]] = {
    "name": {"maria": "Maria Delgado", "andre": "Andre Novak", "jonah": "Jonah Whitlock"},
    "identity": {
        "maria": "Delgadolegal",
        "andre": "Novaklegal",
        "jonah": "Whitlocklegal",
    },
    "contact": {"maria": "555-0142", "andre": "555-0143", "jonah": "555-0144"},
    "demographics": {
        "maria": "Quakermaria",
        "andre": "Quakerandre",
        "jonah": "Quakerjonah",
    },
    "supporter": {
        "maria": "Supportermaria",
        "andre": "Supporterandre",
        "jonah": "Supporterjonah",
    },
}


def arguments(cast: Any, first: str, wanted: Sequence[str]) -> dict[str, Any]:
    """Return the arguments of an address about this client."""
    person = getattr(cast, first)
    known = {"client_id": person.client_id, "form": "canary"}
    missing = [name for name in wanted if name not in known]
    if missing:
        raise KeyError(f"Teach tests/canaries.py an id for {missing}.")
    return {name: known[name] for name in wanted}
