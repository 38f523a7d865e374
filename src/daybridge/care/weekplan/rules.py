"""The standing week as an instance of the timetable (L2).

Pure: from frozen facts to the engine's JSON; `rules_found` reads it back. Times are minutes of the
site's wall clock.
What the engine can't hold (a group off the half-hour, one that gives no contact hours) stays
where it is: its time is taken from whoever is in it, and its minutes are counted beforehand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from daybridge.care.schedule.rules import Newcomer
from daybridge.clinic.programme.rules import LEVELS
from daybridge.kernel.minutes import of_day

SLOT = 30  # minutes
DAY_BEGINS = 6 * 60
SLOTS, DAYS = 31, 7  # 06:00 to 21:30, Monday to Sunday: as many as the engine takes
RANKS = {"outpatient": 1, "iop": 2, "php": 3, "residential": 4}
NAMES = {"outpatient": "OP", "iop": "IOP", "php": "PHP", "residential": "PHP"}
DEFAULT_RANK = 2
STANDS = 10  # the engine has one number for who a group is for: rank x 10 + stage of treatment (0: not said)
SMALLEST = 3  # own: below three it is no group; a smaller one that meets already may go on
LEADER = 1  # the engine's room holds the leader too
LEADS = "leads"
NOBODY, ANY_TOPIC = "unsaid", 99

Span = tuple[int, int, int]  # weekday, from minute, until minute


@dataclass(frozen=True, slots=True)
class Meeting:
    """A group of the standing week; `counts` tells whether its minutes are contact hours."""

    series_id: int
    site_id: int
    weekday: int
    from_minute: int
    minutes: int
    room_id: int
    leader_id: int
    capacity: int
    levels: tuple[str, ...]
    language: str
    gender: str
    counts: bool
    members: tuple[int, ...]
    stages: frozenset[int] = frozenset()
    dual_only: bool = False
    is_closed: bool = False

    @property
    def span(self) -> Span:
        """Return when it meets."""
        return self.weekday, self.from_minute, self.from_minute + self.minutes

    @property
    def is_movable(self) -> bool:
        """Tell whether the engine can hold it: whole half-hours, inside the day, contact hours, open."""
        whole = self.from_minute % SLOT == 0 and self.minutes % SLOT == 0
        inside = self.from_minute >= DAY_BEGINS and self.span[2] <= DAY_BEGINS + SLOTS * SLOT
        return self.counts and whole and inside and not self.is_closed


@dataclass(frozen=True, slots=True)
class Member:
    """A client: what is prescribed, when they can come (None: nobody has asked), what is booked singly."""

    client_id: int
    level: str
    languages: tuple[str, ...]
    gender: str
    prescribed: int  # minutes a week
    most_a_day: int
    windows: tuple[Span, ...] | None
    singles: tuple[tuple[Span, bool], ...]  # when, and whether it counts
    stage: int | None = None
    dual: bool | None = None


@dataclass(frozen=True, slots=True)
class Leader:
    """Somebody who may lead groups; `windows` None: nobody has asked for their hours."""

    user_id: int
    languages: tuple[str, ...]
    windows: tuple[Span, ...] | None
    singles: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything of the standing week."""

    meetings: tuple[Meeting, ...]
    members: tuple[Member, ...]
    leaders: tuple[Leader, ...]
    rooms: tuple[tuple[int, int, int], ...]  # room, site, seats
    apart: tuple[tuple[int, int], ...] = ()


def member_of(
    client_id: int, level: str, hours: Decimal | None, asked: Newcomer, *, day_minutes: int,
    windows: tuple[Span, ...] | None, singles: tuple[tuple[Span, bool], ...],
) -> Member:
    """Return a client of the week; without prescribed hours, those of the level."""
    known = LEVELS.get(level)
    wanted = hours if hours is not None else (known.prescribed_hours if known else 0)
    # below PHP a day stays under its hours; at PHP the engine's own bound is the day's end
    most = SLOTS * SLOT if level in ("php", "residential") else day_minutes - SLOT
    return Member(client_id, level, tuple(sorted(asked.languages)), asked.gender,
                  int(float(str(wanted)) * 60), most, windows, singles, asked.stage, asked.dual)


def span(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> Span:
    """Return when a session is on the site's wall clock."""
    return starts_at.astimezone(zone).weekday(), *of_day(starts_at, ends_at, zone)


def spans(windows: Iterable[Any] | None) -> tuple[Span, ...] | None:
    """Return weekly windows of `clinic.calendar` as spans."""
    if windows is None:
        return None
    return tuple((one.weekday, one.from_minute, one.until_minute) for one in windows)


def is_movable(meeting: Meeting, member: Member) -> bool:
    """Tell whether a place may be planned: one that the group's own rule would refuse today just stays."""
    fits = not meeting.levels or member.level in meeting.levels
    fits = fits and (not meeting.stages or member.stage in meeting.stages)
    fits = fits and (not meeting.dual_only or bool(member.dual))
    return meeting.is_movable and fits and meeting.gender.casefold() in ("", member.gender.casefold())


def instance_of(facts: Facts) -> dict[str, Any]:
    """Return the week as the engine's JSON; ids are `g`, `c`, `k`, `r` with our numbers."""
    site_of = _sites(facts)
    return {
        "meta": {"name": "week", "days": DAYS, "slots_per_day": SLOTS, "max_topic_per_client": ANY_TOPIC,
                 "min_group": SMALLEST},
        "rooms": [{"id": f"r{pk}", "site": str(site), "kind": "group", "capacity": seats + LEADER}
                  for pk, site, seats in facts.rooms],
        "clinicians": [_clinician(facts, one, site_of) for one in facts.leaders],
        "groups": [_group(facts, one) for one in facts.meetings if one.is_movable],
        "clients": [_client(facts, one, site_of) for one in facts.members],
        "no_contact": [[f"c{one}", f"c{other}"] for one, other in facts.apart],
    }


def plan_of(facts: Facts) -> dict[str, Any]:
    """Return the week as it stands now, as a plan of the engine."""
    known = {one.client_id: one for one in facts.members}
    return {"individual": [], "groups": {
        f"g{one.series_id}": {
            "day": one.weekday, "start": _slot(one.from_minute), "clinician": f"k{one.leader_id}",
            "room": f"r{one.room_id}", "members": [
                f"c{pk}" for pk in one.members if pk in known and is_movable(one, known[pk])]}
        for one in facts.meetings if one.is_movable}}


def minus(windows: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Return windows without what is taken, in order."""
    left = sorted(windows)
    for day, begins, ends in taken:
        left = [part for one in left for part in (
            [one] if one[0] != day or ends <= one[1] or one[2] <= begins
            else [(day, one[1], begins), (day, ends, one[2])]) if part[1] < part[2]]
    return sorted(left)


def merged(windows: Iterable[Span]) -> list[Span]:
    """Return windows in order, those that touch or overlap as one."""
    found: list[Span] = []
    for day, begins, ends in sorted(windows):
        if found and found[-1][0] == day and begins <= found[-1][2]:
            found[-1] = (day, found[-1][1], max(found[-1][2], ends))
        else:
            found.append((day, begins, ends))
    return found


def in_slots(windows: Iterable[Span]) -> list[list[int]]:
    """Return windows as the engine's, rounded inwards to whole half-hours of its day."""
    rows = []
    for day, begins, ends in windows:
        first = max(0, -(-(begins - DAY_BEGINS) // SLOT))
        last = min(SLOTS, (ends - DAY_BEGINS) // SLOT)
        if first < last:
            rows.append([day, first, last])
    return rows


def _clinician(facts: Facts, one: Leader, site_of: Mapping[tuple[str, int], int]) -> dict[str, Any]:
    led = [m for m in facts.meetings if m.leader_id == one.user_id]
    # nobody asked for their hours: they lead what they lead, when they lead it, and nothing else
    windows = one.windows if one.windows is not None else tuple(m.span for m in led)
    taken = [*one.singles, *(m.span for m in led if not m.is_movable)]
    free = in_slots(minus(windows, taken))
    return {
        "id": f"k{one.user_id}", "site": str(site_of["k", one.user_id]), "licences": [LEADS],
        "languages": sorted({*one.languages, *(m.language for m in led)}), "windows": free,
        "max_slots": sum(last - first for _, first, last in free), "caseload": 0,
    }


def _group(facts: Facts, one: Meeting) -> dict[str, Any]:
    ranks = {RANKS.get(level, DEFAULT_RANK) for level in one.levels} or set(RANKS.values())
    stands = one.stages or range(STANDS)
    # a small one that meets already goes on; so does one with somebody whose times nobody knows
    members = [m for m in facts.members if m.client_id in one.members]
    stay = [m for m in members if not is_movable(one, m)]
    unasked = stay or any(m.windows is None for m in members)
    smallest = 1 if unasked else max(1, min(SMALLEST, len(members), one.capacity))
    return {
        "id": f"g{one.series_id}", "site": str(one.site_id), "topic": f"g{one.series_id}", "ebp": True,
        "licences": [LEADS], "dur": one.minutes // SLOT, "min_size": smallest,
        "capacity": max(one.capacity - len(stay), smallest), "gender": one.gender.casefold() or None,
        "dual_only": one.dual_only, "language": one.language,
        "stages": sorted(rank * STANDS + stage for rank in ranks for stage in stands),
        "last_week": {"day": one.weekday, "start": _slot(one.from_minute),
                      "clinician": f"k{one.leader_id}"},
    }


def _client(facts: Facts, one: Member, site_of: Mapping[tuple[str, int], int]) -> dict[str, Any]:
    mine = [m for m in facts.meetings if one.client_id in m.members]
    planned = [m for m in mine if is_movable(m, one)]
    fixed = [(m.span, m.counts) for m in mine if m not in planned] + list(one.singles)
    # where they come now they can come, whatever was said once; beyond it, only what was said:
    # with nobody asked their places stay, and nothing is put where they may not be able to
    windows = merged([*(one.windows or ()), *(m.span for m in mine)])
    given = sum(span[2] - span[1] for span, counts in fixed if counts)
    most = max((sum(s[2] - s[1] for s, counts in fixed if counts and s[0] == day)
                for day in range(DAYS)), default=0)
    # who has more than is prescribed keeps it: nobody is asked to come less for the sake of a number
    have = sum(m.minutes for m in planned)
    prescribed = -(-max(0, one.prescribed - given, have) // SLOT)
    return {
        "id": f"c{one.client_id}", "site": str(site_of["c", one.client_id]),
        "gender": one.gender.casefold() or NOBODY, "dual": bool(one.dual),
        "languages": sorted({*one.languages, *(m.language for m in planned)}),
        "level": NAMES.get(one.level, "IOP"),
        "stage": RANKS.get(one.level, DEFAULT_RANK) * STANDS + (one.stage or 0),
        "prescribed": prescribed, "max_day": min(SLOTS, max(0, one.most_a_day - most) // SLOT),
        "max_week": prescribed + DAYS, "services": [], "required_topics": [],
        "windows": in_slots(minus(windows, [span for span, _ in fixed])),
        "last_week": [f"g{m.series_id}" for m in planned],
    }


def _sites(facts: Facts) -> dict[tuple[str, int], int]:
    """Return the site of each person: where most of their groups are, else the first one."""
    first = min((site for _, site, _ in facts.rooms), default=0)
    found: dict[tuple[str, int], list[int]] = {}
    for one in facts.meetings:
        found.setdefault(("k", one.leader_id), []).append(one.site_id)
        for pk in one.members:
            found.setdefault(("c", pk), []).append(one.site_id)
    people = [("c", one.client_id) for one in facts.members] + [("k", one.user_id) for one in facts.leaders]
    return {who: max(sorted(sites), key=sites.count) if (sites := found.get(who)) else first
            for who in people}


def places(facts: Facts) -> dict[int, set[int]]:
    """Return the groups that each client is in."""
    found: dict[int, set[int]] = {}
    for one in facts.meetings:
        for pk in one.members:
            found.setdefault(pk, set()).add(one.series_id)
    return found


def _slot(minute: int) -> int:
    return (minute - DAY_BEGINS) // SLOT


def number(word: str) -> int:
    """Return our number in one of the engine's ids."""
    return int(word[1:])
