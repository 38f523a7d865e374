"""The middle of some values, with the interval their order gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb, sqrt

from daybridge.kernel.proportion import Z_95

TAILS = 40  # each tail holds one 40th: 2.5 %
EXACT_UP_TO = 1000  # values; beyond, the normal approximation differs by at most one rank


@dataclass(frozen=True, slots=True)
class Median:
    """The median of `count` values and its 95 % interval, in the unit of the values.

    The interval is None below six values: no two of five values enclose the median with
    95 % certainty. A wait that has not ended may be given as infinity.
    """

    value: float
    interval: tuple[float, float] | None
    count: int


def median(values: Iterable[float]) -> Median | None:
    """Return the median with its order-statistic 95 % interval; None of no values.

    The interval runs from the k-th smallest to the k-th largest value, with the largest k
    that keeps at least 95 % (binomial with chance one half). Source: Conover 1999, 3.2.
    """
    ordered = sorted(values)
    count = len(ordered)
    if count == 0:
        return None
    if any(value != value for value in ordered):  # noqa: PLR0124 - a nan is not itself
        raise ValueError("A value that is no number has no place in a median.")
    lower, upper = ordered[(count - 1) // 2], ordered[count // 2]
    middle = lower if lower == upper else (lower + upper) / 2
    rank = _rank(count)
    return Median(middle, (ordered[rank - 1], ordered[-rank]) if rank else None, count)


def _rank(count: int) -> int:
    """Return the largest k with P(fewer than k below the median) <= 2.5 %, 0 if none."""
    if count > EXACT_UP_TO:
        return int((count + 1) / 2 - Z_95 * sqrt(count) / 2)
    ways, rank, all_ways = 0, 0, 1 << count
    while (ways + comb(count, rank)) * TAILS <= all_ways:
        ways += comb(count, rank)
        rank += 1
    return rank
