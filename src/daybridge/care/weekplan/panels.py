"""A found week as the page shows it: names, times and reasons beside each part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from daybridge.access.actors import Actor
from daybridge.care.schedule.queries import SeriesRow, all_series
from daybridge.care.weekplan import rules, rules_found
from daybridge.care.weekplan.commands import Refused
from daybridge.care.weekplan.queries import SearchRow, found_of, standing_week
from daybridge.clinic.people.queries import names, staff_names
from daybridge.clinic.programme.queries import rooms

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NOT_ASKED = "nobody has asked yet when they can come"
CAME_LATER = "not so when the week was searched: search again"


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A group that would be held otherwise."""

    key: str
    series_id: int
    title: str
    now: str
    then: str
    members: int
    refused: str


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A client's part: what ends, what begins, hours before and after."""

    key: str
    client_id: int
    name: str
    leaves: tuple[str, ...]
    joins: tuple[str, ...]
    before: float
    after: float
    prescribed: float
    refused: str

    @property
    def loses(self) -> bool:
        """Tell whether somebody would fall below their hours by it: never given unasked."""
        return self.after < min(self.before, self.prescribed)


@dataclass(frozen=True, slots=True)
class ShortLine:
    """Somebody whom the found week does not give all their hours, and why."""

    client_id: int
    name: str
    hours: float
    why: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A found week beside the week as it stands."""

    moves: tuple[MoveLine, ...]
    clients: tuple[ClientLine, ...]
    short: tuple[ShortLine, ...]
    reasons: tuple[tuple[str, int], ...]
    not_held: tuple[str, ...]
    staff_not_asked: tuple[str, ...]
    outside: tuple[tuple[int, str], ...]
    reached_now: int
    reached_then: int
    in_care: int


def difference(
    viewer: Actor, row: SearchRow, refused: Sequence[Refused] = ()
) -> Difference | None:
    """Return what a found week changes in the week as it stands at this moment."""
    found = found_of(viewer, search_id=row.search_id)
    if found is None:
        return None
    facts, why = standing_week(viewer, monday=row.monday), {one.key: one.why for one in refused}
    series = {one.series_id: one for one in all_series(viewer, on=row.monday)}
    members = {one.client_id: one for one in facts.members}
    known = names(viewer, of=set(members))
    moved = _moves(viewer, facts, found["plan"], series, row.monday, why)
    then = {one.series_id: one for one in rules_found.moves(facts, found["plan"])}
    lines = tuple(
        ClientLine(
            f"c{one.client_id}", one.client_id, known[one.client_id],
            tuple(_label(series, pk, None) for pk in one.leaves),
            tuple(_label(series, pk, then.get(pk)) for pk in one.joins),
            one.before / 60, one.after / 60, members[one.client_id].prescribed / 60,
            why.get(f"c{one.client_id}", ""))
        for one in rules_found.changes(facts, found["plan"])
        if one.client_id in known and one.client_id in members)
    after = rules_found.minutes_after(facts, found["plan"])
    short = _short(found, facts, after, known)
    counts = {one.why: sum(other.why == one.why for other in short) for one in short}
    return Difference(
        moved, lines, short, tuple(sorted(counts.items(), key=lambda pair: -pair[1])),
        tuple(_label(series, pk, None) for pk in rules_found.not_held(facts, found["plan"])),
        _not_asked(viewer, facts),
        tuple((pk, known[pk]) for pk in rules_found.outside(facts) if pk in known),
        rules_found.reached(facts, rules_found.minutes_after(facts)), rules_found.reached(facts, after),
        len(members))


def _short(
    found: Mapping[str, Any], facts: rules.Facts, after: Mapping[int, int], known: Mapping[int, str]
) -> tuple[ShortLine, ...]:
    """Return who lacks hours in the found week, counted anew: people and plans may have changed since."""
    why = {one["client"]: one["why"] for one in found["unmet"]}
    rows = [
        ShortLine(one.client_id, known[one.client_id], (one.prescribed - after[one.client_id]) / 60,
                  NOT_ASKED if one.windows is None else why.get(one.client_id, CAME_LATER))
        for one in facts.members if one.client_id in known and after[one.client_id] < one.prescribed
    ]
    return tuple(sorted(rows, key=lambda one: (-one.hours, one.name)))


def _moves(
    viewer: Actor, facts: rules.Facts, plan: Mapping[str, Any], series: Mapping[int, SeriesRow],
    monday: date, why: Mapping[str, str],
) -> tuple[MoveLine, ...]:
    found = rules_found.moves(facts, plan)
    leaders = staff_names(viewer, user_ids={one.leader_id for one in found})
    places = {one.room_id: one.name for one in rooms(viewer, on=monday)}
    lines = []
    for one in found:
        row = series.get(one.series_id)
        if row is None:
            continue
        clock = time(one.from_minute // 60, one.from_minute % 60)
        lines.append(MoveLine(
            f"m{one.series_id}", one.series_id, row.title or row.room,
            f"{DAYS[row.weekday]} {row.starts:%H:%M}, {row.room}, {row.leader}",
            f"{DAYS[one.weekday]} {clock:%H:%M}, {places.get(one.room_id, '')}, "
            f"{leaders.get(one.leader_id, '')}", row.members, why.get(f"m{one.series_id}", "")))
    return tuple(lines)


def _label(series: Mapping[int, SeriesRow], series_id: int, move: rules_found.Move | None) -> str:
    row = series.get(series_id)
    if row is None:
        return "a group that has ended"
    if move is None:
        return f"{DAYS[row.weekday]} {row.starts:%H:%M} {row.title or row.room}"
    return (f"{DAYS[move.weekday]} {time(move.from_minute // 60, move.from_minute % 60):%H:%M} "
            f"{row.title or row.room} (moved)")


def _not_asked(viewer: Actor, facts: rules.Facts) -> tuple[str, ...]:
    ids = {one.user_id for one in facts.leaders if one.windows is None}
    return tuple(sorted(staff_names(viewer, user_ids=ids).values()))


def mondays(today: date) -> list[date]:
    """Return the next Mondays that may be planned."""
    first = today + timedelta(days=7 - today.weekday())
    return [first + timedelta(weeks=week) for week in range(4)]

