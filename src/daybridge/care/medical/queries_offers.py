"""Reading offers of medicine, what has begun, outside prescribers; whom a physician sees first."""

from dataclasses import dataclass
from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.medical.models import Begun, Offer, OutsidePrescriber
from daybridge.care.medical.rules import SUBSTANCE, WISH
from daybridge.clinic.people.queries import staff_lines

MOST = 200
SUBSTANCES, WISHES = dict(SUBSTANCE), dict(WISH)


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A medicine offered, by whom, and what the client wants."""

    offer_id: int
    client_id: int
    substance: str
    disorder: str
    medicine: str
    wish: str
    wish_words: str
    why: str
    ask_again_on: date | None
    offered_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class BegunRow:
    """A medicine that has begun."""

    client_id: int
    substance: str
    medicine: str
    begun_on: date
    here: bool
    prescriber: str


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """An outside prescriber, consent and whether they were told."""

    outside_id: int
    client_id: int
    name: str
    place: str
    consent: str
    consented_at: datetime | None
    told_at: datetime | None
    told_how: str


@query(Can.SEE_MEDICAL)
def offers_of(viewer: Actor, /, *, client_id: int) -> list[OfferRow]:
    """Return the offers made to a client, the newest first."""
    rows = list(Offer.objects.filter(client_id=client_id).order_by("-offered_at", "-pk")[:MOST])
    lines = staff_lines(viewer, user_ids={row.by_id for row in rows if row.by_id})
    return [_offer(row, lines.get(row.by_id or 0, "")) for row in rows]


@query(Can.SEE_MEDICAL)
def newest_offers(viewer: Actor, /, *, of: set[int]) -> dict[tuple[int, str], OfferRow]:
    """Return the newest offer of each client and disorder."""
    rows = Offer.objects.filter(client_id__in=of).order_by("offered_at", "pk")
    return {(row.client_id, row.substance): _offer(row, "") for row in rows}


@query(Can.SEE_MEDICAL)
def begun_of(viewer: Actor, /, *, of: set[int]) -> list[BegunRow]:
    """Return what these clients have begun, the newest first."""
    rows = Begun.objects.filter(client_id__in=of).order_by("-begun_on", "-pk")[:MOST]
    return [BegunRow(row.client_id, row.substance, row.medicine, row.begun_on, row.here, row.prescriber)
            for row in rows]


@query(Can.SEE_MEDICAL)
def outside_of(viewer: Actor, /, *, client_id: int) -> list[OutsideRow]:
    """Return the client's outside prescribers by name."""
    return [
        OutsideRow(row.pk, row.client_id, row.name, row.place, row.consent, row.consented_at,
                   row.told_at, row.told_how)
        for row in OutsidePrescriber.objects.filter(client_id=client_id).order_by("name", "pk")[:MOST]
    ]


def _offer(row: Offer, by: str) -> OfferRow:
    return OfferRow(row.pk, row.client_id, row.substance, SUBSTANCES[row.substance], row.medicine,
                    row.wish, WISHES[row.wish], row.why, row.ask_again_on, row.offered_at, by)
