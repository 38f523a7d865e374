"""What could not be met, in words a director can act on: one reason for each client, and counts."""

from collections import Counter
from dataclasses import dataclass

from daybridge.care.schedule.timetable.instance import Client, Instance
from daybridge.care.schedule.timetable.plan import Plan, state_of
from daybridge.care.schedule.timetable.problem import Problem, starts
from daybridge.care.schedule.timetable.state import State

HALF_HOUR = 0.5
TOO_LITTLE = "less time free than is prescribed"
NO_GROUP = "no more groups at the times when they can come"
FULL = "the groups at their times are full"
DAY_LIMIT = "the day's limit is reached"
BUSY = "what would fit overlaps with what they have"


@dataclass(frozen=True, slots=True)
class Unmet:
    """What one client lacks, and why."""

    client: str
    hours: float  # that are lacking
    topics: tuple[str, ...]
    services: tuple[str, ...]
    why: str


def unmet(instance: Instance, plan: Plan) -> list[Unmet]:
    """Return every client who lacks hours, a topic or a service, those who lack most first."""
    found = []
    for site in instance.sites:
        problem = Problem(instance, site)
        state = state_of(problem, plan)
        found += [one for c in range(len(problem.clients)) for one in [_of(state, c)] if one]
    return sorted(found, key=lambda one: (-one.hours, one.client))


def summary(rows: list[Unmet]) -> list[str]:
    """Return counts in words, the most frequent first."""
    return [f"{times} {'client' if times == 1 else 'clients'}: {why}"
            for why, times in Counter(row.why for row in rows).most_common()]


def _of(state: State, c: int) -> Unmet | None:
    client = state.p.clients[c]
    short = max(0, client.prescribed - state.hours[c])
    topics = tuple(t for t in client.required_topics if not state.topics[c].get(t))
    services = tuple(s.type for s, found in zip(client.services, state.booked[c], strict=True)
                     if found is None)
    if not (short or topics or services):
        return None
    return Unmet(client.id, short * HALF_HOUR, topics, services, _why(state, c, client, set(topics)))


def _why(state: State, c: int, client: Client, topics: set[str]) -> str:
    p = state.p
    if p.client_free[c].bit_count() < client.prescribed:
        return TOO_LITTLE
    meeting = [g for g in p.groups_of[c] if state.meets[g] is not None and g not in state.mine[c]
               and (not topics or p.groups[g].topic in topics)]
    inside = [g for g in meeting for one in [state.meets[g]]
              if one and p.client_free[c] & one.mask == one.mask]
    if not inside:
        return NO_GROUP
    free = [g for g in inside for one in [state.meets[g]]
            if one and state.free[c] & one.mask == one.mask]
    if not free:
        return BUSY
    if all(len(state.members[g]) >= one.seats for g in free for one in [state.meets[g]] if one):
        return FULL
    return DAY_LIMIT


def nobody_can_serve(instance: Instance) -> list[str]:
    """Return what no plan could give: services that nobody may give, topics that no group has."""
    found = []
    for site in instance.sites:
        problem = Problem(instance, site)
        for c, client in enumerate(problem.clients):
            for place, service in enumerate(client.services):
                if not any(starts(problem.client_free[c] & problem.clinician_free[k], service.dur)
                           for k in problem.givers[c][place]):
                    found.append(f"{client.id}: nobody may give the {service.type} session at their times.")
            topics = {problem.groups[g].topic for g in problem.groups_of[c]}
            found += [f"{client.id}: no group on {topic} that they may join."
                      for topic in client.required_topics if topic not in topics]
    return found
