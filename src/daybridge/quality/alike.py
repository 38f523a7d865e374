"""How alike the texts of different clients are: a companion that shows copied words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from heapq import nlargest

from daybridge.access.actors import Actor
from daybridge.care.planning.rules import most_alike
from daybridge.quality.measure import Reading, Window
from daybridge.quality.reading import cases

SAME = 0.9  # likeness from which two texts count as the same (own)
LOOKED_AT = 3  # texts with most words in common that are compared letter by letter


def alike(*sql: str) -> Callable[[Actor, Window], Reading]:
    """Return a function that reads one row a client, its text as the note.

    Counted is who has a text that another client has too; the texts stay behind.
    """
    reader = cases(*sql)

    def read(viewer: Actor, window: Window) -> Reading:
        found = reader(viewer, window)
        closest = _closest({case.client_id: case.note for case in found.cases})
        return Reading(tuple(
            replace(case, counted=closest[case.client_id] >= SAME, value=closest[case.client_id],
                    note=f"{closest[case.client_id]:.0%} like another client's")
            for case in found.cases
        ))

    return read


def _closest(texts: Mapping[int, str]) -> dict[int, float]:
    words = {client: frozenset(text.casefold().split()) for client, text in texts.items()}
    found = {}
    for client, own in words.items():
        others = nlargest(
            LOOKED_AT, (one for one in words if one != client),
            key=lambda one: len(own & words[one]) / (len(own | words[one]) or 1),
        )
        found[client] = most_alike(texts[client], [texts[one] for one in others])
    return found
