"""Our own judge of a plan, written from the rules: it shares the weights with the engine, nothing else.

It looks at a whole week with plain sets and lists, slowly and simply. Nothing is shown, saved
or approved that it refuses.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from daybridge.care.schedule.timetable import cost
from daybridge.care.schedule.timetable.instance import Client, Clinician, Instance, Window, may_join
from daybridge.care.schedule.timetable.plan import GroupPlan, Plan, SessionPlan

Hour = tuple[str, int, int]  # whose, day, slot


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a plan breaks, what it costs, and how far it reaches."""

    broken: tuple[str, ...]
    cost: int
    clients: int
    reached: int
    iop: int
    iop_reached: int

    @property
    def reached_percent(self) -> float:
        """Return the share of clients who reach their prescribed hours."""
        return 100 * self.reached / max(1, self.clients)


def judge(instance: Instance, plan: Plan) -> Judgement:
    """Return what is wrong with a plan and what it costs."""
    one = _Week(instance, plan)
    broken = (*one.unknown(), *one.groups_broken(), *one.sessions_broken(), *one.clashes(),
              *one.limits_broken())
    short = [max(0, c.prescribed - one.hours[c.id]) for c in instance.clients]
    iop = [c for c in instance.clients if c.level == cost.IOP]
    return Judgement(
        broken, one.cost(), len(instance.clients), sum(s == 0 for s in short), len(iop),
        sum(one.hours[c.id] >= cost.NINE_HOURS for c in iop))


class _Week:
    def __init__(self, instance: Instance, plan: Plan) -> None:
        self.instance, self.plan = instance, plan
        self.clients = {one.id: one for one in instance.clients}
        self.staff = {one.id: one for one in instance.clinicians}
        self.groups = {one.id: one for one in instance.groups}
        self.rooms = {one.id: one for one in instance.rooms}
        self.hours: dict[str, int] = defaultdict(int)
        self.days: dict[tuple[str, int], int] = defaultdict(int)
        self.load: dict[str, int] = defaultdict(int)
        self.topics: dict[tuple[str, str], int] = defaultdict(int)
        self.taken: dict[Hour, list[str]] = defaultdict(list)
        self.groups_in = {pk: one for pk, one in plan.groups.items() if pk in self.groups}
        self.sessions = [(one, self._dur(one)) for one in plan.sessions if one.client in self.clients]
        for pk, one in self.groups_in.items():
            self._occupy(pk, one.clinician, one.room, one.members, one.day, one.start, self.groups[pk].dur)
            for client in one.members:
                self.topics[client, self.groups[pk].topic] += 1
        for session, dur in self.sessions:
            self._occupy(f"{session.client} {session.type}", session.clinician, session.room,
                         (session.client,), session.day, session.start, dur)

    def _dur(self, one: SessionPlan) -> int:
        found = [s.dur for s in self.clients[one.client].services if s.type == one.type]
        return found[0] if found else 0

    def _occupy(self, what: str, leader: str, room: str, members: tuple[str, ...], day: int, start: int,
                dur: int) -> None:
        self.load[leader] += dur
        for slot in range(start, start + dur):
            self.taken[f"clinician {leader}", day, slot].append(what)
            self.taken[f"room {room}", day, slot].append(what)
            for client in members:
                self.taken[f"client {client}", day, slot].append(what)
        for client in members:
            self.hours[client] += dur
            self.days[client, day] += dur

    def unknown(self) -> Iterator[str]:
        """Yield what names somebody or something that is not in the instance."""
        yield from (f"group {pk} is not in the instance" for pk in self.plan.groups if pk not in self.groups)
        yield from (f"client {one.client} is not in the instance" for one in self.plan.sessions
                    if one.client not in self.clients)
        for pk, one in self.groups_in.items():
            yield from (f"group {pk}: client {c} is not in the instance" for c in one.members
                        if c not in self.clients)

    def groups_broken(self) -> Iterator[str]:
        """Yield every hard rule that a group breaks."""
        for pk, one in self.groups_in.items():
            group = self.groups[pk]
            yield from self._placed(pk, one, group.site, "group", group.dur, one.members)
            leader = self.staff.get(one.clinician)
            if leader and leader.licences.isdisjoint(group.licences):
                yield f"group {pk}: {leader.id} has no licence for it"
            if leader and group.language not in leader.languages:
                yield f"group {pk}: {leader.id} does not speak its language"
            if len(set(one.members)) < len(one.members):
                yield f"group {pk}: somebody is in it twice"
            if not group.min_size <= len(one.members) <= group.capacity:
                yield f"group {pk}: {len(one.members)} members"
            yield from (f"group {pk}: {c} may not join it" for c in one.members
                        if c in self.clients and not may_join(self.clients[c], group))
            yield from (f"group {pk}: {a} and {b} are kept apart" for a, b in self.instance.no_contact
                        if a in one.members and b in one.members)

    def sessions_broken(self) -> Iterator[str]:
        """Yield every hard rule that an individual session breaks."""
        seen = set()
        for one, dur in self.sessions:
            client, what = self.clients[one.client], f"{one.client} {one.type}"
            service = next((s for s in client.services if s.type == one.type), None)
            if service is None or what in seen:
                yield f"{what}: not ordered, or twice"
                continue
            seen.add(what)
            yield from self._placed(what, one, client.site, "office", dur, (client.id,))
            leader = self.staff.get(one.clinician)
            if leader and leader.licences.isdisjoint(service.licences):
                yield f"{what}: {leader.id} has no licence for it"
            if leader and leader.languages.isdisjoint(client.languages):
                yield f"{what}: no language in common"

    def _placed(self, what: str, one: GroupPlan | SessionPlan, site: str, kind: str, dur: int,
                members: tuple[str, ...]) -> Iterator[str]:
        end, leader, room = one.start + dur, self.staff.get(one.clinician), self.rooms.get(one.room)
        if not (0 <= one.day < self.instance.days and one.start >= 0 and end <= self.instance.slots):
            yield f"{what}: outside opening hours"
        if leader is None or leader.site != site:
            yield f"{what}: {one.clinician} does not work there"
        elif not _inside(leader, one.day, one.start, end):
            yield f"{what}: {leader.id} is not on shift"
        if room is None or room.site != site or room.kind != kind:
            yield f"{what}: {one.room or 'no room'} is not a room for it"
        elif kind == "group" and len(members) + 1 > room.capacity:
            yield f"{what}: the room {room.id} is too small"
        yield from (f"{what}: {c} is not available" for c in members
                    if c in self.clients and not _inside(self.clients[c], one.day, one.start, end))

    def clashes(self) -> Iterator[str]:
        """Yield whoever is in two places at once."""
        yield from (f"{who}, day {day}, slot {slot}: {', '.join(what[:3])} at once"
                    for (who, day, slot), what in self.taken.items() if len(what) > 1)

    def limits_broken(self) -> Iterator[str]:
        """Yield every limit of a day or a week that is passed."""
        yield from (f"{pk} works {slots} half-hours" for pk, slots in self.load.items()
                    if pk in self.staff and slots > self.staff[pk].max_slots)
        for (pk, day), slots in self.days.items():
            if pk in self.clients and slots > self.clients[pk].max_day:
                yield f"{pk} has {slots} half-hours on day {day}"
        yield from (f"{pk} is in {times} groups of {topic}" for (pk, topic), times in self.topics.items()
                    if times > self.instance.max_topic)
        for one in self.instance.clients:
            if self.hours[one.id] > min(one.max_week, one.prescribed + cost.OVER_ORDER):
                yield f"{one.id} has {self.hours[one.id]} half-hours, above the order"

    def cost(self) -> int:
        """Return what the week costs."""
        total = 0
        booked = {(one.client, one.type): one.clinician for one, _ in self.sessions}
        groups: dict[str, set[str]] = defaultdict(set)
        for pk, one in self.groups_in.items():
            for client in one.members:
                groups[client].add(pk)
            last = self.groups[pk].last_week
            if last is not None:
                total += cost.GROUP_MOVED * ((one.day, one.start) != (last.day, last.start))
                total += cost.NEW_FACILITATOR * (last.clinician != one.clinician)
        for pk, slots in self.load.items():
            if pk in self.staff:
                total += cost.OVERLOAD_SLOT * max(0, slots - int(0.85 * self.staff[pk].max_slots))
        return total + sum(self._of(one, booked, groups[one.id]) for one in self.instance.clients)

    def _of(self, one: Client, booked: dict[tuple[str, str], str], groups: set[str]) -> int:
        short = max(0, one.prescribed - self.hours[one.id])
        total = cost.SHORT_SLOT * short + cost.NOT_REACHED * (short > 0)
        total += cost.IOP_BELOW * (one.level == "IOP" and self.hours[one.id] < cost.NINE_HOURS)
        total += cost.MISSING_TOPIC * sum(not self.topics[one.id, t] for t in one.required_topics)
        for service in one.services:
            given = booked.get((one.id, service.type))
            total += cost.MISSING_SERVICE if given is None else cost.NON_PRIMARY * (given != service.primary)
        return total + cost.LEFT_GROUP * sum(pk not in groups for pk in one.last_week)


def _inside(one: Client | Clinician, day: int, start: int, end: int) -> bool:
    windows: tuple[Window, ...] = one.windows
    return any(d == day and first <= start and end <= last for d, first, last in windows)


def sessions_of(plan: Plan) -> dict[tuple[str, str], tuple[object, ...]]:
    """Return each client's sessions: when, and of individual ones with whom."""
    found: dict[tuple[str, str], tuple[object, ...]] = {}
    for pk, one in plan.groups.items():
        for client in one.members:
            found[client, pk] = (one.day, one.start)
    for session in plan.sessions:
        found[session.client, session.type] = (session.day, session.start, session.clinician)
    return found


def changed(before: Plan, after: Plan) -> set[tuple[str, str]]:
    """Return the client sessions that differ between two plans."""
    a, b = sessions_of(before), sessions_of(after)
    return {key for key in a.keys() | b.keys() if a.get(key) != b.get(key)}
