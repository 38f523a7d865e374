"""A week drawn: which half-hour a session begins in, how long it is, beside which others it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ROW = 30  # minutes
FIRST_HOUR, LAST_HOUR = 8, 18  # drawn even when nothing is there
MOST_ROWS, MOST_LANES = 48, 8


@dataclass(frozen=True, slots=True)
class Box:
    """Where a session is drawn: row and rows from the first hour on, lane from 1."""

    row: int
    rows: int
    lane: int


def hours(spans: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Return the first and the last hour to draw, for spans in minutes of the day."""
    known = list(spans)
    first = min([FIRST_HOUR, *(begins // 60 for begins, _ in known)])
    return first, min(24, max([LAST_HOUR, *(-(-ends // 60) for _, ends in known)]))


def boxes(spans: Sequence[tuple[int, int]], first_hour: int) -> list[Box]:
    """Return a box for each of a day's spans (begin, end in minutes), none over another."""
    lanes: list[int] = []  # where each lane is free again, in rows
    found = []
    for begins, ends in spans:
        row = max(0, (begins - first_hour * 60) // ROW)
        rows = max(1, min(MOST_ROWS, -(-(ends - first_hour * 60) // ROW)) - row)
        lane = next((n for n, until in enumerate(lanes) if until <= row), len(lanes))
        if lane == len(lanes):
            lanes.append(0)
        lanes[lane] = row + rows
        found.append(Box(row + 1, rows, min(MOST_LANES, lane + 1)))
    return found
