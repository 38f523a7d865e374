"""What one client's week could be, from what the viewer may know of it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.care.hours.rules import COUNTS
from daybridge.care.placement.queries import StayRow, stay_of
from daybridge.care.planning.queries import prescribed
from daybridge.care.schedule import queries as schedule
from daybridge.care.schedule.queries_apart import groups_to_avoid
from daybridge.care.schedule.queries_joining import joining_of, newcomers
from daybridge.care.schedule.rules import NO_RULES, Joining
from daybridge.care.weekplan.queries import SUNDAY
from daybridge.care.weekplan.rules import Meeting, Member, member_of, span, spans
from daybridge.care.weekplan.rules_place import Offer, offered
from daybridge.clinic.calendar.queries import client_weeks
from daybridge.clinic.programme.queries import setting


@dataclass(frozen=True, slots=True)
class OfferRow:
    """What was found, and what it rests on."""

    found: Offer
    series: dict[int, schedule.SeriesRow]
    prescribed: int  # minutes a week
    is_prescribed: bool  # False: what the level asks, for no plan was seen
    asked: bool  # whether anybody has asked when they can come


@query(Can.SEE_SCHEDULE)
def offer_for(viewer: Actor, /, *, client_id: int, from_day: date) -> OfferRow | None:
    """Return the places that reach a client's hours from a day on; None for somebody not in care."""
    stay = stay_of(viewer, client_id=client_id)
    if stay is None or stay.ended_at is not None:
        return None
    rows = {row.series_id: row for row in schedule.all_series(viewer, on=from_day)
            if row.first_day <= from_day}
    mine = {row.series_id for row in schedule.memberships_of(viewer, client_id=client_id, on=from_day)
            if row.until_day is None}
    member, is_prescribed = _member(viewer, stay, from_day, [row for pk, row in rows.items() if pk in mine])
    free = {pk: row for pk, row in rows.items() if pk not in mine and row.last_day is None}
    newcomer = replace(newcomers(viewer, of={client_id})[client_id],
                       is_adult=schedule.is_adult(viewer, client_id=client_id, on=from_day))
    rules = joining_of(viewer, series_ids=free) if may(viewer, Can.SEE_GROUPS) else {}
    found = offered([_meeting(row, from_day, rules.get(pk, NO_RULES)) for pk, row in free.items()],
                    member, newcomer,
                    apart=groups_to_avoid(viewer, client_id=client_id, of=free, on=from_day))
    return OfferRow(found, free, member.prescribed, is_prescribed, member.windows is not None)


def _member(
    viewer: Actor, stay: StayRow, from_day: date, mine: list[schedule.SeriesRow]
) -> tuple[Member, bool]:
    """Return the client with what stands already, and whether their hours are a plan's."""
    pk, of, monday = stay.client_id, {stay.client_id}, from_day - timedelta(days=from_day.weekday())
    zone = schedule.zone(viewer)
    hours = prescribed(viewer, of=of, on=from_day) if may(viewer, Can.SEE_PLAN, client_id=pk) else {}
    windows = (client_weeks(viewer, monday=monday, of=of).get(pk)
               if may(viewer, Can.SEE_TIMES, client_id=pk) else None)
    singles = [(span(seat.starts_at, seat.ends_at, zone), COUNTS.get(seat.service, False))
               for seat in schedule.seats(viewer, first=monday, last=monday + SUNDAY, of=of)
               if seat.booked_singly and seat.service not in ("group", "education", "recreation")]
    member = member_of(
        pk, stay.level, hours.get(pk), newcomers(viewer, of=of)[pk],
        day_minutes=setting(viewer, key="php_day_hours", on=from_day) * 60, windows=spans(windows),
        singles=(*singles, *((_meeting(row, from_day).span, COUNTS.get(row.service, False)) for row in mine)))
    return member, pk in hours


def _meeting(row: schedule.SeriesRow, on: date, rules: Joining = NO_RULES) -> Meeting:
    """Return a group of the week; of its members only how many there are."""
    return Meeting(
        row.series_id, row.site_id, row.weekday, row.starts.hour * 60 + row.starts.minute, row.minutes, 0,
        row.leader_id, row.capacity, row.levels, row.language, row.gender, COUNTS.get(row.service, False),
        tuple(range(-row.members, 0)), rules.stages, rules.dual_only, rules.is_closed(on))
