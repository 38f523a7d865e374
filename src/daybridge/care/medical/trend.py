"""A small chart of points over time: where each point and band stands, in the drawing's units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH, HEIGHT = 440, 210
LEFT, RIGHT, TOP, BOTTOM = 28, 132, 14, 26
FEWEST_SHOWN = 10  # points of the axis at least, so that 2 does not look like much


@dataclass(frozen=True, slots=True)
class Dot:
    """One measurement."""

    x: float
    y: float
    value: int
    at: datetime


@dataclass(frozen=True, slots=True)
class BandShape:
    """One band: its name and where it lies."""

    name: str
    y: float
    height: float
    label_y: float
    low: int


@dataclass(frozen=True, slots=True)
class Trend:
    """Everything the drawing needs."""

    dots: tuple[Dot, ...]
    line: str
    bands: tuple[BandShape, ...]
    first: datetime
    last: datetime
    top: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM
    room: int = WIDTH - LEFT - RIGHT


def trend(
    rows: Sequence[tuple[datetime, int]], bands: Sequence[tuple[str, int, int]], *, since: datetime,
    until: datetime,
) -> Trend | None:
    """Return the chart of these measurements, oldest at the left; None when there are none."""
    shown = sorted(row for row in rows if since <= row[0] <= until)
    if not shown:
        return None
    first, last = shown[0][0], shown[-1][0]
    highest = max(value for _, value in shown)
    top = max(FEWEST_SHOWN, min(next((end for _, _, end in bands if end >= highest), highest), highest + 6))
    span = (last - first).total_seconds() or 1.0
    room = WIDTH - LEFT - RIGHT
    dots = tuple(
        Dot(round(LEFT + 8 + (room - 16) * ((at - first).total_seconds() / span if last > first else 0.5), 1),
            _y(value, top), value, at)
        for at, value in shown
    )
    shapes = tuple(
        BandShape(name, _y(min(end + 1, top), top), round(_y(low, top) - _y(min(end + 1, top), top), 1),
                  round((_y(low, top) + _y(min(end + 1, top), top)) / 2 + 4, 1), low)
        for name, low, end in bands if low < top
    )
    return Trend(dots, " ".join(f"{dot.x},{dot.y}" for dot in dots), shapes, first, last, top)


def _y(value: int, top: int) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top), 1)
