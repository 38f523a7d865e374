"""A share of cases, with its uncertainty."""

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959964


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
        """Return the 95 % interval (Wilson 1927), 0 to 1; of nothing it is everything."""
        n, p = self.denominator, self.value
        if n == 0:
            return 0.0, 1.0
        centre = (p + Z_95**2 / (2 * n)) / (1 + Z_95**2 / n)
        half = Z_95 * sqrt(p * (1 - p) / n + Z_95**2 / (4 * n**2)) / (1 + Z_95**2 / n)
        return max(0.0, centre - half), min(1.0, centre + half)
