"""Reading draws and ratings: one's own to do, and how faithfully each practice is delivered over time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.care.curriculum.library import shipped
from daybridge.care.schedule.models_fidelity import FidelityDraw, FidelityRating
from daybridge.care.schedule.rules_fidelity import RATED_WITHIN
from daybridge.clinic.people.queries import staff_names

MOST = 200


@dataclass(frozen=True, slots=True)
class DrawRow:
    """A drawn session: whose, watched by whom, what was seen. The leader's own view comes second."""

    draw_id: int
    occurrence_id: int
    starts_at: datetime
    state: str
    practice: str
    title: str
    items: tuple[str, ...]
    leader_id: int
    leader: str
    observer_id: int
    observer: str
    observed: float | None
    own: float | None
    words: str

    def is_mine(self, user_id: int | None, at: datetime) -> bool:
        """Tell whether somebody still has to say what they saw."""
        if self.starts_at > at or at > self.starts_at + RATED_WITHIN or self.state == "cancelled":
            return False
        if user_id == self.leader_id:  # an observer who had to step in has watched nobody
            return self.own is None
        return user_id == self.observer_id and self.observed is None


@dataclass(frozen=True, slots=True)
class MonthRow:
    """What observers saw of a practice in a month: the mean share and of how many sessions."""

    practice: str
    title: str
    month: date
    share: float
    sessions: int


@query(Can.SEE_FIDELITY)
def draws(viewer: Actor, /, *, since: date) -> list[DrawRow]:
    """Return the drawn sessions since a day, newest first: all for who answers for them, else one's own."""
    rows = FidelityDraw.objects.filter(occurrence__day__gte=since)
    if not may(viewer, Can.SEE_QUALITY) or not may(viewer, Can.MANAGE_LIBRARY):
        rows = rows.filter(Q(observer_id=viewer.user_id) | Q(occurrence__leader_id=viewer.user_id))
    return _rows(viewer, rows)


@query(Can.SEE_FIDELITY)
def draw_of(viewer: Actor, /, *, draw_id: int) -> DrawRow | None:
    """Return one drawn session for its observer or its leader; None for anybody else."""
    mine = Q(observer_id=viewer.user_id) | Q(occurrence__leader_id=viewer.user_id)
    found = _rows(viewer, FidelityDraw.objects.filter(mine, pk=draw_id))
    return found[0] if found else None


@query(Can.SEE_QUALITY)
def by_month(viewer: Actor, /, *, since: date) -> list[MonthRow]:
    """Return what observers saw, by practice and month: who led is not in it."""
    rows = FidelityRating.objects.filter(as_observer=True, draw__occurrence__day__gte=since)
    found: dict[tuple[str, date], list[float]] = {}
    for slug, day, seen, items in rows.values_list(
            "draw__practice", "draw__occurrence__day", "seen", "items"):
        found.setdefault((slug, day.replace(day=1)), []).append(len(seen) / items)
    return [MonthRow(slug, _title(slug), month, sum(shares) / len(shares), len(shares))
            for (slug, month), shares in sorted(found.items())]


@query(Can.DRAW_FIDELITY)
def last_checked(worker: Actor, /, *, today: date) -> tuple[dict[str, date], set[str]]:
    """Return when an observer last saw each practice, and the practices for which a draw waits."""
    checked: dict[str, date] = {}
    rated = FidelityRating.objects.filter(as_observer=True).order_by("draw__occurrence__day")
    for slug, day in rated.values_list("draw__practice", "draw__occurrence__day"):
        checked[slug] = day
    open_ones = FidelityDraw.objects.filter(occurrence__day__gte=today - RATED_WITHIN)
    waiting = open_ones.exclude(occurrence__state="cancelled").exclude(ratings__as_observer=True)
    return checked, set(waiting.values_list("practice", flat=True))


def _rows(viewer: Actor, rows: QuerySet[FidelityDraw]) -> list[DrawRow]:
    held = list(rows.select_related("occurrence").order_by("-occurrence__starts_at", "-pk")[:MOST])
    given: dict[int, dict[bool, FidelityRating]] = {}
    for rating in FidelityRating.objects.filter(draw__in=held):
        given.setdefault(rating.draw_id, {})[rating.as_observer] = rating
    known = staff_names(viewer, user_ids=_people(held))
    return [_row(one, given.get(one.pk, {}), known) for one in held]


def _people(held: Iterable[FidelityDraw]) -> set[int]:
    return {pk for one in held for pk in (one.observer_id, one.occurrence.leader_id)}


def _row(one: FidelityDraw, given: dict[bool, FidelityRating], known: dict[int, str]) -> DrawRow:
    practice = shipped().practices.get(one.practice)
    observed, own = given.get(True), given.get(False)
    return DrawRow(
        one.pk, one.occurrence_id, one.occurrence.starts_at, one.occurrence.state, one.practice,
        _title(one.practice), practice.fidelity if practice else (), one.occurrence.leader_id,
        known.get(one.occurrence.leader_id, ""), one.observer_id, known.get(one.observer_id, ""),
        _share(observed), _share(own), observed.words if observed else "")


def _share(rating: FidelityRating | None) -> float | None:
    return len(rating.seen) / rating.items if rating else None


def _title(slug: str) -> str:
    known = shipped().practices.get(slug)
    return known.title if known else slug

