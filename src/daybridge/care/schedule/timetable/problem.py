"""One site of an instance as numbers: clients, groups and clinicians by place, time as bits.

A week is one whole number: bit `day * 32 + slot` is a half-hour. Whether somebody is free for
a session is then one comparison, and where a session could begin is a few shifts.
"""

from collections.abc import Iterable

from daybridge.care.schedule.timetable.instance import Client, Clinician, Group, Instance, Window, may_join

STRIDE = 32


def span(start: int, dur: int) -> int:
    """Return the bits of a session that begins at a bit."""
    return ((1 << dur) - 1) << start


def of_windows(windows: Iterable[Window]) -> int:
    """Return the bits of weekly windows.

    A session lies in one window. Where two of a day touch, the longer one counts: as bits they
    would look like one.
    """
    mask = 0
    for day, first, last in sorted(windows, key=lambda one: one[1] - one[2]):
        around = span(day * STRIDE + first, last - first + 1) | 1 << max(0, day * STRIDE + first - 1)
        if not mask & around or not span(day * STRIDE + first, last - first) & ~mask:
            mask |= span(day * STRIDE + first, last - first)
    return mask


def starts(free: int, dur: int) -> int:
    """Return the bits at which a session of this length could begin."""
    found = free
    for shift in range(1, dur):
        found &= free >> shift
    return found


def bits(mask: int) -> list[int]:
    """Return the places of the bits that are set, the earliest first."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


class Problem:
    """One site: everything that does not change while it is planned."""

    def __init__(self, instance: Instance, site: str) -> None:
        self.instance, self.site = instance, site
        self.clients = [one for one in instance.clients if one.site == site]
        self.groups = [one for one in instance.groups if one.site == site]
        self.clinicians = [one for one in instance.clinicians if one.site == site]
        rooms = [one for one in instance.rooms if one.site == site]
        self.group_rooms = sorted((r for r in rooms if r.kind == "group"), key=lambda r: (r.capacity, r.id))
        self.offices = [one for one in rooms if one.kind == "office"]
        self.client_at = {one.id: place for place, one in enumerate(self.clients)}
        self.group_at = {one.id: place for place, one in enumerate(self.groups)}
        self.clinician_at = {one.id: place for place, one in enumerate(self.clinicians)}
        self._windows(instance)
        self._eligible()
        self.apart: list[set[int]] = [set() for _ in self.clients]
        for a, b in instance.no_contact:
            if a in self.client_at and b in self.client_at:
                self.apart[self.client_at[a]].add(self.client_at[b])
                self.apart[self.client_at[b]].add(self.client_at[a])

    def _windows(self, instance: Instance) -> None:
        opened = of_windows((day, 0, instance.slots) for day in range(instance.days))
        self.client_free = [of_windows(one.windows) & opened for one in self.clients]
        self.clinician_free = [of_windows(one.windows) & opened for one in self.clinicians]
        self.opened = opened
        self.limit = [min(one.max_week, one.prescribed + 2) for one in self.clients]

    def _eligible(self) -> None:
        self.groups_of: list[list[int]] = [
            [g for g, group in enumerate(self.groups) if may_join(client, group)] for client in self.clients]
        self.clients_of: list[list[int]] = [[] for _ in self.groups]
        for c, groups in enumerate(self.groups_of):
            for g in groups:
                self.clients_of[g].append(c)
        self.leaders = [[k for k, one in enumerate(self.clinicians) if may_lead(one, group)]
                        for group in self.groups]
        self.last_members: list[list[int]] = [[] for _ in self.groups]
        self.last_groups = [frozenset(self.group_at[g] for g in client.last_week if g in self.group_at)
                            for client in self.clients]
        for c, mine in enumerate(self.last_groups):
            for g in mine:
                if g in set(self.groups_of[c]):
                    self.last_members[g].append(c)
        # whoever may give a service, the primary clinician first
        self.givers = [[self._givers(client, place) for place in range(len(client.services))]
                       for client in self.clients]

    def _givers(self, client: Client, place: int) -> list[int]:
        able = [k for k, one in enumerate(self.clinicians) if may_give(one, client, place)]
        return sorted(able, key=lambda k: self.clinicians[k].id != client.services[place].primary)



def may_lead(one: Clinician, group: Group) -> bool:
    """Tell whether a clinician may lead a group."""
    return not one.licences.isdisjoint(group.licences) and group.language in one.languages


def may_give(one: Clinician, client: Client, place: int) -> bool:
    """Tell whether a clinician may give a client's service."""
    return (not one.licences.isdisjoint(client.services[place].licences)
            and not one.languages.isdisjoint(client.languages))
