"""Contact hours: formal treatment for which the client was really present (L2-L4, S6).

What counts, how breaks count, the six attendance classes. Both figures are kept: clinical
(what the client received) and billable (what a payer pays for). Source: PROGRAMME.md 1;
SAMHSA Advisory on IOP (2021) for nine hours; breaks and grace are settings (own).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from daybridge.kernel.minutes import Interval, clip, elapsed, merge

BREAK_MINUTES_AN_HOUR = 10
LEDGER_VERSION = 1
STAY_DAYS = 90


class Attendance(StrEnum):
    """The six classes. "Absent billable" is about the fee: it never gives clinical hours."""

    ATTENDED = "attended"
    NOT_BILLABLE = "attended_not_billable"
    EXCUSED = "absent_excused"
    UNEXCUSED = "absent_unexcused"
    UNKNOWN = "absent_unknown"
    ABSENT_BILLABLE = "absent_billable"


PRESENT = frozenset({Attendance.ATTENDED, Attendance.NOT_BILLABLE})

# Which services count as contact hours. Support groups are no service here: they can't enter.
COUNTS = {
    "group": True, "education": True, "individual": True, "family": True,
    "family_without_client": False, "peer": False, "medical": False, "collection": False,
    "recreation": False,
}


@dataclass(frozen=True, slots=True)
class Counting:
    """The programme's settings in force: do breaks count, minutes of grace a session."""

    breaks_count: bool = True
    grace_minutes: int = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """Minutes of one attendance."""

    clinical: int
    billable: int


def contact_minutes(
    session: Interval, present: Iterable[Interval], attendance: Attendance, service: str,
    counting: Counting,
) -> Counted:
    """Return the contact minutes of one client at one session.

    Presence is clipped to the session, overlaps count once. A gap of no more than the grace
    at the edges is forgiven. Where breaks don't count, 10 minutes of each full hour present
    are taken off.
    """
    if attendance not in PRESENT or not COUNTS.get(service, False):
        return Counted(0, 0)
    minutes = _present_minutes(session, present, counting.grace_minutes)
    if not counting.breaks_count:
        minutes -= (minutes // 60) * BREAK_MINUTES_AN_HOUR
    return Counted(minutes, minutes if attendance is Attendance.ATTENDED else 0)


def _present_minutes(session: Interval, present: Iterable[Interval], grace: int) -> int:
    inside = merge(clip(interval, session) for interval in present)
    if not inside:
        return 0
    early, late = elapsed(session[0], inside[0][0]), elapsed(inside[-1][1], session[1])
    first = session[0] if early <= grace else inside[0][0]
    last = session[1] if late <= grace else inside[-1][1]
    inside = merge([(first, inside[0][1]), *inside, (inside[-1][0], last)])
    return sum(elapsed(start, end) for start, end in inside)


def stay_day(admitted_on: date, today: date) -> int:
    """Return which day of the stay it is: the day of admission is day 1."""
    return (today - admitted_on).days + 1


def day_ninety(admitted_on: date, days: int = STAY_DAYS) -> date:
    """Return the day on which the normal stay is reached (nothing ends by it: L5)."""
    return admitted_on + timedelta(days=days - 1)
