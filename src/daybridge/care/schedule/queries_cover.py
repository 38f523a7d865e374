"""Sessions whose leader is away, and who could lead them instead. Few statements, whatever their number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.schedule import queries, rules_cover
from daybridge.care.schedule.models import Occurrence, Series
from daybridge.care.schedule.queries import SessionRow, zone
from daybridge.clinic.calendar.queries import staff_away, staff_days, staff_weeks
from daybridge.clinic.people.queries import StaffRow, licensed_on, staff, staff_names
from daybridge.kernel.minutes import of_day

LONGEST = timedelta(days=13)
AHEAD = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who could lead, with what speaks for and against it."""

    user_id: int
    name: str
    hours: str
    minutes_that_day: int
    leads_groups: bool


@dataclass(frozen=True, slots=True)
class LostRow:
    """A session without its leader, who could lead it, and who is proposed (None: nobody)."""

    one: SessionRow
    language: str
    choices: tuple[Choice, ...]
    proposed: int | None


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A leader who is away, and how many of their sessions have nobody else so far."""

    user_id: int
    name: str
    sessions: int
    first_day: date
    last_day: date


@query(Can.MANAGE_SLOTS)
def sessions_lost(
    viewer: Actor, /, *, user_id: int, first: date, last: date, at: datetime
) -> list[LostRow]:
    """Return the sessions somebody leads between two days (both included) that have not begun."""
    mine = [one for one in queries.sessions(viewer, first=first, last=last, leader_id=user_id)
            if one.state == "planned" and one.starts_at > at]
    if not mine:
        return []
    people = _people(viewer, user_id, first, last)
    series = {one.series_id for one in mine if one.series_id is not None}
    spoken = dict(Series.objects.filter(pk__in=series).values_list("pk", "language"))
    zone_here = zone(viewer)
    lost = {one.occurrence_id: rules_cover.Lost(
        one.occurrence_id, _span(one.day, one.starts_at, one.ends_at, zone_here),
        spoken.get(one.series_id or 0, "en")) for one in mine}
    proposed = rules_cover.proposal(lost.values(), [person for person, _ in people.values()])
    return [
        LostRow(one, lost[one.occurrence_id].language, tuple(
            Choice(fit.user_id, people[fit.user_id][1].line, rules_cover.WORDS[fit.hours],
                   fit.minutes_that_day, fit.leads_groups)
            for fit in rules_cover.fits(lost[one.occurrence_id], [row for row, _ in people.values()])
        ), proposed.get(one.occurrence_id))
        for one in mine
    ]


@query(Can.SEE_SLOTS)
def leaders_away(viewer: Actor, /, *, first: date, at: datetime) -> list[Uncovered]:
    """Return who is away in the next seven days while sessions still count on them."""
    away = staff_away(viewer, first=first, last=first + AHEAD)
    if not away:
        return []
    rows = Occurrence.objects.filter(
        leader__in=list(away), day__range=(first, first + AHEAD), state="planned")
    days: dict[int, list[date]] = {}
    for leader_id, day in rows.filter(starts_at__gt=at).order_by("day").values_list("leader_id", "day"):
        if any(one.holds(day) for one in away[leader_id]):
            days.setdefault(leader_id, []).append(day)
    known = staff_names(viewer, user_ids=set(days))
    return [Uncovered(pk, known.get(pk, ""), len(found), found[0], found[-1]) for pk, found in days.items()]


def _people(
    viewer: Actor, user_id: int, first: date, last: date
) -> Mapping[int, tuple[rules_cover.Person, StaffRow]]:
    """Return who may lead: licensed on every one of the days, or leading groups already."""
    rows = Occurrence.objects.filter(day__range=(first, last)).exclude(state="cancelled")
    taken: dict[int, list[rules_cover.Span]] = {}
    zone_here = zone(viewer)
    for leader_id, day, starts_at, ends_at in rows.values_list("leader_id", "day", "starts_at", "ends_at"):
        taken.setdefault(leader_id, []).append(_span(day, starts_at, ends_at, zone_here))
    everybody = {one.user_id: one for one in staff(viewer) if one.user_id != user_id}
    licensed = {pk for pk, spans in licensed_on(viewer, user_ids=set(everybody)).items()
                if any(begins <= first and last <= ends for begins, ends in spans)}
    able = (licensed | taken.keys()) & everybody.keys()
    away, leads = staff_away(viewer, first=first, last=last), set(
        Series.objects.exclude(last_day__lt=first).values_list("leader_id", flat=True))
    windows = staff_weeks(viewer, monday=first - timedelta(days=first.weekday()), of=able)
    others = staff_days(viewer, first=first, last=last)
    return {pk: (rules_cover.Person(
        pk, frozenset({"en", *everybody[pk].languages}), tuple(taken.get(pk, ())), windows.get(pk),
        away.get(pk, ()), others.get(pk, ()), pk in leads), everybody[pk]) for pk in sorted(able)}


def _span(day: date, starts_at: datetime, ends_at: datetime, here: ZoneInfo) -> rules_cover.Span:
    return rules_cover.Span(day, *of_day(starts_at, ends_at, here))
