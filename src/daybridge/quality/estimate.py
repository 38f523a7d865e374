"""From cases to a figure with its uncertainty and the one verdict (`kernel.proportion`)."""

from dataclasses import dataclass
from math import inf, sqrt

from daybridge.kernel.median import median
from daybridge.kernel.proportion import FEWEST_CASES, Z_95, Proportion, Verdict, judge
from daybridge.kernel.survival import Step, cumulative_incidence, happened, kaplan_meier, still_there
from daybridge.quality.measure import Case, How, Measure, Reading

Interval = tuple[float, float]
NOTHING_KNOWN = (-inf, inf)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval; `value` is None while it can't be told."""

    value: float | None
    interval: Interval | None
    cases: int
    verdict: Verdict
    share: Proportion | None = None


def estimate(measure: Measure, reading: Reading | None) -> Estimate:
    """Return the figure and how it stands. Missing data is never good news."""
    if reading is None or not reading.cases:
        return Estimate(None, None, 0, Verdict.NOT_YET)
    if measure.how is How.SHARE:
        return _share(measure, reading.proportion)
    count = len(reading.cases)
    value, interval = _found(measure, reading.cases)
    if value is None or count < FEWEST_CASES or measure.target is None:
        return Estimate(value, interval, count, Verdict.NOT_YET)
    known = interval or NOTHING_KNOWN
    return Estimate(
        value, interval, count, judge(value, known, measure.target, measure.direction)
    )


def _share(measure: Measure, share: Proportion) -> Estimate:
    verdict = Verdict.NOT_YET if measure.target is None else share.verdict(
        measure.target, measure.direction, zero_tolerance=measure.zero_tolerance
    )
    return Estimate(share.value, share.wilson(), share.denominator, verdict, share)


def _found(measure: Measure, cases: tuple[Case, ...]) -> tuple[float | None, Interval | None]:
    if measure.how is How.MEDIAN:
        middle = median(case.value for case in cases)
        return (middle.value, middle.interval) if middle else (None, None)
    if measure.how is How.RATIO:
        return _ratio(cases)
    return _by_time(measure, cases)


def _by_time(measure: Measure, cases: tuple[Case, ...]) -> tuple[float | None, Interval | None]:
    """Return the share at a day; unknown while nobody's time has run that long."""
    reached = sum(case.value >= measure.day for case in cases)
    if not reached and not all(case.ended for case in cases):
        return None, None
    if measure.how is How.STILL_THERE:
        step = still_there(kaplan_meier((c.value, bool(c.ended)) for c in cases), measure.day)
    else:
        times = cumulative_incidence(((c.value, c.ended or None) for c in cases), measure.end)
        step = happened(times, measure.day)
    return step.estimate, _interval(step, len(cases))


def _interval(step: Step, count: int) -> Interval:
    """Return the log-log interval; at 0 and 1 it has no width, and Wilson's has."""
    if 0 < step.estimate < 1:
        return step.low, step.high
    return Proportion(round(step.estimate) * count, count).wilson()


def _ratio(cases: tuple[Case, ...]) -> tuple[float | None, Interval | None]:
    """Return given / due with the interval of a ratio of sums (Cochran 1977, 6.3)."""
    due, count = sum(case.due for case in cases), len(cases)
    if due <= 0:
        return None, None
    value = sum(case.value for case in cases) / due
    if count == 1:
        return value, None
    spread = sum((case.value - value * case.due) ** 2 for case in cases)
    error = sqrt(count / (count - 1) * spread) / due
    return value, (max(0.0, value - Z_95 * error), value + Z_95 * error)
