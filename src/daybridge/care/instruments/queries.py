"""Reading fillings: what was answered by whom, what it came to, what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.care.instruments import rules_due
from daybridge.care.instruments.known import instruments
from daybridge.care.instruments.models import Answer, Flag, Response
from daybridge.care.instruments.queries_alliance import last_checks
from daybridge.care.instruments.queries_packs import timings
from daybridge.care.instruments.rules_sheet import AnswerRow
from daybridge.clinic.people.queries import staff_names
from daybridge.clinic.programme.queries import sites

MOST = 400
MOST_DUE = 500
FOLLOW_DAYS = 30


@dataclass(frozen=True, slots=True)
class FlagRow:
    """What an answer showed, and until when somebody of the team acts."""

    name: str
    what: str
    follow: str
    at: datetime
    act_by: datetime | None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One filling with everything in it."""

    response_id: int
    client_id: int
    instrument: str
    instrument_version: str
    language: str
    administered_by: str
    mode: str
    state: str
    started_at: datetime
    ended_at: datetime | None
    status: str
    score: Any
    band: str
    details: dict[str, Any]
    scorer_version: int | None
    replaces_id: int | None
    why_replaced: str
    replaced_by_id: int | None
    answers: dict[str, AnswerRow]
    former: tuple[AnswerRow, ...]
    flags: tuple[FlagRow, ...]

    @property
    def half_and_half(self) -> bool:
        """Tell whether the client gave some answers and staff wrote down others."""
        return len({one.by_client for one in self.answers.values()}) > 1


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """What one finished filling came to."""

    response_id: int
    instrument: str
    on: date
    ended_at: datetime
    status: str
    score: Any
    band: str
    subscales: dict[str, float | None]
    missing: int
    critical: bool
    administered_by: str
    replaces_id: int | None
    replaced: bool


@query(Can.SEE_INSTRUMENTS)
def draft_of(viewer: Actor, /, *, client_id: int, name: str) -> SheetRow | None:
    """Return the form of this name that is begun and not finished."""
    row = Response.objects.filter(client_id=client_id, instrument=name, state="draft").first()
    return _sheet(viewer, row) if row else None


@query(Can.SEE_INSTRUMENTS)
def begun(viewer: Actor, /, *, client_id: int) -> dict[str, tuple[int, datetime]]:
    """Return which forms are begun and not finished: number, since when."""
    rows = Response.objects.filter(client_id=client_id, state="draft").order_by("started_at")
    return {name: (pk, at) for name, pk, at in rows.values_list("instrument", "pk", "started_at")}


@query(Can.SEE_INSTRUMENTS)
def sheet(viewer: Actor, /, *, client_id: int, response_id: int) -> SheetRow:
    """Return one filling, finished or not."""
    return _sheet(viewer, Response.objects.get(pk=response_id, client_id=client_id))


@query(Can.SEE_INSTRUMENTS)
def scores_of(viewer: Actor, /, *, client_id: int) -> list[ScoreRow]:
    """Return what the finished fillings came to, the newest first."""
    newer = Response.objects.filter(replaces=OuterRef("pk"), state="finished")
    rows = (
        Response.objects.filter(client_id=client_id, state="finished")
        .annotate(replaced=Exists(newer)).order_by("-ended_at", "-pk")[:MOST]
    )
    house = sites(viewer)[0]
    return [_score(row, house.day(row.ended_at or row.started_at), replaced=row.replaced)
            for row in rows]


@query(Can.SEE_INSTRUMENTS)
def help_shown(viewer: Actor, /, *, client_id: int, at: datetime) -> FlagRow | None:
    """Return the newest critical answer of the client's own last day, and by when somebody acts.

    What staff wrote down in an interview is not shown on a phone that others may see.
    """
    rows = Flag.objects.filter(client_id=client_id, by_client=True, minutes__isnull=False,
                               at__gt=at - timedelta(days=1))
    row = rows.order_by("-at").first()
    return _flag(row) if row else None


@query(Can.SEE_INSTRUMENTS)
def needs_found(
    viewer: Actor, /, *, client_id: int, response_id: int
) -> list[tuple[str, str, str]]:
    """Return the needs that a finished filling found: the form's name, domain, the form's title."""
    row = Response.objects.get(pk=response_id, client_id=client_id)
    instrument = instruments().get(row.instrument)
    title = instrument.title.get("en", row.instrument) if instrument else row.instrument
    return [(row.instrument, domain, title) for domain in row.details.get("needs", [])]


@query(Can.SEE_INSTRUMENTS)
def rulers_of(
    viewer: Actor, /, *, client_id: int, response_id: int
) -> tuple[int, int, int] | None:
    """Return importance, confidence and readiness of a finished ruler; None for other forms."""
    row = Response.objects.get(pk=response_id, client_id=client_id)
    if row.instrument != "ruler" or row.status != "complete" or row.score is None:
        return None
    importance, confidence, readiness = row.score
    return importance, confidence, readiness


@query(Can.SEE_INSTRUMENTS)
def due(viewer: Actor, /, *, care: Sequence[rules_due.Care], on: date) -> list[rules_due.Due]:
    """Return what is due for these clients on a day, worst first; at most 500 lines.

    The alliance check is left out for those who may not know whether it was filled.
    """
    clients = [one.client_id for one in care]
    last = _last(viewer, clients)
    follow = _follow(viewer, clients, on)
    wanted = timings(viewer, on=on)
    if may(viewer, Can.SEE_ALLIANCE):
        for client_id, days in last_checks(viewer, of=clients).items():
            last.setdefault(client_id, {}).update(days)
    else:
        wanted = {name: one for name, one in wanted.items() if not _is_alliance(name)}
    found = [
        row for one in care for row in rules_due.due(
            one, wanted, last.get(one.client_id, {}), follow.get(one.client_id, {}), on)
    ]
    return sorted(found, key=lambda row: (row.why is not rules_due.Why.FOLLOW, -row.days_over))[:MOST_DUE]


def _is_alliance(name: str) -> bool:
    return instruments()[name].data_class == "alliance"


def _last(viewer: Actor, clients: list[int]) -> dict[int, dict[str, date]]:
    house = sites(viewer)[0]
    rows = Response.objects.filter(client_id__in=clients, state="finished")
    found: dict[int, dict[str, date]] = {}
    for client_id, name, at in rows.values_list("client_id", "instrument").annotate(
            at=Max("ended_at")).order_by("client_id", "instrument"):
        found.setdefault(client_id, {})[name] = house.day(at)
    return found


def _follow(viewer: Actor, clients: list[int], on: date) -> dict[int, dict[str, date]]:
    """Return what critical answers of the last weeks made due and nobody has filled since."""
    house = sites(viewer)[0]
    done = Response.objects.filter(
        client_id=OuterRef("client_id"), instrument=OuterRef("follow"), state="finished",
        ended_at__gte=OuterRef("at"))
    rows = Flag.objects.filter(client_id__in=clients).exclude(follow="").exclude(Exists(done))
    found: dict[int, dict[str, date]] = {}
    for client_id, follow, at in rows.order_by("-at").values_list("client_id", "follow", "at")[:MOST_DUE]:
        if (on - house.day(at)).days <= FOLLOW_DAYS:
            found.setdefault(client_id, {})[follow] = house.day(at)
    return found


def _sheet(viewer: Actor, row: Response) -> SheetRow:
    said = list(Answer.objects.filter(response=row).order_by("pk"))
    names = staff_names(viewer, user_ids={one.by_id for one in said if not one.by_client})
    rows = [AnswerRow(one.pk, one.item, one.value, one.by_client, names.get(one.by_id, ""), one.at)
            for one in said]
    stands = {one.item: one for one in rows}
    flags = Flag.objects.filter(response=row).order_by("at", "pk")
    newer = Response.objects.filter(replaces=row).exclude(state="set_aside")
    return SheetRow(
        row.pk, row.client_id, row.instrument, row.instrument_version, row.language,
        row.administered_by, row.mode, row.state, row.started_at, row.ended_at, row.status,
        row.score, row.band, row.details, row.scorer_version, row.replaces_id, row.why_replaced,
        newer.values_list("pk", flat=True).first(), stands,
        tuple(one for one in rows if stands[one.item] is not one),
        tuple(_flag(one) for one in flags),
    )


def _flag(row: Flag) -> FlagRow:
    by = row.at + timedelta(minutes=row.minutes) if row.minutes else None
    return FlagRow(row.name, row.what, row.follow, row.at, by)


def _score(row: Response, on: date, *, replaced: bool) -> ScoreRow:
    return ScoreRow(
        row.pk, row.instrument, on, row.ended_at or row.started_at, row.status, row.score,
        row.band, row.details.get("subscales", {}), len(row.details.get("missing", [])),
        bool(row.details.get("critical")), row.administered_by, row.replaces_id, replaced,
    )
