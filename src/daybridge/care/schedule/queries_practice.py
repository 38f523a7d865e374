"""Reading on which practice groups and sessions stand."""

from dataclasses import dataclass
from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.curriculum.library import shipped
from daybridge.care.curriculum.queries import practices
from daybridge.care.schedule.models import Expected, Series, SeriesPractice, SessionPractice


@dataclass(frozen=True, slots=True)
class PracticeOf:
    """A practice by slug and title, or why there is none; both empty: not said yet."""

    slug: str = ""
    title: str = ""
    why_none: str = ""
    from_day: date | None = None

    @property
    def is_said(self) -> bool:
        """Tell whether somebody has said it."""
        return bool(self.slug or self.why_none)

    @property
    def words(self) -> str:
        """Return it in words."""
        return self.title or (f"none: {self.why_none}" if self.why_none else "not said yet")


NOT_SAID = PracticeOf()


@dataclass(frozen=True, slots=True)
class SingleRow:
    """A client's single session with its practice."""

    occurrence_id: int
    starts_at: datetime
    service: str
    state: str
    practice: PracticeOf


@query(Can.SEE_GROUPS)
def practices_of_groups(viewer: Actor, /, *, series_ids: set[int], on: date) -> dict[int, PracticeOf]:
    """Return on which practice each of these groups stands on a day; nobody has said: absent."""
    rows = SeriesPractice.objects.filter(series__in=series_ids, from_day__lte=on)
    return {row.series_id: _practice(row) for row in rows.order_by("from_day", "pk")}


@query(Can.SEE_GROUPS)
def practice_history(viewer: Actor, /, *, series_id: int) -> list[PracticeOf]:
    """Return what a group stood on over time, newest first."""
    rows = SeriesPractice.objects.filter(series_id=series_id).order_by("-from_day", "-pk")
    return [_practice(row) for row in rows[:50]]


@query(Can.SEE_GROUPS)
def groups_by_practice(viewer: Actor, /, *, on: date) -> dict[str, int]:
    """Return how many groups that meet stand on each practice; "" counts those not said yet."""
    meeting = set(Series.objects.exclude(last_day__lt=on).values_list("pk", flat=True))
    said = practices_of_groups(viewer, series_ids=meeting, on=on)
    found: dict[str, int] = {}
    for pk in meeting:
        one = said.get(pk, NOT_SAID)
        if one.slug or not one.is_said:
            found[one.slug] = found.get(one.slug, 0) + 1
    return found


@query(Can.SEE_PLAN)
def practices_of_sessions(
    viewer: Actor, /, *, client_id: int, occurrence_ids: set[int]
) -> dict[int, PracticeOf]:
    """Return on which practice each of a client's single sessions stands."""
    rows = SessionPractice.objects.filter(client_id=client_id, occurrence__in=occurrence_ids)
    return {row.occurrence_id: _practice(row) for row in rows.order_by("pk")}


@query(Can.SEE_PLAN)
def single_sessions(viewer: Actor, /, *, client_id: int, since: date) -> list[SingleRow]:
    """Return a client's single sessions of a day or later, in order, each with its practice."""
    rows = list(
        Expected.objects.filter(client_id=client_id, occurrence__day__gte=since, state="expected",
                                booked_singly=True, occurrence__series=None)
        .select_related("occurrence").order_by("starts_at", "pk")[:60]
    )
    said = practices_of_sessions(
        viewer, client_id=client_id, occurrence_ids={row.occurrence_id for row in rows}
    )
    return [
        SingleRow(row.occurrence_id, row.starts_at, row.occurrence.service, row.occurrence.state,
                  said.get(row.occurrence_id, NOT_SAID))
        for row in rows
    ]


@query(Can.SEE_LIBRARY)
def practice_choices(viewer: Actor, /) -> list[tuple[str, str]]:
    """Return the practices one may choose for a group or session: those with support."""
    return [(row.slug, f"{row.title} ({row.grade})") for row in practices(viewer) if row.is_supported]


def _practice(row: SeriesPractice | SessionPractice) -> PracticeOf:
    known = shipped().practices.get(row.practice)
    title = known.title if known else row.practice
    return PracticeOf(row.practice, title, row.why_none, getattr(row, "from_day", None))
