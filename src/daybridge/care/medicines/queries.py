"""Reading medicines, allergies, what is considered, and kits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.medicines import rules
from daybridge.care.medicines.models import (
    SOURCE,
    TAKEN,
    Allergy,
    Asked,
    Considered,
    Kit,
    KitLot,
    Medicine,
)
from daybridge.clinic.people.queries import staff_lines

MOST = 200
SOURCES, TAKEN_AS = dict(SOURCE), dict(TAKEN)


@dataclass(frozen=True, slots=True)
class MedicineRow:
    """A medicine as it is or was taken."""

    medicine_id: int
    client_id: int
    name: str
    classes: frozenset[str] | None
    dose: str
    how_often: str
    since: date | None
    until: date | None
    end_why: str
    prescriber: str
    place: str
    source: str
    as_prescribed: str
    mistaken: bool
    entered_by: str
    entered_at: datetime
    version: int

    @property
    def kinds(self) -> str:
        """Return the classes in words."""
        return rules.titles(self.classes)


@dataclass(frozen=True, slots=True)
class AllergyRow:
    """What somebody does not bear."""

    allergy_id: int
    to: str
    classes: frozenset[str] | None
    reaction: str
    severity: str
    entered_by: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class List:
    """How a list stands, who asked last and when."""

    state: rules.Known
    asked_by: str
    asked_at: datetime | None

    @property
    def is_known(self) -> bool:
        """Tell whether somebody has asked."""
        return self.state is not rules.Known.NOT_ASKED


@dataclass(frozen=True, slots=True)
class Medicines(List):
    """What somebody takes now."""

    rows: tuple[MedicineRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Allergies(List):
    """What somebody does not bear, the worst first."""

    rows: tuple[AllergyRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsideredRow:
    """A medicine that a prescriber thinks of starting."""

    considered_id: int
    client_id: int
    name: str
    classes: frozenset[str] | None
    prescriber: str
    here: bool
    stated_at: datetime
    stated_by: str


@dataclass(frozen=True, slots=True)
class KitRow:
    """A naloxone kit in somebody's hand."""

    lot: str
    expires_on: date
    given_on: date
    by: str
    from_elsewhere: bool
    client_taught: bool
    supporters_taught: str


@dataclass(frozen=True, slots=True)
class LotRow:
    """Kits of one lot in the house."""

    lot_id: int
    lot: str
    expires_on: date
    received: int
    left: int


@query(Can.SEE_MEDICINES)
def medicines_of(viewer: Actor, /, *, client_id: int) -> Medicines:
    """Return what the client takes now, and whether anybody has asked."""
    rows = _medicines(viewer, Medicine.objects.filter(client_id=client_id, until=None))
    state = _state(viewer, client_id, "medicines", len(rows))
    return Medicines(state.state, state.asked_by, state.asked_at, rows)


@query(Can.SEE_MEDICINES)
def ended_of(viewer: Actor, /, *, client_id: int) -> tuple[MedicineRow, ...]:
    """Return what the client took before, the latest first; mistakes are shown as such."""
    return _medicines(viewer, Medicine.objects.filter(client_id=client_id, until__isnull=False))


@query(Can.SEE_MEDICINES)
def medicine(viewer: Actor, /, *, client_id: int, medicine_id: int) -> MedicineRow:
    """Return one line of a client's list."""
    return _medicines(viewer, Medicine.objects.filter(client_id=client_id, pk=medicine_id))[0]


@query(Can.SEE_MEDICINES)
def allergies_of(viewer: Actor, /, *, client_id: int) -> Allergies:
    """Return the client's allergies, and whether anybody has asked."""
    found = list(Allergy.objects.filter(client_id=client_id, ended_at=None).order_by("to", "pk")[:MOST])
    order = ("severe", "moderate", "not known", "mild")
    found.sort(key=lambda row: order.index(row.severity))
    lines = staff_lines(viewer, user_ids={row.entered_by_id for row in found})
    rows = tuple(
        AllergyRow(row.pk, row.to, _set(row.classes), row.reaction, row.severity,
                   lines.get(row.entered_by_id, ""), row.entered_at)
        for row in found
    )
    state = _state(viewer, client_id, "allergies", len(rows))
    return Allergies(state.state, state.asked_by, state.asked_at, rows)


@query(Can.SEE_MEDICINES)
def considered_of(viewer: Actor, /, *, client_id: int) -> tuple[ConsideredRow, ...]:
    """Return the medicines that a prescriber thinks of starting, the newest first."""
    rows = list(Considered.objects.filter(client_id=client_id, outcome="").order_by("-stated_at", "-pk"))
    lines = staff_lines(viewer, user_ids={row.stated_by_id for row in rows})
    return tuple(
        ConsideredRow(row.pk, row.client_id, row.name, _set(row.classes), row.prescriber, row.here,
                      row.stated_at, lines.get(row.stated_by_id, ""))
        for row in rows
    )


@query(Can.SEE_MEDICINES)
def kits_of(viewer: Actor, /, *, client_id: int) -> tuple[KitRow, ...]:
    """Return the naloxone kits the client was given, the newest first."""
    rows = list(Kit.objects.filter(client_id=client_id).order_by("-given_on", "-pk")[:MOST])
    lines = staff_lines(viewer, user_ids={row.by_id for row in rows})
    return tuple(
        KitRow(row.lot, row.expires_on, row.given_on, lines.get(row.by_id, ""), row.from_elsewhere,
               row.client_taught, row.supporters_taught)
        for row in rows
    )


@query(Can.SEE_SUPPLY)
def lots(viewer: Actor, /) -> tuple[LotRow, ...]:
    """Return the lots of kits, those that expire first first."""
    return tuple(
        LotRow(row.pk, row.lot, row.expires_on, row.received, row.left)
        for row in KitLot.objects.order_by("expires_on", "lot")[:MOST]
    )


def _medicines(viewer: Actor, found: Iterable[Medicine]) -> tuple[MedicineRow, ...]:
    rows = sorted(found, key=lambda row: (row.until is None, row.until or date.min, row.pk), reverse=True)
    rows = rows[:MOST]
    lines = staff_lines(viewer, user_ids={row.entered_by_id for row in rows})
    return tuple(
        MedicineRow(
            row.pk, row.client_id, row.name, _set(row.classes), row.dose, row.how_often, row.since,
            row.until, row.end_why, row.prescriber, row.place, SOURCES[row.source],
            TAKEN_AS[row.as_prescribed], row.mistaken, lines.get(row.entered_by_id, ""),
            row.entered_at, row.version,
        )
        for row in rows
    )


def _state(viewer: Actor, client_id: int, what: str, listed: int) -> List:
    asked = Asked.objects.filter(client_id=client_id, what=what).order_by("-at", "-pk").first()
    by = staff_lines(viewer, user_ids={asked.by_id}).get(asked.by_id, "") if asked else ""
    return List(rules.state(listed=listed, asked=asked.answer if asked else None), by,
                asked.at if asked else None)


def _set(classes: list[str] | None) -> frozenset[str] | None:
    return None if classes is None else frozenset(classes)
