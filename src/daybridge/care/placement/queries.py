"""Reading decisions, stays, levels, papers."""

from dataclasses import dataclass
from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.placement.models import Decision, InCharge, LevelPeriod, Paper, Stay
from daybridge.care.placement.papers import PAPERS, VERSION
from daybridge.clinic.people.queries import StaffRow, staff

MOST = 2000


@dataclass(frozen=True, slots=True)
class ViewRow:
    """What one of the two wants, with reasons."""

    by: str
    level: str
    reasons: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision: what the rules suggest, both views, the way forward."""

    decision_id: int
    client_id: int
    opened_at: datetime
    rule_set: str
    ratings: dict[str, int | None]
    flags: tuple[str, ...]
    recommended: str
    indicated: str
    reasons: tuple[str, ...]
    modifiers: tuple[str, ...]
    unsuited: bool
    decided_level: str
    decided_at: datetime | None
    differs: bool
    way_forward: str
    review_on: date | None
    reviewed_at: datetime | None
    alternative: str
    client_view: ViewRow | None
    clinician_view: ViewRow | None


@dataclass(frozen=True, slots=True)
class StayRow:
    """A stay as it stands: level now, who is in charge, since when."""

    stay_id: int
    client_id: int
    admitted_at: datetime
    ended_at: datetime | None
    imported: bool
    level: str
    level_since: datetime | None
    in_charge_id: int | None
    stands_in: bool
    end_reason: str


@dataclass(frozen=True, slots=True)
class StaySpan:
    """When a stay began and ended."""

    admitted_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One period of a level of care."""

    level: str
    from_at: datetime
    until_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper at admission and whether this client has signed its text."""

    code: str
    title: str
    words: str
    title_es: str
    words_es: str
    version: int
    signed_at: datetime | None


@query(Can.SEE_PLACEMENT)
def decision_of(viewer: Actor, /, *, client_id: int) -> DecisionRow | None:
    """Return the newest decision about a client."""
    row = Decision.objects.filter(client_id=client_id).order_by("-opened_at", "-pk").first()
    return _decision(row) if row else None


@query(Can.SEE_PLACEMENT)
def dissents_due(viewer: Actor, /, *, on: date) -> list[DecisionRow]:
    """Return the differences whose day to look again has come, oldest first."""
    rows = Decision.objects.filter(differs=True, reviewed_at=None, review_on__lte=on)
    ordered = rows.order_by("review_on", "pk").prefetch_related("views")[:MOST]
    return [_decision(row) for row in ordered]


@query(Can.SEE_STAY)
def stay_of(viewer: Actor, /, *, client_id: int) -> StayRow | None:
    """Return the client's open stay, or the last one."""
    row = Stay.objects.filter(client_id=client_id).order_by("-admitted_at", "-pk").first()
    return _stays([row])[0] if row else None


@query(Can.SEE_STAY)
def stays_in_care(viewer: Actor, /, *, level: str | None = None) -> list[StayRow]:
    """Return the open stays the viewer may see, longest first, in three queries."""
    rows = _stays(list(Stay.objects.filter(ended_at=None).order_by("admitted_at", "pk")[:MOST]))
    return [row for row in rows if level is None or row.level == level]


@query(Can.SEE_STAY)
def stays_by_client(viewer: Actor, /, *, of: set[int]) -> dict[int, list[StaySpan]]:
    """Return begin and end of every stay of these clients."""
    found: dict[int, list[StaySpan]] = {}
    rows = Stay.objects.filter(client__in=of).values_list("client_id", "admitted_at", "ended_at")
    for client_id, admitted_at, ended_at in rows:
        found.setdefault(client_id, []).append(StaySpan(admitted_at, ended_at))
    return found


@query(Can.SEE_STAY)
def gone(viewer: Actor, /, *, of: set[int]) -> set[int]:
    """Return those of these clients who have left: they had a stay, and none is open."""
    spans = stays_by_client(viewer, of=of)
    return {pk for pk, found in spans.items() if all(one.ended_at for one in found)}


@query(Can.SEE_STAY)
def levels_now(viewer: Actor, /, *, of: set[int]) -> dict[int, str]:
    """Return the level of care of these clients now; who is not in care is not in the answer."""
    rows = LevelPeriod.objects.filter(client__in=of, until_at=None, stay__ended_at=None)
    return dict(rows.values_list("client_id", "level"))


@query(Can.SEE_STAY)
def levels_of(viewer: Actor, /, *, client_id: int) -> list[LevelRow]:
    """Return the levels of care over time, newest first."""
    rows = LevelPeriod.objects.filter(client_id=client_id).order_by("-from_at", "-pk")
    return [LevelRow(row.level, row.from_at, row.until_at, row.why) for row in rows[:50]]


@query(Can.SEE_CONSENTS)
def papers_of(viewer: Actor, /, *, client_id: int) -> list[PaperRow]:
    """Return every paper at admission, signed or not."""
    signed = {
        row.code: row.signed_at
        for row in Paper.objects.filter(client_id=client_id, version=VERSION)
    }
    return [
        PaperRow(p.code, p.title, p.words, p.title_es, p.words_es, VERSION, signed.get(p.code))
        for p in PAPERS.values()
    ]


@query(Can.SEE_CONSENTS)
def papers_unsigned(viewer: Actor, /, *, of: set[int]) -> dict[int, int]:
    """Return how many papers each of these clients has not signed (none left out: 0 is absent)."""
    signed: dict[int, int] = {}
    for pk in Paper.objects.filter(client__in=of, version=VERSION).values_list("client_id", flat=True):
        signed[pk] = signed.get(pk, 0) + 1
    return {pk: len(PAPERS) - signed.get(pk, 0) for pk in of if signed.get(pk, 0) < len(PAPERS)}


@query(Can.SEE_STAY)
def in_charge_counts(viewer: Actor, /) -> dict[int, int]:
    """Return how many open stays each member of staff answers for."""
    found: dict[int, int] = {}
    for pk in InCharge.objects.filter(until_at=None).values_list("staff_id", flat=True):
        found[pk] = found.get(pk, 0) + 1
    return found


@query(Can.SEE_STAY)
def in_charge_of(viewer: Actor, /, *, staff_id: int) -> list[int]:
    """Return the clients of whom somebody is in charge now."""
    rows = InCharge.objects.filter(staff_id=staff_id, until_at=None)
    return list(rows.order_by("client_id").values_list("client_id", flat=True))


@query(Can.SEE_STAFF)
def staff_by_id(viewer: Actor, /) -> dict[int, StaffRow]:
    """Return the staff by id, with licences."""
    return {row.staff_id: row for row in staff(viewer)}


def _decision(row: Decision) -> DecisionRow:
    views = {
        view.by: ViewRow(view.by, view.level, view.reasons, view.signed_at)
        for view in row.views.all()
    }
    return DecisionRow(
        row.pk, row.client_id, row.opened_at, row.rule_set, row.ratings, tuple(row.flags),
        row.recommended, row.indicated, tuple(row.reasons), tuple(row.modifiers), row.unsuited,
        row.decided_level, row.decided_at, row.differs, row.way_forward, row.review_on,
        row.reviewed_at, row.alternative, views.get("client"), views.get("clinician"),
    )


def _stays(rows: list[Stay]) -> list[StayRow]:
    ids = [row.pk for row in rows]
    levels, charge = {}, {}
    for period in LevelPeriod.objects.filter(stay__in=ids).order_by("from_at", "pk"):
        levels[period.stay_id] = period
    for one in InCharge.objects.filter(stay__in=ids).order_by("from_at", "pk"):
        charge[one.stay_id] = one
    found = []
    for row in rows:
        level, answers = levels.get(row.pk), charge.get(row.pk)
        found.append(StayRow(
            row.pk, row.client_id, row.admitted_at, row.ended_at, row.imported,
            level.level if level else "", level.from_at if level else None,
            answers.staff_id if answers else None, answers.stands_in if answers else False,
            row.end_reason,
        ))
    return found
