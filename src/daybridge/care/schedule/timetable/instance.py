"""An instance: a week's rooms, clinicians, groups and clients, as read from a file or from our tables.

Times are half-hour slots of a day (0 = the day's start). A file that can't be used is refused
whole, with every fault named in words; nothing is guessed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")
MOST_FAULTS = 20
DAYS, SLOTS = 7, 31  # at most; a day has 32 bits of a week's mask, the last one keeps days apart
Window = tuple[int, int, int]  # day, first slot, slot after the last


class BadInstance(Exception):
    """The file can't be used; `faults` says each reason."""

    def __init__(self, faults: list[str]) -> None:
        shown = faults[:MOST_FAULTS]
        more = len(faults) - len(shown)
        super().__init__("\n".join([*shown, *([f"... and {more} more"] if more else [])]))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Room:
    """A room; `kind` is group or office."""

    id: str
    site: str
    kind: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Clinician:
    """Somebody who leads groups and sees clients, at most `max_slots` half-hours a week."""

    id: str
    site: str
    licences: frozenset[str]
    languages: frozenset[str]
    windows: tuple[Window, ...]
    max_slots: int


@dataclass(frozen=True, slots=True)
class LastWeek:
    """Where a group met last week."""

    day: int
    start: int
    clinician: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group that may meet once this week, `dur` half-hours long."""

    id: str
    site: str
    topic: str
    licences: frozenset[str]
    dur: int
    min_size: int
    capacity: int
    gender: str | None
    dual_only: bool
    language: str
    stages: frozenset[int]
    last_week: LastWeek | None


@dataclass(frozen=True, slots=True)
class Service:
    """An individual or family session that is ordered."""

    type: str
    dur: int
    licences: frozenset[str]
    primary: str


@dataclass(frozen=True, slots=True)
class Client:
    """Somebody in care; hours are half-hours a week."""

    id: str
    site: str
    gender: str
    dual: bool
    languages: frozenset[str]
    stage: int
    level: str
    prescribed: int
    max_day: int
    max_week: int
    windows: tuple[Window, ...]
    services: tuple[Service, ...]
    required_topics: tuple[str, ...]
    last_week: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instance:
    """A week to be planned."""

    name: str
    days: int
    slots: int
    max_topic: int
    rooms: tuple[Room, ...]
    clinicians: tuple[Clinician, ...]
    groups: tuple[Group, ...]
    clients: tuple[Client, ...]
    no_contact: tuple[tuple[str, str], ...]

    @property
    def sites(self) -> list[str]:
        """Return the sites that have clients or groups, in order."""
        return sorted({one.site for one in self.clients} | {one.site for one in self.groups})


def may_join(client: Client, group: Group) -> bool:
    """Tell whether a client may be in a group at all, whenever it meets."""
    return (
        client.site == group.site and group.gender in (None, client.gender)
        and (client.dual or not group.dual_only) and group.language in client.languages
        and client.stage in group.stages
    )


def read_instance(data: object) -> Instance:
    """Return the instance of a parsed JSON document; raises BadInstance with every fault."""
    faults: list[str] = []
    if not isinstance(data, Mapping):
        raise BadInstance(["An instance is a JSON object with meta, rooms, clinicians, groups and clients."])
    meta = data.get("meta")
    if not isinstance(meta, Mapping):
        raise BadInstance(["meta is missing: it says days and slots_per_day."])
    try:
        found = Instance(
            str(meta.get("name", "week")), _number(meta, "days", "meta", 1, DAYS),
            _number(meta, "slots_per_day", "meta", 1, SLOTS),
            _number(meta, "max_topic_per_client", "meta", 1, 1000),
            tuple(_each(data, "rooms", _room, faults)), tuple(_each(data, "clinicians", _clinician, faults)),
            tuple(_each(data, "groups", _group, faults)), tuple(_each(data, "clients", _client, faults)),
            tuple(_pairs(data.get("no_contact", []), faults)),
        )
    except _Fault as fault:
        raise BadInstance([str(fault), *faults]) from None
    faults += _contradictions(found)
    if faults:
        raise BadInstance(faults)
    return found


class _Fault(Exception):
    """One thing that is wrong."""


def _each(
    data: Mapping[str, Any], key: str, make: Callable[[Mapping[str, Any], str], T], faults: list[str]
) -> Iterator[T]:
    rows = data.get(key)
    if not isinstance(rows, list):
        raise _Fault(f"{key} is missing: it is a list.")
    for place, row in enumerate(rows):
        name = f"{key}[{place}]"
        if not isinstance(row, Mapping):
            faults.append(f"{name} is not an object.")
            continue
        name = f"{key} {row.get('id', place)}"
        try:
            yield make(row, name)
        except _Fault as fault:
            faults.append(str(fault))
        except (TypeError, ValueError, KeyError, IndexError, AttributeError):
            faults.append(f"{name}: a value has the wrong type.")


def _get(row: Mapping[str, Any], key: str, name: str) -> Any:  # noqa: ANN401 - a value of JSON
    if key not in row:
        raise _Fault(f"{name}: {key} is missing.")
    return row[key]


def _number(row: Mapping[str, Any], key: str, name: str, least: int, most: int) -> int:
    value = _get(row, key, name)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _Fault(f"{name}: {key} is {value!r}; it is a whole number from {least} to {most}.")
    return value


def _words(row: Mapping[str, Any], key: str, name: str) -> frozenset[str]:
    value = _get(row, key, name)
    if not isinstance(value, list):
        raise _Fault(f"{name}: {key} is a list.")
    return frozenset(str(one) for one in value)


def _windows(row: Mapping[str, Any], name: str) -> tuple[Window, ...]:
    found = []
    for one in _get(row, "windows", name):
        day, first, last = (int(part) for part in one)
        if not 0 <= day < DAYS or not 0 <= first < last <= SLOTS:
            raise _Fault(f"{name}: the window {list(one)} runs backwards or lies outside of the week.")
        found.append((day, first, last))
    return tuple(found)


def _room(row: Mapping[str, Any], name: str) -> Room:
    kind = _get(row, "kind", name)
    if kind not in ("group", "office"):
        raise _Fault(f"{name}: kind is {kind!r}; it is group or office.")
    return Room(str(_get(row, "id", name)), str(_get(row, "site", name)), kind,
                _number(row, "capacity", name, 1, 10_000))


def _clinician(row: Mapping[str, Any], name: str) -> Clinician:
    return Clinician(
        str(_get(row, "id", name)), str(_get(row, "site", name)), _words(row, "licences", name),
        _words(row, "languages", name), _windows(row, name), _number(row, "max_slots", name, 0, DAYS * SLOTS))


def _group(row: Mapping[str, Any], name: str) -> Group:
    last = row.get("last_week")
    smallest = _number(row, "min_size", name, 1, 10_000)
    capacity = _number(row, "capacity", name, 1, 10_000)
    if capacity < smallest:
        raise _Fault(f"{name}: its capacity {capacity} is below its smallest size {smallest}.")
    return Group(
        str(_get(row, "id", name)), str(_get(row, "site", name)), str(_get(row, "topic", name)),
        _words(row, "licences", name), _number(row, "dur", name, 1, SLOTS), smallest, capacity,
        row.get("gender"), bool(row.get("dual_only")), str(_get(row, "language", name)),
        frozenset(int(one) for one in _get(row, "stages", name)),
        LastWeek(int(last["day"]), int(last["start"]), str(last["clinician"])) if last else None)


def _service(row: Mapping[str, Any], name: str) -> Service:
    return Service(str(_get(row, "type", name)), _number(row, "dur", name, 1, SLOTS),
                   _words(row, "licences", name), str(_get(row, "primary", name)))


def _client(row: Mapping[str, Any], name: str) -> Client:
    return Client(
        str(_get(row, "id", name)), str(_get(row, "site", name)), str(_get(row, "gender", name)),
        bool(row.get("dual")), _words(row, "languages", name), int(_get(row, "stage", name)),
        str(_get(row, "level", name)), _number(row, "prescribed", name, 0, DAYS * SLOTS),
        _number(row, "max_day", name, 0, SLOTS), _number(row, "max_week", name, 0, DAYS * SLOTS),
        _windows(row, name), tuple(_service(one, name) for one in _get(row, "services", name)),
        tuple(str(one) for one in row.get("required_topics", [])),
        tuple(str(one) for one in row.get("last_week", [])))


def _pairs(rows: object, faults: list[str]) -> Iterator[tuple[str, str]]:
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, list) and len(row) == 2:
            yield str(row[0]), str(row[1])
        else:
            faults.append("no_contact holds pairs of clients.")


def _contradictions(one: Instance) -> Iterator[str]:
    """Yield what does not fit together: an id twice, an id that nobody has."""
    for what, rows in (("rooms", one.rooms), ("clinicians", one.clinicians), ("groups", one.groups),
                       ("clients", one.clients)):
        seen: set[str] = set()
        for row in rows:
            if row.id in seen:
                yield f"{what} {row.id}: this id is there twice."
            seen.add(row.id)
    staff, groups = {row.id for row in one.clinicians}, {row.id for row in one.groups}
    clients = {row.id for row in one.clients}
    for client in one.clients:
        yield from (f"clients {client.id}: last week's group {g} is not in the file."
                    for g in client.last_week if g not in groups)
        yield from (f"clients {client.id}: the clinician {s.primary} is not in the file."
                    for s in client.services if s.primary not in staff)
        if len({s.type for s in client.services}) < len(client.services):
            yield f"clients {client.id}: a service is ordered twice."
    for group in one.groups:
        if group.dur > one.slots:
            yield f"groups {group.id}: it is longer than a day."
    yield from (f"no_contact names {pk}, who is not in the file."
                for pair in one.no_contact for pk in pair if pk not in clients)
