"""A figure as a page shows it: now, range, target, state, and who is behind it."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.policy import Role
from daybridge.care.schedule.queries import zone
from daybridge.clinic.people.queries import names
from daybridge.kernel.proportion import Verdict
from daybridge.quality.estimate import Estimate, estimate
from daybridge.quality.measure import Case, How, Kept, Measure, Reading
from daybridge.quality.windows import until_yesterday

STATES = {
    Verdict.KEPT: "ok", Verdict.KEPT_FEW: "ok", Verdict.AT_RISK: "risk",
    Verdict.NOT_KEPT: "risk", Verdict.NOT_YET: "neutral",
}
FEWEST_SHOWN = 11  # fewer are hidden outside the programme's staff; none may show
FEWER = f"fewer than {FEWEST_SHOWN}"
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure, now."""

    kept: Kept
    measure: Measure
    reading: Reading | None
    estimate: Estimate
    now: str
    of: str
    between: str
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class Group:
    """Cases of one kind: by name for those who may see them, the others as a count."""

    slug: str
    title: str
    named: tuple[tuple[str, Case], ...]
    count: str
    unnamed: str


def is_outside(viewer: Actor) -> bool:
    """Tell whether somebody is not of the programme's staff: small counts are hidden."""
    return viewer.roles == frozenset({Role.AUDITOR})


def figure(viewer: Actor, kept: Kept, measure: Measure, now: datetime) -> Figure:
    """Compute a measure now."""
    reading = measure.read(viewer, until_yesterday(measure, now, zone(viewer))) if measure.read else None
    return shown(kept, measure, reading, outside=is_outside(viewer))


def shown(kept: Kept, measure: Measure, reading: Reading | None, *, outside: bool) -> Figure:
    """Put a figure into words; small numbers are hidden outside the programme's staff."""
    found = estimate(measure, reading)
    now, of, between = _words(measure, found)
    if outside and _is_small(found):
        now, of, between = FEWER, "", ""
    verdict = found.verdict
    word = "no target" if measure.target is None and measure.read and found.value is not None else verdict
    return Figure(kept, measure, reading, found, now, of, between, STATES[verdict], word)


def _words(measure: Measure, found: Estimate) -> tuple[str, str, str]:
    if found.value is None:
        return ("no case yet" if measure.read and not found.cases else ""), "", ""
    share = found.share
    cases = "1 case" if found.cases == 1 else f"{found.cases} cases"
    of = f"{share.numerator} of {share.denominator}" if share else cases
    low_high = found.interval
    between = f"{measure.words(low_high[0])} to {measure.words(low_high[1])}" if low_high else ""
    value = found.value if measure.how is How.MEDIAN else round(found.value, 3)
    return measure.words(value), of, between


def _is_small(found: Estimate) -> bool:
    """Tell whether a cell, or the rest that gives it away, is 1 to 10."""
    cells = [found.cases]
    if found.share is not None:
        cells += [found.share.numerator, found.share.denominator - found.share.numerator]
    return any(0 < cell < FEWEST_SHOWN for cell in cells)


def count_words(count: int, *, outside: bool) -> str:
    """Return a count; 1 to 10 is hidden outside the programme's staff."""
    return FEWER if outside and 0 < count < FEWEST_SHOWN else str(count)


def groups(viewer: Actor, one: Figure) -> list[Group]:
    """Return the cases behind a figure, what asks for attention first."""
    if one.reading is None:
        return []
    measure, cases = one.measure, one.reading.cases
    timed = measure.how in {How.STILL_THERE, How.HAPPENED}
    open_ended = [c for c in cases if timed and not c.ended and c.value < measure.day]
    counted = [c for c in cases if c.counted]
    others = [c for c in cases if not c.counted and c not in open_ended]
    good, bad = (counted, others) if measure.higher_is_better else (others, counted)
    kinds = [("open", "Open cases", bad), ("kept", "Cases that are kept", good),
             ("running", "Time not ended yet", open_ended),
             ("left-out", "Left out", list(one.reading.excluded))]
    if measure.target is None:
        kinds[:2] = [("open", "Counted", counted), ("kept", "Not counted", others)]
    every = {case.client_id for case in (*cases, *one.reading.excluded)}
    known = names(viewer, of=every) if may(viewer, Can.SEE_NAMES) else {}
    outside = is_outside(viewer)
    return [_group(*kind, known, outside) for kind in kinds if kind[2] or kind[0] == "open"]


def _group(
    slug: str, title: str, cases: list[Case], known: dict[int, str], outside: bool  # noqa: FBT001
) -> Group:
    named = [(known.get(case.client_id, ""), case) for case in cases
             if case.client_id in known or not case.client_id]
    units = sum(case.units for case in cases)
    hidden = units - sum(case.units for _, case in named)
    return Group(slug, title, tuple(named[:SHOWN]), count_words(units, outside=outside),
                 count_words(hidden, outside=outside) if hidden else "")
