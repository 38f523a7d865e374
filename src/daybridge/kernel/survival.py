"""How long something lasts when some of it hasn't ended yet.

Times that have not ended are censored, never dropped. Source: MEASURES.md, "Formulas";
Kaplan and Meier 1958; Greenwood 1926; Aalen and Johansen 1978; Marubini and Valsecchi 1995
(variance of the cumulative incidence).
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, isfinite, log, sqrt

from daybridge.kernel.proportion import Z_95


@dataclass(frozen=True, slots=True)
class Step:
    """The estimate from this time on (in the unit of the times), with its 95 % interval.

    For Kaplan-Meier the estimate is the share still there; for the cumulative incidence it
    is the share to whom the cause has happened.
    """

    time: float
    at_risk: int
    events: int
    estimate: float
    error: float
    low: float
    high: float


def kaplan_meier(cases: Iterable[tuple[float, bool]]) -> tuple[Step, ...]:
    """Return the share still there after each time at which somebody left.

    A case is (time, left): left False is censored at that time. Who is censored at a time
    is still at risk at it. Greenwood's error, log-log interval.
    """
    steps, survival, variance = [], 1.0, 0.0
    for time, risk, left in _times(
        (time, "left" if ended else None) for time, ended in cases
    ):
        events = left["left"]
        if not events:
            continue
        survival *= 1 - events / risk
        variance += events / (risk * (risk - events)) if risk > events else 0.0
        error = survival * sqrt(variance)
        steps.append(Step(time, risk, events, survival, error, *_log_log(survival, error)))
    return tuple(steps)


def cumulative_incidence(
    cases: Iterable[tuple[float, Hashable | None]], cause: Hashable
) -> tuple[Step, ...]:
    """Return the share to whom the cause has happened after each of its times.

    A case is (time, what ended it); None is censored. Every other end competes: whoever
    gave up can no longer be treated, and stays in the denominator (Aalen-Johansen).
    """
    steps, spread = [], _Spread()
    survival, incidence = 1.0, 0.0
    for time, risk, ended in _times(cases):
        events, every = ended[cause], ended.total()
        if not every:
            continue
        incidence += survival * events / risk
        spread.add(risk, every, events, survival, incidence)
        survival *= 1 - every / risk
        if events:
            error = spread.error(incidence)
            low, high = _log_log(incidence, error)
            steps.append(Step(time, risk, events, incidence, error, low, high))
    return tuple(steps)


def estimate_at(steps: Sequence[Step], time: float, *, before: float) -> Step:
    """Return the estimate in force at a time; `before` is its value before the first step.

    That is 1 for Kaplan-Meier and 0 for a cumulative incidence.
    """
    reached = [step for step in steps if step.time <= time]
    return reached[-1] if reached else Step(time, 0, 0, before, 0.0, before, before)


def still_there(steps: Sequence[Step], time: float) -> Step:
    """Return the Kaplan-Meier estimate in force at a time."""
    return estimate_at(steps, time, before=1.0)


def happened(steps: Sequence[Step], time: float) -> Step:
    """Return the cumulative incidence in force at a time."""
    return estimate_at(steps, time, before=0.0)


def time_reached(steps: Sequence[Step], share: float) -> float | None:
    """Return when a cumulative incidence first reaches a share; None while it has not.

    With share 0.5 this is the median wait over all who asked, also those who gave up.
    """
    return next((step.time for step in steps if step.estimate >= share), None)


def _times(
    cases: Iterable[tuple[float, Hashable | None]],
) -> Iterator[tuple[float, int, "Counter[Hashable]"]]:
    """Yield each time in order: how many were at risk just before, and what ended at it."""
    at: dict[float, list[Hashable | None]] = {}
    for time, end in cases:
        if not isfinite(time) or time < 0:
            raise ValueError(f"A time is 0 or more, not {time}.")
        at.setdefault(time, []).append(end)
    risk = sum(map(len, at.values()))
    for time in sorted(at):
        ends = at[time]
        yield time, risk, Counter(end for end in ends if end is not None)
        risk -= len(ends)


class _Spread:
    """The running sums of the variance of a cumulative incidence, as a square in F(t)."""

    def __init__(self) -> None:
        self.square = self.linear = self.constant = 0.0

    def add(self, risk: int, every: int, events: int, survival: float, now: float) -> None:
        """Take in one time; `now` is the incidence after it, `survival` that before it."""
        hazard = every / (risk * (risk - every)) if risk > every else 0.0
        shared = survival * events / risk**2
        self.square += hazard
        self.linear += hazard * now + shared
        self.constant += hazard * now**2 + 2 * shared * now
        self.constant += survival**2 * (risk - events) / risk**3 * events

    def error(self, now: float) -> float:
        """Return the standard error of the incidence `now`."""
        variance = self.square * now**2 - 2 * self.linear * now + self.constant
        return sqrt(max(0.0, variance))


def _log_log(share: float, error: float) -> tuple[float, float]:
    """Return the 95 % interval that never leaves 0 to 1; at the ends it is the point."""
    if not 0 < share < 1:
        return min(max(share, 0.0), 1.0), min(max(share, 0.0), 1.0)
    width = Z_95 * error / (share * abs(log(share)))
    if width > 50:  # noqa: PLR2004 - exp beyond it overflows: nothing is known
        return 0.0, 1.0
    return share ** exp(width), share ** exp(-width)
