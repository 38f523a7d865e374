"""Naloxone kits: what came in, who has one in hand."""

from datetime import date, datetime

from django.db.models import F

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.medicines import rules
from daybridge.care.medicines.commands import NotPossible
from daybridge.care.medicines.models import Kit, KitLot
from daybridge.clinic.programme.queries import sites
from daybridge.kernel import text

MOST_AT_ONCE = 1000


@command(Can.MANAGE_SUPPLY)
def receive_kits(actor: Actor, /, *, lot: str, expires_on: date, number: int, at: datetime) -> int:
    """Take kits into the house; more of a lot that is known are added to it."""
    name = text.tidy(lot)[:40]
    if not name or not 0 < number <= MOST_AT_ONCE:
        raise NotPossible(f"Give the lot's number as printed, and 1 to {MOST_AT_ONCE} kits.")
    if not rules.in_date(expires_on, sites(actor)[0].day(at)):
        raise NotPossible("These kits have expired. They don't come into the house.")
    row, is_new = KitLot.objects.get_or_create(
        lot=name, defaults={"expires_on": expires_on, "received": number, "left": number,
                            "received_at": at})
    if not is_new:
        KitLot.objects.filter(pk=row.pk).update(received=F("received") + number, left=F("left") + number)
    return row.pk


@command(Can.MANAGE_SUPPLY)
def discard_kits(actor: Actor, /, *, lot_id: int, at: datetime) -> None:
    """Take the rest of a lot out of the house: expired or spoiled."""
    KitLot.objects.filter(pk=lot_id).update(left=0)


@command(Can.LIST_MEDICINE)
def give_kit(
    actor: Actor, /, *, client_id: int, lot_id: int, client_taught: bool, supporters_taught: str,
    at: datetime,
) -> int:
    """Put a kit into the client's hand: it leaves the house, lot and expiry stay on record."""
    today = sites(actor)[0].day(at)
    row = KitLot.objects.select_for_update().get(pk=lot_id)
    if not row.left or not rules.in_date(row.expires_on, today):
        raise NotPossible("No kit of this lot can be given. Choose another lot.")
    row.left -= 1
    row.save(update_fields=["left"])
    return _kit(actor, client_id, row.lot, row.expires_on, supporters_taught,
                taught=client_taught, elsewhere=False, at=at)


@command(Can.LIST_MEDICINE)
def has_kit(
    actor: Actor, /, *, client_id: int, expires_on: date, client_taught: bool,
    supporters_taught: str, at: datetime,
) -> int:
    """Write down a kit that the client has from somewhere else and has shown."""
    return _kit(actor, client_id, "", expires_on, supporters_taught,
                taught=client_taught, elsewhere=True, at=at)


def _kit(
    actor: Actor, client_id: int, lot: str, expires_on: date, supporters: str, *, taught: bool,
    elsewhere: bool, at: datetime,
) -> int:
    return Kit.objects.create(
        client_id=client_id, lot=lot, expires_on=expires_on, given_on=sites(actor)[0].day(at),
        by_id=actor.user_id or 0, client_taught=taught, from_elsewhere=elsewhere,
        supporters_taught=text.tidy(supporters)[:200], entered_at=at,
    ).pk
