"""What a measure is: its definition as data, and one function that computes it from facts.

Nobody types a figure in. A measure opens to the very cases behind it: numerator,
denominator and excluded. Source of every definition: MEASURES.md.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from daybridge.access.actors import Actor
from daybridge.kernel.proportion import Proportion


class Verdict(StrEnum):
    """How a measure stands, in words."""

    KEPT = "kept"
    KEPT_FEW = "kept, few cases"
    AT_RISK = "at risk"
    NOT_KEPT = "not kept"
    NOT_YET = "not measurable yet"


@dataclass(frozen=True, slots=True)
class Window:
    """The days a flow is counted over (both included), and the moment states are read at."""

    first: date
    last: date
    now: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """One case behind a figure: whose it is, whether it counts, and why not."""

    client_id: int
    counted: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a measure shows: its cases, or a median with its interval."""

    cases: tuple[Case, ...] = ()
    excluded: tuple[Case, ...] = ()
    median: float | None = None
    interval: tuple[float, float] | None = None

    @property
    def proportion(self) -> Proportion:
        """Return counted cases of all cases."""
        return Proportion(sum(case.counted for case in self.cases), len(self.cases))


@dataclass(frozen=True, slots=True)
class Measure:
    """A definition. `target` is a share (0 to 1), or `unit`s when the measure is a median."""

    id: str
    question: str
    case: str
    counts: str
    excludes: str
    target: float | None
    source: str
    remedy: str
    gaming: str
    companion: str
    missing: str = ""
    unit: str = "%"
    higher_is_better: bool = True
    zero_tolerance: bool = False
    version: int = 1
    read: Callable[[Actor, Window], Reading] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """A principle, specification or level of the mission, and how it is shown to be kept."""

    id: str
    title: str
    text: str
    upheld_by: tuple[str, ...]
    measures: tuple[Measure, ...]


FEWEST_CASES = 5


def verdict(measure: Measure, reading: Reading | None) -> Verdict:
    """Say how the measure stands; missing data is never good news."""
    if reading is None:
        return Verdict.NOT_YET
    if measure.unit != "%":
        return _verdict_of_median(measure, reading)
    share = reading.proportion
    if measure.target is None or share.denominator == 0:
        return Verdict.NOT_YET
    if measure.zero_tolerance:
        return Verdict.KEPT if share.numerator == share.denominator else Verdict.NOT_KEPT
    if share.denominator < FEWEST_CASES:
        return Verdict.NOT_YET
    low, high = share.wilson()
    return _compare(share.value, low, high, measure)


def _verdict_of_median(measure: Measure, reading: Reading) -> Verdict:
    if reading.median is None or measure.target is None or len(reading.cases) < FEWEST_CASES:
        return Verdict.NOT_YET
    low, high = reading.interval or (reading.median, reading.median)
    return _compare(reading.median, low, high, measure)


def _compare(value: float, low: float, high: float, measure: Measure) -> Verdict:
    target = measure.target or 0.0
    if not measure.higher_is_better:
        value, low, high, target = -value, -high, -low, -target
    if value >= target:
        return Verdict.KEPT if low >= target else Verdict.KEPT_FEW
    return Verdict.AT_RISK if high >= target else Verdict.NOT_KEPT
