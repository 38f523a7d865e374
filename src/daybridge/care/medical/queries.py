"""Reading observations, withdrawal scales, medical needs."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.care.instruments.queries import scores_of
from daybridge.care.medical.catalogue import Kind, kinds
from daybridge.care.medical.models import MedicalNeed, Observation, Scale, Struck
from daybridge.care.medical.rules import SEEN_BY, WHERE
from daybridge.clinic.people.queries import staff_lines

MOST = 2000
SOURCES = dict(SEEN_BY)


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One thing seen at a moment, by whom and from where."""

    observation_id: int
    client_id: int
    kind: Kind
    number: float | None
    number2: float | None
    choice: str
    moment: datetime | None
    source: str
    words: str
    seen_at: datetime
    by: str

    @property
    def value(self) -> str:
        """Return the value with its unit; "" for a moment, which the page writes."""
        if self.number is None:
            return self.choice
        second = f"/{self.number2:g}" if self.number2 is not None else ""
        return f"{self.number:g}{second} {self.kind.unit}".strip()


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """A withdrawal scale at a moment."""

    scale_id: int  # 0: filled as a form among the instruments
    kind: str
    name: str
    points: dict[str, int]
    total: int | None
    band: str
    seen_at: datetime
    by: str
    source: str


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A medical need: by when it is to be seen, and who saw it."""

    need_id: int
    client_id: int
    words: str
    urgency: str
    found_at: datetime
    due_at: datetime
    seen_at: datetime | None
    seen_by: str
    seen_where: str
    seen_words: str


@query(Can.SEE_MEDICAL)
def observations_of(viewer: Actor, /, *, client_id: int) -> dict[str, list[ObservationRow]]:
    """Return what was seen of the client by kind, each the newest first; struck ones are left out."""
    rows = list(Observation.objects.filter(client_id=client_id, struck=None)
                .order_by("-seen_at", "-pk")[:MOST])
    lines = staff_lines(viewer, user_ids={row.by_id for row in rows if row.by_id})
    found: dict[str, list[ObservationRow]] = {}
    for row in rows:
        if row.kind in kinds():
            found.setdefault(row.kind, []).append(ObservationRow(
                row.pk, row.client_id, kinds()[row.kind], _float(row.number), _float(row.number2),
                row.choice, row.moment, SOURCES[row.source], row.words, row.seen_at,
                lines.get(row.by_id or 0, "")))
    return found


@query(Can.SEE_MEDICAL)
def scales_of(viewer: Actor, /, *, client_id: int, kind: str = "") -> list[ScaleRow]:
    """Return the client's withdrawal scales, the newest first."""
    rows = Scale.objects.filter(client_id=client_id, struck=None).order_by("-seen_at", "-pk")
    rows = rows.filter(kind=kind) if kind else rows
    listed = list(rows[:MOST])
    lines = staff_lines(viewer, user_ids={row.by_id for row in listed if row.by_id})
    names = dict(Scale.KIND)
    found = [
        ScaleRow(row.pk, row.kind, names[row.kind], row.points, row.total, row.band, row.seen_at,
                 lines.get(row.by_id or 0, ""), f"scale {row.pk}")
        for row in listed
    ]
    found += [row for row in _filled(viewer, client_id) if not kind or row.kind == kind]
    return sorted(found, key=lambda row: row.seen_at, reverse=True)


@query(Can.SEE_MEDICAL)
def medical_needs_of(viewer: Actor, /, *, client_id: int) -> list[NeedRow]:
    """Return the client's medical needs, those not seen yet first, the soonest due first."""
    return _needs(MedicalNeed.objects.filter(client_id=client_id))


@query(Can.SEE_MEDICAL)
def needs_not_seen(viewer: Actor, /) -> list[NeedRow]:
    """Return the medical needs that nobody has seen yet, the soonest due first."""
    return _needs(MedicalNeed.objects.filter(seen=None))


@query(Can.SEE_MEDICAL)
def done_since(viewer: Actor, /, *, of: dict[int, date]) -> dict[int, set[str]]:
    """Return which kinds were seen of each client since the day given for them."""
    found: dict[int, set[str]] = {client_id: set() for client_id in of}
    rows = Observation.objects.filter(client_id__in=of, struck=None)
    for client_id, kind, at in rows.values_list("client_id", "kind", "seen_at"):
        if at.date() >= of[client_id]:
            found[client_id].add(kind)
    return found


def _filled(viewer: Actor, client_id: int) -> list[ScaleRow]:
    """Return the withdrawal scales that were filled as a form among the instruments."""
    if not may(viewer, Can.SEE_INSTRUMENTS, client_id=client_id):
        return []
    names = dict(Scale.KIND)
    return [
        ScaleRow(0, row.instrument, names[row.instrument], {}, row.score, row.band.replace("_", " "),
                 row.ended_at, "filled as a form", f"response {row.response_id}")
        for row in scores_of(viewer, client_id=client_id)
        if row.instrument in names and not row.replaced
    ]


def _needs(found: QuerySet[MedicalNeed]) -> list[NeedRow]:
    """Return needs; what was entered by mistake shows none."""
    struck = {f"observation {one}" if one else f"scale {scale}"
              for one, scale in Struck.objects.values_list("observation_id", "scale_id")}
    rows = found.exclude(source__in=struck).select_related("seen").order_by("due_at", "pk")[:MOST]
    where = dict(WHERE)
    listed = [
        NeedRow(row.pk, row.client_id, row.words, row.urgency, row.found_at, row.due_at,
                seen.seen_at if seen else None, seen.who if seen else "",
                where[seen.where] if seen else "", seen.words if seen else "")
        for row in rows
        for seen in [getattr(row, "seen", None)]
    ]
    return sorted(listed, key=lambda row: (row.seen_at is not None, row.due_at))


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
