"""Where the points, bands and events of a trend stand in its picture. Pure; units are SVG's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 360, 208
LEFT, RIGHT, TOP, BOTTOM = 26, 128, 30, 24  # the names of the bands stand at the right
SHADES = 4
LABEL_WIDTH = 62
LOWEST_BAND = 11  # a band thinner than its label's line is shaded and not labelled in the picture


@dataclass(frozen=True, slots=True)
class Point:
    """One value on one day."""

    on: date
    value: float


@dataclass(frozen=True, slots=True)
class Band:
    """A range of values with its name, both ends included."""

    low: float
    high: float
    label: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day."""

    on: date
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A text or dot in the picture."""

    x: float
    y: float
    label: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Stripe:
    """A band in the picture."""

    y: float
    height: float
    label: str
    shade: int
    label_y: float | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the template draws."""

    stripes: tuple[Stripe, ...]
    dots: tuple[Mark, ...]
    line: str
    events: tuple[Mark, ...]
    ticks: tuple[Mark, ...]
    days: tuple[Mark, ...]
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    width: int = WIDTH
    height: int = HEIGHT
    plot_width: int = WIDTH - RIGHT - LEFT


def picture(
    points: Sequence[Point], bands: Sequence[Band], events: Sequence[Event],
    low: float, high: float,
) -> Picture:
    """Place a trend: values between low and high, days from the first to the last."""
    span = _Span(points, events)
    seen = [event for event in events if span.first <= event.on <= span.last]

    def y(value: float) -> float:
        inside = min(max(value, low), high)
        share = (inside - low) / (high - low) if high > low else 0.0
        return round(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP), 1)

    dots = tuple(Mark(span.x(one.on), y(one.value), f"{one.value:g}") for one in points)
    return Picture(
        stripes=tuple(_stripe(band, place, y, low, high) for place, band in enumerate(bands)),
        dots=dots, line=" ".join(f"{dot.x},{dot.y}" for dot in dots),
        events=_events(seen, span),
        ticks=tuple(Mark(LEFT - 4, y(value), f"{value:g}", "end")
                    for value in ticks(bands, low, high)),
        days=_days(span),
    )


def ticks(bands: Sequence[Band], low: float, high: float) -> list[float]:
    """Return the values named at the side: both ends, and where a band begins."""
    wanted = sorted({low, high, *(band.low for band in bands if low < band.low < high)})
    room = (high - low) / 9
    kept = [wanted[0]]
    for value in wanted[1:-1]:
        if value - kept[-1] >= room and high - value >= room:
            kept.append(value)
    return [*kept, wanted[-1]] if len(wanted) > 1 else kept


class _Span:
    """The days of a picture and their place from left to right."""

    def __init__(self, points: Sequence[Point], events: Sequence[Event]) -> None:
        days = [one.on for one in points] or [one.on for one in events] or [date(2000, 1, 1)]
        began = [one.on for one in events if one.on <= min(days)]
        self.first = max(began, default=min(days))
        self.last = max(days)

    def x(self, day: date) -> float:
        length = (self.last - self.first).days
        share = (day - self.first).days / length if length else 0.5
        return round(LEFT + 6 + share * (WIDTH - RIGHT - LEFT - 12), 1)


def _stripe(
    band: Band, place: int, y: Callable[[float], float], low: float, high: float
) -> Stripe:
    step = 1.0 if band.high > band.low or high - low > 1 else 0.0
    ceiling = min(band.high + step, high) if band.high < high else high
    top, bottom = y(ceiling), y(band.low)
    height = round(bottom - top, 1)
    label_y = round((top + bottom) / 2 + 3, 1) if height >= LOWEST_BAND else None
    return Stripe(top, height, band.label, min(place, SHADES), label_y)


def _events(events: Sequence[Event], span: _Span) -> tuple[Mark, ...]:
    """Place events; a label that would stand on the one before it goes to the second line."""
    placed: list[Mark] = []
    reached = [-1.0, -1.0]
    for event in sorted(events, key=lambda one: one.on):
        x = span.x(event.on)
        anchor = "end" if x > WIDTH - RIGHT else "start"
        start = x - LABEL_WIDTH if anchor == "end" else x
        line = 0 if start >= reached[0] else 1
        reached[line] = start + LABEL_WIDTH
        placed.append(Mark(x, 10.0 + 12 * line, event.label, anchor))
    return tuple(placed)


def _days(span: _Span) -> tuple[Mark, ...]:
    days = [span.first, span.last] if span.last > span.first else [span.first]
    y = HEIGHT - 8.0
    if len(days) == 1:
        return (Mark(span.x(days[0]), y, _short(days[0]), "middle"),)
    return (Mark(LEFT, y, _short(days[0])), Mark(WIDTH - RIGHT, y, _short(days[1]), "end"))


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"
