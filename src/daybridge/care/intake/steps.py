"""The next step of somebody who waits, in words. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """How far somebody has come."""

    state: str
    unasked: int
    booking: str
    open_hurdles: int


def next_step(where: Where) -> str:
    """Return the one thing to do next."""
    if where.state == "evaluated":
        return "Decide together where treatment takes place"
    if where.unasked:
        return f"Ask {where.unasked} safety question{'s' if where.unasked > 1 else ''}"
    if where.booking == "came":
        return "Finish the evaluation"
    if where.booking == "missed":
        return "Call, and offer another time"
    if where.booking != "booked":
        return "Book the evaluation"
    return "Take the hurdles away" if where.open_hurdles else "Keep contact until the evaluation"


def median(days: list[float]) -> float | None:
    """Return the median, or None of nothing."""
    if not days:
        return None
    ordered = sorted(days)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
