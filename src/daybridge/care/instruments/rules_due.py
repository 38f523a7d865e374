"""Which instruments when: at admission, every so many days, at discharge, and follow-ups. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LEVELS = ("outpatient", "iop", "php")
LONGEST = 366  # days between two regular fillings
ADMISSION_DAYS = 3  # an admission filling may be made this many days before or after (own)
DISCHARGE_DAYS = 7  # and one at discharge this many days before it (own)
EARLY_DAYS = 2  # a regular filling is offered this many days ahead, so that a session fits (own)


@dataclass(frozen=True, slots=True)
class Timing:
    """When an instrument is due; no levels means all of them. `every` is in days."""

    instrument: str
    at_admission: bool = False
    every: int | None = None
    at_discharge: bool = False
    levels: frozenset[str] = frozenset()
    source: str = ""

    @property
    def is_set(self) -> bool:
        """Tell whether it is ever due by itself."""
        return self.at_admission or self.at_discharge or self.every is not None

    @property
    def words(self) -> str:
        """Return it as people say it."""
        parts = ["at admission"] if self.at_admission else []
        parts += [f"every {self.every} days"] if self.every else []
        parts += ["before discharge"] if self.at_discharge else []
        said = ", ".join(parts) or "only when somebody asks it"
        return f"{said}; {', '.join(sorted(self.levels))} only" if self.levels else said


class Why(StrEnum):
    """Why an instrument is due."""

    ADMISSION = "admission"
    REGULAR = "regular"
    DISCHARGE = "discharge"
    FOLLOW = "follow"


@dataclass(frozen=True, slots=True)
class Care:
    """A client in care: since when, at which level, and when the stay is planned to end."""

    client_id: int
    admitted_on: date
    level: str = ""
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """An instrument that is due for a client."""

    client_id: int
    instrument: str
    why: Why
    due_on: date
    days_over: int


_OWN = "own default; nobody of the programme has looked at it yet"
# PROGRAMME.md: session check weekly; PHQ-9 and GAD-7 every four weeks is common practice (own)
DEFAULTS = {
    one.instrument: one
    for one in (
        Timing("weekly_check", every=7, source=_OWN),
        Timing("session_check", every=7, source="PROGRAMME: weekly, or after individual sessions"),
        Timing("ruler", at_admission=True, every=28, source="MEASURES P03: within 30 days"),
        Timing("needs_list", at_admission=True, every=30, source=_OWN),
        Timing("family_check", at_admission=True, every=90, source=_OWN),
        Timing("phq9", at_admission=True, every=28, at_discharge=True, source=_OWN),
        Timing("gad7", at_admission=True, every=28, at_discharge=True, source=_OWN),
        Timing("pc_ptsd5", at_admission=True, source=_OWN),
        Timing("cssrs_screener", at_admission=True, source=_OWN),
        Timing("bam", at_admission=True, every=30, at_discharge=True, source="BAM: 30 days' recall"),
    )
}


def in_force(
    known: Iterable[str], own: Sequence[tuple[date, Timing]], on: date
) -> dict[str, Timing]:
    """Return the timing of each known instrument on a day: the programme's newest, or ours."""
    names = set(known)
    found = {name: one for name, one in DEFAULTS.items() if name in names}
    for start, one in sorted(own, key=lambda pair: pair[0]):
        if start <= on and one.instrument in names:
            found[one.instrument] = one
    return found


def due(
    care: Care, timings: Mapping[str, Timing], last: Mapping[str, date],
    follow: Mapping[str, date], on: date,
) -> list[Due]:
    """Return what is due for a client on a day, the longest overdue first.

    `last` is the day on which each instrument was last filled; `follow` names the instruments
    that a critical answer made due, with its day.
    """
    found = [Due(care.client_id, name, Why.FOLLOW, day, (on - day).days)
             for name, day in follow.items() if day <= on]
    named = {one.instrument for one in found}
    for name, timing in timings.items():
        if name in named or (timing.levels and care.level not in timing.levels):
            continue
        one = _next(care, timing, last.get(name), on)
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda one: (one.why is not Why.FOLLOW, -one.days_over, one.instrument))


def _next(care: Care, timing: Timing, last: date | None, on: date) -> Due | None:
    """Return what this timing makes due; one line an instrument, the earliest."""
    first = care.admitted_on - timedelta(days=ADMISSION_DAYS)
    here = last if last is not None and last >= first else None
    days: list[tuple[date, Why]] = []
    if here is None and timing.at_admission:
        days.append((care.admitted_on, Why.ADMISSION))
    if timing.every is not None and not days:
        days.append(((here or care.admitted_on) + timedelta(days=timing.every), Why.REGULAR))
    if timing.at_discharge and care.ends_on is not None:
        opens = care.ends_on - timedelta(days=DISCHARGE_DAYS)
        if here is None or here < opens:
            days.append((care.ends_on, Why.DISCHARGE))
    offered = [(day, why) for day, why in days if day - _ahead(why) <= on]
    if not offered:
        return None
    day, why = min(offered)
    return Due(care.client_id, timing.instrument, why, day, (on - day).days)


def _ahead(why: Why) -> timedelta:
    days = {Why.REGULAR: EARLY_DAYS, Why.DISCHARGE: DISCHARGE_DAYS, Why.ADMISSION: ADMISSION_DAYS}
    return timedelta(days=days.get(why, 0))
