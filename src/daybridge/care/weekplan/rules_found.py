"""A found week read back: what it changes for groups and clients, who reaches their hours (L2). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from daybridge.care.weekplan.rules import DAY_BEGINS, SLOT, Facts, minus, number, places

Taken = list[tuple[str, int, int, int]]  # room, day, first slot, slot after the last


@dataclass(frozen=True, slots=True)
class Move:
    """A group meets at another time, in another room or with another leader."""

    series_id: int
    weekday: int
    from_minute: int
    room_id: int
    leader_id: int
    is_elsewhen: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One client's part: groups to leave and to join, contact minutes a week before and after."""

    client_id: int
    leaves: tuple[int, ...]
    joins: tuple[int, ...]
    before: int
    after: int


def moves(facts: Facts, plan: Mapping[str, Any]) -> list[Move]:
    """Return the groups that a found week holds otherwise than they are held now."""
    found = []
    for one in facts.meetings:
        held = plan["groups"].get(f"g{one.series_id}")
        if held is None:
            continue
        move = Move(one.series_id, held["day"], DAY_BEGINS + held["start"] * SLOT, number(held["room"]),
                    number(held["clinician"]),
                    (held["day"], DAY_BEGINS + held["start"] * SLOT) != (one.weekday, one.from_minute))
        if move.is_elsewhen or move.leader_id != one.leader_id or move.room_id != one.room_id:
            found.append(move)
    return found


def changes(facts: Facts, plan: Mapping[str, Any]) -> list[Change]:
    """Return what a found week changes for each client, the largest gain first."""
    minutes = {one.series_id: one.minutes for one in facts.meetings if one.counts}
    now, known = places(facts), {number(pk) for pk in plan["asked"]["clients"]}
    asked = {(number(pk), number(key)) for key, held in plan["asked"]["places"].items() for pk in held}
    wanted: dict[int, set[int]] = {one.client_id: set() for one in facts.members if one.client_id in known}
    for key, held in plan["groups"].items():
        for pk in held["members"]:
            wanted.setdefault(number(pk), set()).add(number(key))
    found = []
    # who came, and what was begun, after the search is none of its business
    for client_id, then in wanted.items():
        have = now.get(client_id, set())
        leaves, joins = {pk for pk in have - then if (client_id, pk) in asked}, then - have
        if leaves or joins:
            before = sum(minutes.get(pk, 0) for pk in have)
            after = before + sum(minutes[pk] for pk in joins) - sum(minutes[pk] for pk in leaves)
            found.append(Change(client_id, tuple(sorted(leaves)), tuple(sorted(joins)), before, after))
    return sorted(found, key=lambda one: (one.before - one.after, one.client_id))


def minutes_after(facts: Facts, plan: Mapping[str, Any] | None = None) -> dict[int, int]:
    """Return each client's contact minutes a week: as it stands, or after a found week's changes."""
    total = {one.client_id: sum(s[2] - s[1] for s, counts in one.singles if counts) for one in facts.members}
    for one in facts.meetings:
        for pk in one.members if one.counts else ():
            total[pk] = total.get(pk, 0) + one.minutes
    for change in changes(facts, plan) if plan else ():
        total[change.client_id] = total.get(change.client_id, 0) + change.after - change.before
    return total


def reached(facts: Facts, minutes: Mapping[int, int]) -> int:
    """Return how many clients have their prescribed minutes."""
    return sum(minutes.get(one.client_id, 0) >= one.prescribed for one in facts.members)


def not_held(facts: Facts, plan: Mapping[str, Any]) -> list[int]:
    """Return the groups for which the found week has no leader, room or members."""
    return [one.series_id for one in facts.meetings
            if one.members and f"g{one.series_id}" in plan["asked"]["places"]
            and f"g{one.series_id}" not in plan["groups"]]


def outside(facts: Facts) -> list[int]:
    """Return the clients with a place outside the times they gave."""
    when = {pk: [one.span for one in facts.meetings if pk in one.members] for pk in places(facts)}
    return [one.client_id for one in facts.members if one.windows is not None
            and any(minus([span], one.windows) for span in when.get(one.client_id, ()))]


def keep_rooms(
    instance: Mapping[str, Any], before: Mapping[str, Any], plan: dict[str, Any]
) -> dict[str, Any]:
    """Return the plan with each group that meets when it did in the room it had; others where there is room.

    The engine counts rooms, people know them: who changes rooms for nothing is annoyed for nothing.
    """
    groups, free = plan["groups"], _Rooms(instance)
    for key, held in groups.items():
        old = before["groups"].get(key)
        if old and (old["day"], old["start"]) == (held["day"], held["start"]):
            free.claim(key, held, [old["room"]])
    for key, held in groups.items():
        free.claim(key, held, [held["room"], *free.smallest_first])
    if len(free.rooms) < len(groups):
        return plan
    return {**plan, "groups": {key: {**held, "room": free.rooms[key]} for key, held in groups.items()}}


class _Rooms:
    """Who has which room when."""

    def __init__(self, instance: Mapping[str, Any]) -> None:
        self.of = {one["id"]: one for one in instance["rooms"]}
        self.smallest_first = sorted(self.of, key=lambda pk: self.of[pk]["capacity"])
        self.groups = {one["id"]: one for one in instance["groups"]}
        self.taken: Taken = []
        self.rooms: dict[str, str] = {}

    def claim(self, key: str, held: Mapping[str, Any], wanted: list[str]) -> None:
        """Give a group the first of these rooms that is free and large enough, unless it has one."""
        begins, ends = held["start"], held["start"] + self.groups[key]["dur"]
        for pk in wanted if key not in self.rooms else ():
            room = self.of.get(pk)
            if room and room["site"] == self.groups[key]["site"] and room["capacity"] > len(held["members"]) \
                    and not any(other == pk and day == held["day"] and first < ends and begins < last
                                for other, day, first, last in self.taken):
                self.rooms[key] = pk
                self.taken.append((pk, held["day"], begins, ends))
                return
