"""The week as it is planned so far, changed in small steps that can be taken back.

Four steps and their opposites: a group is opened and closed, a client joins and leaves, a
service is booked and given up. Each writes its opposite into a journal, so that a move that
turns out worse is undone exactly. The cost is kept by difference: only clients, groups and
clinicians that a step has touched are counted again.
"""

from dataclasses import dataclass

from daybridge.care.schedule.timetable import cost
from daybridge.care.schedule.timetable.problem import STRIDE, Problem, span, starts


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and where a group meets, and who leads it."""

    start: int  # bit of the week
    clinician: int
    room: int
    mask: int
    seats: int


class State:
    """A site's week. Every step keeps the hard rules if its `can_` said yes."""

    def __init__(self, problem: Problem) -> None:
        self.p = problem
        clients, groups = len(problem.clients), len(problem.groups)
        self.free = list(problem.client_free)
        self.hours = [0] * clients
        self.day_hours = [[0] * problem.instance.days for _ in range(clients)]
        self.topics: list[dict[str, int]] = [{} for _ in range(clients)]
        self.mine: list[set[int]] = [set() for _ in range(clients)]
        self.booked: list[list[tuple[int, int] | None]] = [
            [None] * len(one.services) for one in problem.clients]
        self.meets: list[Meeting | None] = [None] * groups
        self.members: list[set[int]] = [set() for _ in range(groups)]
        self.staff_free = list(problem.clinician_free)
        self.load = [0] * len(problem.clinicians)
        self.room_free = [problem.opened] * len(problem.group_rooms)
        self.office_used: dict[int, int] = {}
        self.office_free = problem.opened if problem.offices else 0
        self.journal: list[tuple[str, tuple[int, ...]]] = []
        self.dirty: set[int] = set()
        self.client_cost = [self._cost_of(c) for c in range(clients)]
        self.cost = sum(self.client_cost)

    # --- what may be done ---------------------------------------------------------------
    def can_join(self, c: int, g: int) -> bool:
        """Tell whether a client fits into a group that meets (eligibility is the caller's)."""
        meets, group, client = self.meets[g], self.p.groups[g], self.p.clients[c]
        if meets is None or self.free[c] & meets.mask != meets.mask or g in self.mine[c]:
            return False
        if len(self.members[g]) >= meets.seats or self.hours[c] + group.dur > self.p.limit[c]:
            return False
        if self.day_hours[c][meets.start // STRIDE] + group.dur > client.max_day:
            return False
        if self.topics[c].get(group.topic, 0) >= self.p.instance.max_topic:
            return False
        return self.p.apart[c].isdisjoint(self.members[g])

    def can_book(self, c: int, place: int, start: int) -> bool:
        """Tell whether a client has the day's and the week's room for a service there."""
        dur, client = self.p.clients[c].services[place].dur, self.p.clients[c]
        return (self.hours[c] + dur <= self.p.limit[c]
                and self.day_hours[c][start // STRIDE] + dur <= client.max_day)

    def bookable(self, c: int, place: int, k: int) -> int:
        """Return the bits at which this clinician could see this client."""
        dur = self.p.clients[c].services[place].dur
        if self.load[k] + dur > self.p.clinicians[k].max_slots:
            return 0
        return starts(self.free[c] & self.staff_free[k] & self.office_free, dur)

    # --- the steps ----------------------------------------------------------------------
    def open(self, g: int, meeting: Meeting) -> None:
        """Let a group meet; nobody is in it yet."""
        self.meets[g] = meeting
        self.staff_free[meeting.clinician] &= ~meeting.mask
        self.room_free[meeting.room] &= ~meeting.mask
        self._add_load(meeting.clinician, self.p.groups[g].dur)
        self.cost += self._change(g, meeting)
        self.journal.append(("close", (g,)))

    def close(self, g: int) -> None:
        """Let a group not meet; its last member has left."""
        meeting = self.meets[g]
        if meeting is None or self.members[g]:
            raise ValueError("a group closes when nobody is in it")
        self.meets[g] = None
        self.staff_free[meeting.clinician] |= meeting.mask
        self.room_free[meeting.room] |= meeting.mask
        self._add_load(meeting.clinician, -self.p.groups[g].dur)
        self.cost -= self._change(g, meeting)
        self.journal.append(("reopen", (g, meeting)))  # type: ignore[arg-type]

    def join(self, c: int, g: int) -> None:
        """Let a client join a group that meets."""
        self._seat(c, g, 1)
        self.journal.append(("leave", (c, g)))

    def leave(self, c: int, g: int) -> None:
        """Let a client leave a group."""
        self._seat(c, g, -1)
        self.journal.append(("join", (c, g)))

    def book(self, c: int, place: int, start: int, k: int) -> None:
        """Book a service with a clinician, in one of the offices."""
        self.booked[c][place] = (start, k)
        self._service(c, place, start, k, 1)
        self.journal.append(("give_up", (c, place)))

    def give_up(self, c: int, place: int) -> None:
        """Take a service off."""
        found = self.booked[c][place]
        if found is None:
            raise ValueError("nothing is booked")
        self.booked[c][place] = None
        self._service(c, place, *found, -1)
        self.journal.append(("book", (c, place, *found)))

    # --- taking back --------------------------------------------------------------------
    def settle(self) -> int:
        """Count the touched clients again; return the week's cost."""
        for c in self.dirty:
            new = self._cost_of(c)
            self.cost += new - self.client_cost[c]
            self.client_cost[c] = new
        self.dirty.clear()
        return self.cost

    def take_back(self, mark: int = 0) -> None:
        """Undo every step since the journal was this long."""
        while len(self.journal) > mark:
            step, what = self.journal.pop()
            length = len(self.journal)
            if step == "reopen":
                self.open(*what)  # type: ignore[arg-type]
            else:
                getattr(self, step)(*what)
            del self.journal[length:]
        self.settle()

    def keep(self) -> None:
        """Forget how to undo what was done."""
        self.journal.clear()

    # --- the small print ----------------------------------------------------------------
    def _seat(self, c: int, g: int, sign: int) -> None:
        meeting, group = self.meets[g], self.p.groups[g]
        assert meeting is not None  # noqa: S101 - the caller's duty
        if sign > 0:
            self.free[c] &= ~meeting.mask
            self.mine[c].add(g)
            self.members[g].add(c)
        else:
            self.free[c] |= meeting.mask
            self.mine[c].remove(g)
            self.members[g].remove(c)
        self.hours[c] += sign * group.dur
        self.day_hours[c][meeting.start // STRIDE] += sign * group.dur
        self.topics[c][group.topic] = self.topics[c].get(group.topic, 0) + sign
        self.dirty.add(c)

    def _service(self, c: int, place: int, start: int, k: int, sign: int) -> None:
        dur = self.p.clients[c].services[place].dur
        mask = span(start, dur)
        if sign > 0:
            self.free[c] &= ~mask
            self.staff_free[k] &= ~mask
        else:
            self.free[c] |= mask
            self.staff_free[k] |= mask
        for bit in range(start, start + dur):
            used = self.office_used.get(bit, 0) + sign
            self.office_used[bit] = used
            if used >= len(self.p.offices):
                self.office_free &= ~(1 << bit)
            else:
                self.office_free |= 1 << bit
        self.hours[c] += sign * dur
        self.day_hours[c][start // STRIDE] += sign * dur
        self._add_load(k, sign * dur)
        self.dirty.add(c)

    def _add_load(self, k: int, slots: int) -> None:
        most = self.p.clinicians[k].max_slots
        self.cost -= cost.of_load(self.load[k], most)
        self.load[k] += slots
        self.cost += cost.of_load(self.load[k], most)

    def _change(self, g: int, meeting: Meeting) -> int:
        last = self.p.groups[g].last_week
        if last is None:
            return 0
        return cost.of_change(
            moved=last.day * STRIDE + last.start != meeting.start,
            new_facilitator=last.clinician != self.p.clinicians[meeting.clinician].id)

    def _cost_of(self, c: int) -> int:
        client = self.p.clients[c]
        missing = other = 0
        for service, found in zip(client.services, self.booked[c], strict=True):
            if found is None:
                missing += 1
            elif self.p.clinicians[found[1]].id != service.primary:
                other += 1
        return cost.of_client(
            hours=self.hours[c], prescribed=client.prescribed, level=client.level,
            topics=self.topics[c], required=client.required_topics, services_missing=missing,
            other_than_primary=other, left=len(self.p.last_groups[c] - self.mine[c]))
