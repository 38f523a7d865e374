"""A share of cases, with its uncertainty and its verdict in words."""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

Z_95 = 1.959964
FEWEST_CASES = 5


class Verdict(StrEnum):
    """How a figure stands against its target, in words."""

    KEPT = "kept"
    KEPT_FEW = "kept, few cases"
    AT_RISK = "at risk"
    NOT_KEPT = "not kept"
    NOT_YET = "not measurable yet"


class Direction(StrEnum):
    """Whether a target is a floor or a ceiling."""

    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Proportion:
    """So many of so many."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        """Refuse what is no share."""
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"{self.numerator} of {self.denominator} is no share")

    @property
    def value(self) -> float:
        """Return the share, 0 to 1; of nothing it is 0."""
        return self.numerator / self.denominator if self.denominator else 0.0

    def wilson(self) -> tuple[float, float]:
        """Return the 95 % interval (Wilson 1927), 0 to 1; of nothing it is everything.

        The bounds are exact where the share is 0 or 1, so rounding never lets the interval
        miss the share itself.
        """
        n, p = self.denominator, self.value
        if n == 0:
            return 0.0, 1.0
        centre = (p + Z_95**2 / (2 * n)) / (1 + Z_95**2 / n)
        half = Z_95 * sqrt(p * (1 - p) / n + Z_95**2 / (4 * n**2)) / (1 + Z_95**2 / n)
        low = 0.0 if self.numerator == 0 else max(0.0, centre - half)
        high = 1.0 if self.numerator == n else min(1.0, centre + half)
        return low, high

    def verdict(
        self,
        target: float,
        direction: Direction = Direction.AT_LEAST,
        *,
        zero_tolerance: bool = False,
    ) -> Verdict:
        """Return how the share stands against a target (0 to 1).

        Zero tolerance ("0!"): a single case on the wrong side is not kept, however few the
        cases are. Below five cases nothing good is said. Source: MEASURES.md, "Verdict".
        """
        if zero_tolerance:
            spoiled = (
                self.denominator - self.numerator
                if direction is Direction.AT_LEAST
                else self.numerator
            )
            if spoiled:
                return Verdict.NOT_KEPT
            return Verdict.KEPT if self.denominator >= FEWEST_CASES else Verdict.NOT_YET
        if self.denominator < FEWEST_CASES:
            return Verdict.NOT_YET
        return judge(self.value, self.wilson(), target, direction)


def judge(
    value: float,
    interval: tuple[float, float],
    target: float,
    direction: Direction = Direction.AT_LEAST,
) -> Verdict:
    """Return how any estimate stands against a target, all three in the same unit.

    Kept: the estimate meets the target; "few cases" when the interval still reaches past it.
    At risk: it misses, the interval contains the target. Not kept: the whole interval misses.
    """
    low, high = interval
    if direction is Direction.AT_MOST:
        value, low, high, target = -value, -high, -low, -target
    if value >= target:
        return Verdict.KEPT if low >= target else Verdict.KEPT_FEW
    return Verdict.AT_RISK if high >= target else Verdict.NOT_KEPT
