"""Which practice is to be looked at again, in which session, by whom: drawn, so that nobody chooses (P13)."""

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

EVERY = timedelta(days=30)  # a practice in use is checked once in thirty days (MEASURES.md, P13)
AHEAD = timedelta(days=10)  # so long before that a session is drawn
RATED_WITHIN = timedelta(days=7)  # a draw nobody has rated by then lapses, and another one is drawn


@dataclass(frozen=True, slots=True)
class Held:
    """A coming session of a practice, and who is free to watch it."""

    occurrence_id: int
    practice: str
    observers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A session and who watches it."""

    occurrence_id: int
    practice: str
    observer_id: int


def due(used: Iterable[str], checked: Mapping[str, date], waiting: Collection[str], today: date) -> list[str]:
    """Return the practices to be drawn for: in use, no draw waiting, the last check soon a month old."""
    return sorted(slug for slug in set(used) - set(waiting)
                  if slug not in checked or today >= checked[slug] + EVERY - AHEAD)


def draw(practices: Iterable[str], held: Sequence[Held], dice: random.Random) -> list[Drawn]:
    """Draw a session for each practice and an observer for it, each as likely as the other.

    A practice none of whose sessions anybody could watch is left: it stays unchecked, and shows.
    """
    found = []
    for slug in practices:
        able = [one for one in held if one.practice == slug and one.observers]
        if able:
            one = dice.choice(able)
            found.append(Drawn(one.occurrence_id, slug, dice.choice(one.observers)))
    return found


def seen(places: Iterable[int], items: int) -> list[int]:
    """Return the places of a list that were seen, each once, in order; what is not on it is left out."""
    return sorted({place for place in places if 0 <= place < items})
