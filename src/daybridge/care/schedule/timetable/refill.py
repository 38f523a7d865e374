"""One client's week planned again while the groups stay where they are: a small exact search."""

import random
from dataclasses import dataclass

from daybridge.care.schedule.timetable import cost
from daybridge.care.schedule.timetable.problem import STRIDE, bits, span
from daybridge.care.schedule.timetable.state import State

NODES = 160  # of the search; a week has few combinations that fit


@dataclass(frozen=True, slots=True)
class _Choice:
    group: int
    mask: int
    dur: int
    day: int
    topic: str
    last: bool


def refill(state: State, c: int, dice: random.Random) -> None:
    """Book what is ordered and let the client join the groups that cost least."""
    book_services(state, c, dice)
    _Search(state, c, dice).join_best()


def book_services(state: State, c: int, dice: random.Random) -> None:
    """Book the services that are missing: the primary clinician first, beside the groups if that goes."""
    for place, found in enumerate(state.booked[c]):
        if found is not None:
            continue
        groups = 0
        for g in state.p.groups_of[c]:
            meets = state.meets[g]
            if meets is not None and state.can_join(c, g):
                groups |= meets.mask
        _book_one(state, c, place, groups, dice)


def _book_one(state: State, c: int, place: int, groups: int, dice: random.Random) -> bool:
    givers, dur = state.p.givers[c][place], state.p.clients[c].services[place].dur
    rest = givers[1:]
    dice.shuffle(rest)
    for k in [*givers[:1], *rest]:
        options = bits(state.bookable(c, place, k))
        beside = [at for at in options if not span(at, dur) & groups]
        for at in (dice.sample(beside, len(beside)) if beside else dice.sample(options, len(options))):
            if state.can_book(c, place, at):
                state.book(c, place, at, k)
                return True
    return False


class _Search:
    """Depth first over the groups that fit, the most wanted first, a bounded number of steps."""

    def __init__(self, state: State, c: int, dice: random.Random) -> None:
        self.state, self.c, self.client = state, c, state.p.clients[c]
        self.required = [t for t in self.client.required_topics if not state.topics[c].get(t)]
        self.choices = self._choices(dice)
        self.days = list(state.day_hours[c])
        self.topics = dict(state.topics[c])
        self.taken: list[int] = []
        self.best: list[int] = []
        self.missing_last = len(state.p.last_groups[c] - state.mine[c])
        self.least = self._cost(state.hours[c], self.missing_last, len(self.required))
        self.nodes = NODES

    def join_best(self) -> None:
        """Join the set that was found."""
        self._go(0, self.state.free[self.c], self.state.hours[self.c], self.missing_last, len(self.required))
        for g in self.best:
            self.state.join(self.c, g)

    def _choices(self, dice: random.Random) -> list[_Choice]:
        state, c, last = self.state, self.c, self.state.p.last_groups[self.c]
        found = []
        for g in state.p.groups_of[c]:
            meets = state.meets[g]
            if meets is None or not state.can_join(c, g):
                continue
            group = state.p.groups[g]
            wanted = (2.5 * (g in last) + 4 * (group.topic in self.required) + 0.3 * group.dur
                      + 3 * dice.random())
            found.append((wanted, _Choice(
                g, meets.mask, group.dur, meets.start // STRIDE, group.topic, g in last)))
        found.sort(key=lambda pair: -pair[0])
        return [one for _, one in found]

    def _cost(self, hours: int, left: int, topics: int) -> int:
        short = self.client.prescribed - hours
        found = cost.LEFT_GROUP * left + cost.MISSING_TOPIC * topics
        if short > 0:
            found += cost.SHORT_SLOT * short + cost.NOT_REACHED
        if self.client.level == cost.IOP and hours < cost.NINE_HOURS:
            found += cost.IOP_BELOW
        return found

    def _go(self, place: int, free: int, hours: int, left: int, topics: int) -> None:
        self.nodes -= 1
        here = self._cost(hours, left, topics)
        if here < self.least:
            self.least, self.best = here, list(self.taken)
        if self.least == 0:
            return
        most = self.state.p.instance.max_topic
        for index in range(place, len(self.choices)):
            if self.nodes <= 0:
                return
            one = self.choices[index]
            if (free & one.mask != one.mask or hours + one.dur > self.state.p.limit[self.c]
                    or self.days[one.day] + one.dur > self.client.max_day
                    or self.topics.get(one.topic, 0) >= most):
                continue
            new = one.topic in self.required and not self.topics.get(one.topic)
            self._take(one, 1)
            self._go(index + 1, free & ~one.mask, hours + one.dur, left - one.last, topics - new)
            self._take(one, -1)
            if self.least == 0:
                return

    def _take(self, one: _Choice, sign: int) -> None:
        self.days[one.day] += sign * one.dur
        self.topics[one.topic] = self.topics.get(one.topic, 0) + sign
        if sign > 0:
            self.taken.append(one.group)
        else:
            self.taken.pop()
