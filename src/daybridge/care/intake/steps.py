"""The next step of somebody who waits, in words. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """How far somebody has come."""

    state: str
    unasked: int
    booking: str
    open_hurdles: int
    in_danger: bool = False


def next_step(where: Where) -> str:
    """Return the one thing to do next."""
    steps = (
        (where.in_danger and where.booking != "came", "A clinician talks with them now"),
        (where.state == "evaluated", "Decide together where treatment takes place"),
        (where.unasked > 0, f"Ask {where.unasked} safety question{'s' * (where.unasked > 1)}"),
        (where.booking == "came", "Finish the evaluation"),
        (where.booking == "missed", "Call, and offer another time"),
        (where.booking != "booked", "Book the evaluation"),
        (where.open_hurdles > 0, "Take the hurdles away"),
    )
    return next((words for holds, words in steps if holds), "Keep contact until the evaluation")


def median(days: list[float]) -> float | None:
    """Return the median, or None of nothing."""
    if not days:
        return None
    ordered = sorted(days)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
