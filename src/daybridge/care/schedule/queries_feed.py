"""The times of one person for their own calendar: no titles, no rooms, no people."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.schedule.models import Expected, Membership, Occurrence

MOST = 500


@dataclass(frozen=True, slots=True)
class FeedTime:
    """A time; `is_off` when it was called off or given up."""

    occurrence_id: int
    starts_at: datetime
    ends_at: datetime
    version: int
    is_off: bool


@query(Can.SEE_SLOTS)
def times_led(viewer: Actor, /, *, first: date, last: date) -> list[FeedTime]:
    """Return the sessions that the viewer leads between two days (both included)."""
    rows = Occurrence.objects.filter(leader_id=viewer.user_id, day__range=(first, last))
    return _times(rows.order_by("starts_at", "pk")[:MOST], set())


@query(Can.SEE_SCHEDULE)
def times_of_client(viewer: Actor, /, *, client_id: int, first: date, last: date) -> list[FeedTime]:
    """Return a client's times between two days (both included), those called off or given up too."""
    singly = dict(Expected.objects.filter(client_id=client_id, occurrence__day__range=(first, last))
                  .values_list("occurrence_id", "state"))
    day = F("series__occurrences__day")
    member = Membership.objects.filter(
        Q(until_day=None) | Q(until_day__gte=day), client_id=client_id, from_day__lte=day,
        series__occurrences__day__range=(first, last))
    ids = {*singly, *member.values_list("series__occurrences", flat=True)}
    given_up = {pk for pk, state in singly.items() if state == "cancelled"}
    return _times(Occurrence.objects.filter(pk__in=ids).order_by("starts_at", "pk")[:MOST], given_up)


def _times(rows: QuerySet[Occurrence], given_up: set[int]) -> list[FeedTime]:
    return [
        FeedTime(one.pk, one.starts_at, one.ends_at, one.version + (one.pk in given_up),
                 one.state == "cancelled" or one.pk in given_up)
        for one in rows
    ]
