"""The moves: what a step of the search may change. Each leaves a week that keeps the hard rules.

A move may leave groups below their smallest size while it works; `finish` closes them and
plans their members again, inside the same move.
"""

import random

from daybridge.care.schedule.timetable.problem import STRIDE, bits, span, starts
from daybridge.care.schedule.timetable.refill import refill
from daybridge.care.schedule.timetable.state import Meeting, State

RELATED = 4  # clients planned again together
PLACES = 4  # of the best places of a group, one is tried
MANY = 12  # members and joiners that decide on a place, beside the present ones


class Mover:
    """The moves on one state, with one source of chance."""

    def __init__(self, state: State, dice: random.Random) -> None:
        self.s, self.dice, self.p = state, dice, state.p
        self.weak: set[int] = set()
        self.again: list[int] = []

    def finish(self) -> None:
        """Plan again whom the move has touched, then close what has become too small."""
        self.dice.shuffle(self.again)
        for c in self.again:
            refill(self.s, c, self.dice)
        self.again = []
        for _ in range(3):
            small = [g for g in self.weak if self.is_small(g)]
            self.weak = set()
            if not small:
                return
            out: list[int] = []
            for g in small:
                if not self._recruit(g):
                    out += self._dissolve(g)
            for c in out:
                refill(self.s, c, self.dice)
        for g in [g for g in range(len(self.p.groups)) if self.is_small(g)]:
            self._dissolve(g)

    def is_small(self, g: int) -> bool:
        """Tell whether a group that meets has too few members."""
        return self.s.meets[g] is not None and len(self.s.members[g]) < self.p.groups[g].min_size

    # --- clients ------------------------------------------------------------------------
    def replan(self, c: int) -> None:
        """Plan one client again, most of their week or all of it."""
        self._empty(c, keep=self.dice.choice((0.0, 0.3, 0.6)))
        self.again.append(c)

    def replan_related(self, c: int) -> None:
        """Plan a client and some who sit in groups that the client could be in."""
        wanted = [g for g in self.p.groups_of[c] if self.s.meets[g] and g not in self.s.mine[c]]
        others = {x for g in wanted for x in self.s.members[g] if x != c}
        chosen = self.dice.sample(sorted(others), min(len(others), self.dice.randint(1, RELATED)))
        for x in (c, *chosen):
            self._empty(x, keep=self.dice.choice((0.2, 0.5, 0.7)))
        self.again = [c, *chosen]
        self.dice.shuffle(self.again)

    def take_seat(self, c: int) -> None:
        """Give a client a seat in a full group; who had it is planned again."""
        full = [g for g in self.p.groups_of[c] if self._only_full(c, g)]
        if not full:
            self.replan_related(c)
            return
        g = self.dice.choice(full)
        out = self.dice.choice(sorted(self.s.members[g]))
        self.s.leave(out, g)
        if self.s.can_join(c, g):
            self.s.join(c, g)
        self.again += [c, out]

    def _only_full(self, c: int, g: int) -> bool:
        meets = self.s.meets[g]
        return (meets is not None and len(self.s.members[g]) >= meets.seats and g not in self.s.mine[c]
                and self.s.free[c] & meets.mask == meets.mask)

    def _empty(self, c: int, keep: float) -> None:
        """Take a client out of groups and services, each kept with a chance."""
        for g in sorted(self.s.mine[c]):
            if self.dice.random() >= keep:
                self.s.leave(c, g)
                self.weak.add(g)
        for place, found in enumerate(self.s.booked[c]):
            if found is not None and self.dice.random() >= max(keep, 0.4):
                self.s.give_up(c, place)

    def make_room(self, c: int) -> None:
        """Let a clinician see this client when they see another now, who is planned again."""
        lacking = [place for place, found in enumerate(self.s.booked[c])
                   if found is None or found[1] != self.p.givers[c][place][0]]
        if not lacking:
            self.replan(c)
            return
        place = self.dice.choice(lacking)
        k = self.dice.choice(self.p.givers[c][place][:1] * 2 + self.p.givers[c][place])
        theirs = [(x, at) for x in range(len(self.p.clients)) if x != c
                  for at, found in enumerate(self.s.booked[x]) if found is not None and found[1] == k]
        self._empty(c, keep=self.dice.choice((0.3, 0.8)))
        if self.s.booked[c][place] is not None:
            self.s.give_up(c, place)
        if theirs:
            x, at = self.dice.choice(theirs)
            self.s.give_up(x, at)
            self.again.append(x)
        options = [one for one in bits(self.s.bookable(c, place, k)) if self.s.can_book(c, place, one)]
        if options:
            self.s.book(c, place, self.dice.choice(options), k)
        self.again.insert(0, c)

    # --- groups -------------------------------------------------------------------------
    def shift(self, g: int) -> None:
        """Let a group meet at another time, or again if it doesn't meet; then look who comes."""
        members = sorted(self.s.members[g])
        for c in members:
            self.s.leave(c, g)
        if self.s.meets[g] is not None:
            self.s.close(g)
        wanting = self._wanting(g, members)
        meeting = self._place(g, wanting)
        if meeting is not None:
            self.s.open(g, meeting)
            for c, _ in wanting:
                if self.s.can_join(c, g):
                    self.s.join(c, g)
            self.weak.add(g)
        self.again = [c for c in members if g not in self.s.mine[c]]

    def tightness(self, g: int) -> tuple[int, int]:
        """Return in how few places last week's members could all meet again (few = to be placed first)."""
        dur, members = self.p.groups[g].dur, self.p.last_members[g]
        free = self.p.opened
        for c in members:
            free &= self.s.free[c]
        led = 0
        for k in self.p.leaders[g]:
            led |= starts(self.s.staff_free[k], dur)
        return (starts(free, dur) & led).bit_count(), -len(members)

    def bring_back(self, g: int, members: list[int] | None = None) -> None:
        """Let members (of last week) meet where most of them can, as last week if that is as good."""
        wanting = [(c, 10.0) for c in (self.p.last_members[g] if members is None else members)]
        meeting = self._place(g, wanting, best_only=True)
        if meeting is None:
            return
        self.s.open(g, meeting)
        for c, _ in wanting:
            if self.s.can_join(c, g):
                self.s.join(c, g)

    def give_over(self, g: int) -> None:
        """Let somebody else lead a group, at the same time."""
        meets = self.s.meets[g]
        if meets is None:
            self.shift(g)
            return
        dur, members = self.p.groups[g].dur, sorted(self.s.members[g])
        able = [k for k in self.p.leaders[g] if k != meets.clinician
                and self.s.staff_free[k] & meets.mask == meets.mask
                and self.s.load[k] + dur <= self.p.clinicians[k].max_slots]
        if not able:
            self.shift(g)
            return
        k = self._preferred(g, able)
        for c in members:
            self.s.leave(c, g)
        self.s.close(g)
        self.s.open(g, Meeting(meets.start, k, meets.room, meets.mask, meets.seats))
        for c in members:
            self.s.join(c, g)

    def dissolve(self, g: int) -> None:
        """Let a group not meet; its members are planned again."""
        self.again = self._dissolve(g)

    def _dissolve(self, g: int) -> list[int]:
        members = sorted(self.s.members[g])
        for c in members:
            self.s.leave(c, g)
        if self.s.meets[g] is not None:
            self.s.close(g)
        return members

    def _recruit(self, g: int) -> bool:
        """Bring a group to its smallest size with people who have the time and the hours for it."""
        lacking = self.p.groups[g].min_size - len(self.s.members[g])
        able = [c for c in self.p.clients_of[g] if self.s.can_join(c, g)]
        able.sort(key=lambda c: self.s.hours[c] - self.p.clients[c].prescribed)
        for c in able[: 2 * lacking]:
            if lacking > 0 and self.s.can_join(c, g):
                self.s.join(c, g)
                lacking -= 1
        return lacking <= 0

    def _wanting(self, g: int, members: list[int]) -> list[tuple[int, float]]:
        """Return who would come, with how much it means to them; the present members first."""
        group = self.p.groups[g]
        found = {c: 3.0 + 2 * (c in self.p.last_members[g]) for c in members}
        for c in self.p.last_members[g]:
            found.setdefault(c, 2.5)
        extra = []
        for c in self.p.clients_of[g]:
            if c in found or self.s.hours[c] + group.dur > self.p.limit[c]:
                continue
            lacks = self.p.clients[c].prescribed - self.s.hours[c]
            needs = group.topic in self.p.clients[c].required_topics and not self.s.topics[c].get(group.topic)
            if lacks > 0 or needs:
                extra.append((c, min(lacks, group.dur) + 2.0 * needs + self.dice.random()))
        extra.sort(key=lambda pair: -pair[1])
        return [*sorted(found.items(), key=lambda pair: -pair[1]), *extra]

    def _place(
        self, g: int, wanting: list[tuple[int, float]], *, best_only: bool = False
    ) -> Meeting | None:
        """Return one of the best places for a group, by who could come."""
        dur = self.p.groups[g].dur
        leaders = {k: starts(self.s.staff_free[k], dur) for k in self.p.leaders[g]
                   if self.s.load[k] + dur <= self.p.clinicians[k].max_slots}
        led = 0
        for mask in leaders.values():
            led |= mask
        rooms = [starts(free, dur) for free in self.s.room_free]
        roomy = 0
        for mask in rooms:
            roomy |= mask
        scores: dict[int, float] = {}
        for c, weight in wanting[: self.p.groups[g].capacity + MANY]:
            for at in bits(starts(self.s.free[c], dur) & led & roomy):
                scores[at] = scores.get(at, 0.0) + weight
        if not scores:
            return None
        last = self.p.groups[g].last_week
        if last is not None and last.day * STRIDE + last.start in scores:
            scores[last.day * STRIDE + last.start] += 1.0
        best = sorted(scores.items(), key=lambda pair: -(pair[1] + self.dice.random()))[:PLACES]
        at = best[0 if best_only else min(int(self.dice.expovariate(1.2)), len(best) - 1)][0]
        k = self._preferred(g, [k for k, mask in leaders.items() if mask >> at & 1])
        return self._meeting(g, at, k, [r for r, mask in enumerate(rooms) if mask >> at & 1])

    def _meeting(self, g: int, at: int, k: int, rooms: list[int]) -> Meeting:
        group = self.p.groups[g]
        fitting = [r for r in rooms if self.p.group_rooms[r].capacity > group.capacity]
        room = fitting[0] if fitting else rooms[-1]
        return Meeting(at, k, room, span(at, group.dur),
                       min(group.capacity, self.p.group_rooms[room].capacity - 1))

    def _preferred(self, g: int, able: list[int]) -> int:
        """Return last week's facilitator if able, else somebody with hours left."""
        last = self.p.groups[g].last_week
        known = self.p.clinician_at.get(last.clinician) if last else None
        if known in able and self.dice.random() < 0.9:
            return known
        return min(able, key=lambda k: self.s.load[k] / max(1, self.p.clinicians[k].max_slots)
                   + self.dice.random() * 0.3)
