"""What a measure is: its definition as data, and one function that computes it from facts.

Nobody types a figure in. A measure opens to the very cases behind it: counted, not counted,
still open and left out. Source of every definition: MEASURES.md.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from daybridge.access.actors import Actor
from daybridge.kernel.proportion import Direction, Proportion


class How(StrEnum):
    """How a figure is made of its cases."""

    SHARE = "counted cases of all cases"
    MEDIAN = "the middle value"
    STILL_THERE = "Kaplan-Meier"
    HAPPENED = "cumulative incidence"
    RATIO = "sum of what was given of the sum of what was due"


@dataclass(frozen=True, slots=True)
class Window:
    """The days a flow is counted over (both included), and the moment states are read at."""

    first: date
    last: date
    now: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """One case behind a figure: whose it is, whether it counts, and why not.

    `units` is how many cases this line stands for (client-days of one client); `value` is
    its time or amount, `due` what was due; `ended` what ended a time, empty while it runs.
    A case that is not about a client (a licence, a session) has client 0 and speaks by note.
    """

    client_id: int
    counted: bool
    note: str = ""
    units: int = 1
    value: float = 0.0
    due: float = 0.0
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The cases of a measure, and those its definition leaves out, each with its reason."""

    cases: tuple[Case, ...] = ()
    excluded: tuple[Case, ...] = ()

    @property
    def proportion(self) -> Proportion:
        """Return counted cases of all cases."""
        return Proportion(
            sum(case.units for case in self.cases if case.counted),
            sum(case.units for case in self.cases),
        )

    def of(self, clients: set[int]) -> "Reading":
        """Return the part that is about these clients."""
        return Reading(
            tuple(case for case in self.cases if case.client_id in clients),
            tuple(case for case in self.excluded if case.client_id in clients),
        )


@dataclass(frozen=True, slots=True)
class Measure:
    """A definition. `target` is a share (0 to 1), or in the measure's own unit."""

    id: str
    question: str
    case: str
    counts: str
    excludes: str = ""
    target: float | None = None
    source: str = ""
    remedy: str = ""
    gaming: str = ""
    companion: str = ""
    missing: str = ""
    unit: str = "%"
    how: How = How.SHARE
    day: int = 0
    end: str = ""
    higher_is_better: bool = True
    zero_tolerance: bool = False
    days: int = 90
    is_state: bool = False
    version: int = 1
    read: Callable[[Actor, Window], Reading] | None = field(default=None, repr=False)

    @property
    def direction(self) -> Direction:
        """Return whether the target is a floor or a ceiling."""
        return Direction.AT_LEAST if self.higher_is_better else Direction.AT_MOST

    @property
    def over(self) -> str:
        """Return the window in words."""
        return "as of now" if self.is_state else f"the last {self.days} days that ended yesterday"

    def words(self, value: float) -> str:
        """Return a value in the measure's unit."""
        if self.unit == "%":
            return f"{value:.0%}".replace("%", " %")
        return f"{value:g} {self.unit}" if value != float("inf") else f"no end of {self.unit} yet"

    @property
    def target_words(self) -> str:
        """Return the target with its direction; nothing when there is none."""
        if self.target is None:
            return ""
        is_end = self.unit == "%" and self.target == float(self.higher_is_better)
        sign = "" if is_end else ("≥ " if self.higher_is_better else "≤ ")
        return sign + self.words(self.target)


@dataclass(frozen=True, slots=True)
class Kept:
    """A principle, specification or level of the mission, and how it is shown to be kept.

    `companions` stand beside the measures: they show when those are made to look good.
    """

    id: str
    title: str
    text: str
    upheld_by: tuple[str, ...]
    measures: tuple[Measure, ...]
    companions: tuple[Measure, ...] = ()

    @property
    def figures(self) -> tuple[Measure, ...]:
        """Return every figure of it."""
        return (*self.measures, *self.companions)
