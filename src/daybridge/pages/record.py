"""The way through one client's record: the same line of places on every page about a client."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from daybridge.access import identity
from daybridge.access.actors import Actor, Side, sides
from daybridge.access.capabilities import Can
from daybridge.access.gate import may


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the record, as far as the viewer may go there."""

    label: str
    url: str
    current: bool


# label, route, what it takes to read there; in the order of the client's path
PLACES: tuple[tuple[str, str, Can], ...] = (
    ("Chart", "pages:chart", Can.SEE_NAMES),
    ("Evaluation", "assessment:evaluation", Can.SEE_ASSESSMENT),
    ("Placement", "placement:decide", Can.SEE_PLACEMENT),
    ("Forms", "pages:instruments", Can.SEE_INSTRUMENTS),
    ("Needs", "assessment:needs", Can.SEE_ASSESSMENT),
    ("Plan", "planning:plan", Can.SEE_PLAN),
    ("Notes", "notes:notes", Can.SEE_NOTE_INDEX),
    ("Thread", "pages:thread", Can.SEE_NOTES),
    ("Medicines", "medical:medicines", Can.SEE_MEDICINES),
    ("Referrals", "referrals:of", Can.SEE_REFERRALS),
    ("Consents", "pages:consents", Can.SEE_CONSENTS),
    ("Documents", "pages:papers", Can.SEE_DOCUMENTS),
    ("Groups", "schedule:places", Can.SEE_SCHEDULE),
    ("Times", "calendar:client_times", Can.SEE_TIMES),
    ("Payer", "placement:payer", Can.SEE_PAYER),
    ("Details", "people:details", Can.SEE_NAMES),
)


def record_places(request: HttpRequest, actor: Actor) -> tuple[Place, ...]:
    """Return the places of the client whose page this is; nothing on other pages."""
    match = request.resolver_match
    client_id = match.kwargs.get("client_id") if match else None
    if not isinstance(client_id, int) or Side.STAFF not in sides(actor) or not identity.is_acting(actor):
        return ()
    found = [
        (label, reverse(route, args=[client_id]))
        for label, route, can in PLACES if may(actor, can, client_id=client_id)
    ]
    here = max((url for _, url in found if request.path.startswith(url)), key=len, default="")
    return tuple(Place(label, url, url == here) for label, url in found)
