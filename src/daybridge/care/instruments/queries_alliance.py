"""Reading alliance checks: the client's own, and the supervisor's view."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.instruments.models import AllianceAnswer, AllianceResponse
from daybridge.care.instruments.rules_sheet import AnswerRow
from daybridge.clinic.programme.queries import sites

MOST = 100


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check with its answers."""

    response_id: int
    instrument: str
    instrument_version: str
    language: str
    state: str
    started_at: datetime
    ended_at: datetime | None
    status: str
    score: Any
    answers: dict[str, AnswerRow]


@query(Can.SEE_ALLIANCE)
def check(viewer: Actor, /, *, client_id: int, response_id: int) -> CheckRow:
    """Return one check, finished or not."""
    return _checks([AllianceResponse.objects.get(pk=response_id, client_id=client_id)])[0]


@query(Can.SEE_ALLIANCE)
def begun_checks(viewer: Actor, /, *, client_id: int) -> dict[str, int]:
    """Return which checks are begun and not finished, with their numbers."""
    rows = AllianceResponse.objects.filter(client_id=client_id, state="draft").order_by("pk")
    return dict(rows.values_list("instrument", "pk"))


@query(Can.SEE_ALLIANCE)
def checks_of(viewer: Actor, /, *, client_id: int) -> list[CheckRow]:
    """Return the finished checks of a client, the newest first."""
    rows = AllianceResponse.objects.filter(client_id=client_id, state="finished")
    return _checks(list(rows.order_by("-ended_at", "-pk")[:MOST]))


@query(Can.SEE_ALLIANCE)
def last_checks(viewer: Actor, /, *, of: Sequence[int]) -> dict[int, dict[str, date]]:
    """Return the day on which each of these clients last finished each check."""
    house = sites(viewer)[0]
    rows = AllianceResponse.objects.filter(client_id__in=list(of), state="finished")
    found: dict[int, dict[str, date]] = {}
    for client_id, name, at in rows.values_list("client_id", "instrument").annotate(
            at=Max("ended_at")).order_by("client_id", "instrument"):
        found.setdefault(client_id, {})[name] = house.day(at)
    return found


def _checks(rows: list[AllianceResponse]) -> list[CheckRow]:
    said: dict[int, dict[str, AllianceAnswer]] = {}
    for one in AllianceAnswer.objects.filter(response__in=rows).order_by("pk"):
        said.setdefault(one.response_id, {})[one.item] = one
    return [
        CheckRow(
            row.pk, row.instrument, row.instrument_version, row.language, row.state,
            row.started_at, row.ended_at, row.status, row.score,
            {name: AnswerRow(one.pk, name, one.value, one.by_client, "", one.at)
             for name, one in said.get(row.pk, {}).items()},
        )
        for row in rows
    ]
