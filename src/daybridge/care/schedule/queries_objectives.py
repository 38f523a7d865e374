"""Which groups each objective of a plan is worked on in."""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import Q

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.schedule.models import Membership, ObjectiveSeries, SeriesTitle


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group a client has a place in: when it meets, what it is about."""

    series_id: int
    title: str
    weekday: int
    starts: time
    minutes: int
    leader_id: int


@query(Can.SEE_PLAN)
def delivered_by(viewer: Actor, /, *, client_id: int, on: date) -> dict[str, list[GroupRow]]:
    """Return the groups that work on each objective on a day, by the objective's key."""
    rows = ObjectiveSeries.objects.filter(
        Q(until_day=None) | Q(until_day__gte=on), client_id=client_id, from_day__lte=on
    ).select_related("series").order_by("series__weekday", "series__starts", "pk")
    titles = _titles({row.series_id for row in rows})
    found: dict[str, list[GroupRow]] = {}
    for row in rows:
        found.setdefault(str(row.key), []).append(_group(row, titles))
    return found


@query(Can.SEE_SCHEDULE)
def own_groups(viewer: Actor, /, *, client_id: int, on: date) -> list[GroupRow]:
    """Return the groups a client has a place in from this day on, in the week's order."""
    rows = Membership.objects.filter(
        Q(until_day=None) | Q(until_day__gte=on), client_id=client_id
    ).select_related("series").order_by("series__weekday", "series__starts", "pk")
    titles = _titles({row.series_id for row in rows})
    return list({row.series_id: _group(row, titles) for row in rows}.values())


def _titles(series: set[int]) -> dict[int, str]:
    return dict(SeriesTitle.objects.filter(series__in=series).values_list("series_id", "words"))


def _group(row: Membership | ObjectiveSeries, titles: dict[int, str]) -> GroupRow:
    one = row.series
    return GroupRow(one.pk, titles.get(one.pk, ""), one.weekday, one.starts, one.minutes, one.leader_id)
