"""Whether a row of a file is somebody already known. Pure; it never merges, it only asks.

A wrong yes loses a person, a wrong no writes one down twice: so a row that nothing tells
apart from a record counts as the same, and every contradiction counts as somebody else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from daybridge.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells one person from another; names folded, numbers and addresses too."""

    key: int
    preferred: str
    legal: frozenset[str]
    birth_date: date | None
    contacts: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """Return every name, folded."""
        return self.legal | {self.preferred}


def traits(
    key: int, preferred: str, legal: Iterable[str], born: date | None, contacts: Iterable[str]
) -> Traits:
    """Return the traits of a row or a record."""
    folded = frozenset(_name(name) for name in legal if name)
    return Traits(key, _name(preferred), folded, born, frozenset(one for one in contacts if one))


def _name(name: str) -> str:
    return " ".join(fold(name).split())


def same(one: Traits, other: Traits) -> bool:
    """Tell whether two records are one person."""
    if one.names.isdisjoint(other.names):
        return False
    dates = None not in (one.birth_date, other.birth_date)
    if dates and one.birth_date != other.birth_date:
        return False
    reached = not one.contacts.isdisjoint(other.contacts)
    if one.legal and other.legal and one.legal.isdisjoint(other.legal):
        return dates and reached  # renamed since; else two people with one first name
    return dates or reached or not (one.contacts and other.contacts)


class Known:
    """People by name and birth date, so that ten thousand rows are asked for quickly."""

    def __init__(self, people: Iterable[Traits] = ()) -> None:
        self._by_name: dict[str, dict[date | None, list[Traits]]] = {}
        for one in people:
            self.add(one)

    def add(self, one: Traits) -> None:
        """Take somebody in."""
        for name in one.names:
            self._by_name.setdefault(name, {}).setdefault(one.birth_date, []).append(one)

    def find(self, one: Traits) -> list[int]:
        """Return the keys of those who are the same person."""
        return sorted({other.key for other in self._near(one) if same(one, other)})

    def _near(self, one: Traits) -> Iterator[Traits]:
        for name in one.names:
            by_date = self._by_name.get(name, {})
            dates = by_date if one.birth_date is None else (one.birth_date, None)
            for born in dates:
                yield from by_date.get(born, ())
