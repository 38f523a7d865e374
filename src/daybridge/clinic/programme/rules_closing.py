"""What of a day is closed: all of it, or from a time to a time."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class ClosedPart:
    """What of a day is closed, on the site's wall clock; without times all of it."""

    from_clock: time | None = None
    until_clock: time | None = None

    @property
    def runs_forward(self) -> bool:
        """Tell whether it is a whole day, or a part that ends after it begins."""
        if self.from_clock is None or self.until_clock is None:
            return self.from_clock is self.until_clock
        return self.from_clock < self.until_clock

    @property
    def words(self) -> str:
        """Return it in words."""
        if self.from_clock is None or self.until_clock is None:
            return "closed"
        return f"closed {self.from_clock:%H:%M} to {self.until_clock:%H:%M}"

    def touches(self, from_minute: int, until_minute: int) -> bool:
        """Tell whether a session (minutes of the day, the last one excluded) meets a closed minute."""
        if self.from_clock is None or self.until_clock is None:
            return True
        first, last = (clock.hour * 60 + clock.minute for clock in (self.from_clock, self.until_clock))
        return from_minute < last and first < until_minute

    def with_(self, other: "ClosedPart") -> "ClosedPart":
        """Return the part that holds both."""
        if self.from_clock is None or other.from_clock is None:
            return ALL_DAY
        if self.until_clock is None or other.until_clock is None:
            return ALL_DAY
        return ClosedPart(min(self.from_clock, other.from_clock), max(self.until_clock, other.until_clock))


ALL_DAY = ClosedPart()
