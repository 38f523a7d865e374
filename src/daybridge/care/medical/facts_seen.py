"""What the checks look at: one client's facts at a moment, and the three values of a question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """A medicine on the list. `classes` is None when nobody knows what kind it is."""

    name: str
    classes: frozenset[str] | None
    prescriber: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A medicine that a prescriber thinks of starting."""

    name: str
    classes: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Allergic:
    """What somebody does not bear."""

    to: str
    classes: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation: a number, a choice, or when something was last used; and when it was seen."""

    at: datetime
    number: float | None = None
    choice: str = ""
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the checks may ask, as far as somebody has written it down.

    `seen` holds each kind's observations, the newest first; scales are kinds too. `evaluated`
    tells whether the evaluation is signed: until then a substance not rated is not known.
    """

    taken: tuple[Taken, ...] = ()
    ended: tuple[Taken, ...] = ()
    medicines_known: bool = False
    allergies: tuple[Allergic, ...] = ()
    allergies_known: bool = False
    seen: Mapping[str, tuple[Seen, ...]] = field(default_factory=dict)
    disorders: Mapping[str, str] = field(default_factory=dict)
    evaluated: bool = False
    offered: frozenset[str] = frozenset()
    kits_until: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer to a question: yes (True), no (False) or not known (None), and why."""

    value: bool | None
    because: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


NO = Judged(value=False)


def yes(*because: str) -> Judged:
    """Return yes, because of these facts."""
    return Judged(value=True, because=because)


def unknown(*missing: str) -> Judged:
    """Return not known: these facts are missing."""
    return Judged(value=None, missing=missing)


def any_of(parts: list[Judged]) -> Judged:
    """Return yes when one is; not known when none is and one is not known."""
    if any(part.value for part in parts):
        return Judged(True, _flat(part.because for part in parts if part.value))  # noqa: FBT003
    if any(part.value is None for part in parts):
        return Judged(None, (), _flat(part.missing for part in parts))
    return NO


def all_of(parts: list[Judged]) -> Judged:
    """Return no when one is; not known when none is and one is not known."""
    if any(part.value is False for part in parts):
        return NO
    because = _flat(part.because for part in parts)
    if any(part.value is None for part in parts):
        return Judged(None, because, _flat(part.missing for part in parts))
    return Judged(True, because)  # noqa: FBT003


def negated(part: Judged) -> Judged:
    """Return the opposite; not known stays not known."""
    return part if part.value is None else Judged(not part.value)


def _flat(many: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in many for word in words))
