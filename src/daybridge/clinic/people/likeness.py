"""Whether two records may be one person: a score with its reasons. A person decides.

Source: own; points in hundredths. A shared telephone alone is weak: families share one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from daybridge.clinic.people.rules import SHORTEST_NUMBER, fold_contact
from daybridge.kernel.text import skeleton, words

ASK_FROM = 50  # points from which staff are asked before a second record is made
BIRTH_POINTS = 40
SWAPPED_POINTS = 25
NAME_POINTS = 40
PART_POINTS = 20
CONTACT_POINTS = 20


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person: any names they use, birth date, numbers, addresses."""

    names: tuple[str, ...]
    birth_date: date | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much speaks for one person, 0 to 100, and what it is."""

    score: int
    reasons: tuple[str, ...]

    @property
    def ask(self) -> bool:
        """Tell whether staff should be asked."""
        return self.score >= ASK_FROM


def likeness(one: Known, other: Known) -> Likeness:
    """Return how likely two records are one person; which comes first does not matter."""
    found = [*_births(one, other), *_names(one, other), *_contacts(one, other)]
    return Likeness(
        sum(points for points, _ in found), tuple(reason for _, reason in found)
    )


def _births(one: Known, other: Known) -> Iterable[tuple[int, str]]:
    first, second = one.birth_date, other.birth_date
    if first is None or second is None:
        return
    if first == second:
        yield BIRTH_POINTS, "same date of birth"
    elif (first.year, first.month, first.day) == (second.year, second.day, second.month):
        yield SWAPPED_POINTS, "day and month of birth swapped"


def _names(one: Known, other: Known) -> Iterable[tuple[int, str]]:
    first, second = _skeletons(one.names), _skeletons(other.names)
    if not first or not second:
        return
    if first <= second or second <= first:
        yield NAME_POINTS, "a name that looks the same"
    elif first & second:
        yield PART_POINTS, "a part of the name looks the same"


def _contacts(one: Known, other: Known) -> Iterable[tuple[int, str]]:
    phones = _folded("phone", one.phones) & _folded("phone", other.phones)
    if any(len(phone) >= SHORTEST_NUMBER for phone in phones):
        yield CONTACT_POINTS, "same telephone"
    elif _folded("email", one.emails) & _folded("email", other.emails):
        yield CONTACT_POINTS, "same e-mail"


def _folded(kind: str, values: Iterable[str]) -> set[str]:
    return {fold_contact(kind, value) for value in values if value.strip()}


def _skeletons(names: Iterable[str]) -> set[str]:
    return {skeleton(word) for name in names for word in words(name)}
