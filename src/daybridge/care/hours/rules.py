"""Contact hours: formal treatment for which the client was really present (L2-L4, S6).

What counts, how breaks count, the six attendance classes. Both figures are kept: clinical
(what the client received) and billable (what a payer pays for). Source: PROGRAMME.md 1;
SAMHSA Advisory on IOP (2021) for nine hours; breaks and grace are settings (own).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from daybridge.care.hours.ledger import presence, seconds, with_breaks, without_breaks
from daybridge.kernel.minutes import SECONDS_A_MINUTE, Interval, merge

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
MISSED = frozenset({Attendance.UNEXCUSED, Attendance.UNKNOWN})

# Which services count as contact hours. Support groups are no service here: they can't
# enter (S6). By video counts like in the room. What is not listed never counts.
COUNTS = {
    "group": True,
    "education": True,
    "individual": True,
    "family": True,
    "family_without_client": False,
    "peer": False,  # a setting, see Counting
    "medical": False,  # a setting, see Counting
    "collection": False,
    "recreation": False,
    "crisis": False,  # shown beside
    "phone": False,
    "outreach": False,
    "case_management": False,
    "waiting": False,
    "meal": False,
    "transport": False,
    "film": False,
}


@dataclass(frozen=True, slots=True)
class Counting:
    """The programme's settings in force: what counts, minutes of grace a session."""

    breaks_count: bool = True
    grace_minutes: int = 5
    medical_counts: bool = False
    peer_counts: bool = False

    def counts(self, service: str) -> bool:
        """Tell whether a service gives contact hours under these settings."""
        chosen = {"medical": self.medical_counts, "peer": self.peer_counts}
        return chosen.get(service, COUNTS.get(service, False))


@dataclass(frozen=True, slots=True)
class Counted:
    """Minutes of one attendance; billable never more than clinical."""

    clinical: int
    billable: int


NOTHING = Counted(0, 0)


def contact_minutes(
    session: Interval,
    present: Iterable[Interval],
    attendance: Attendance,
    service: str,
    counting: Counting,
    breaks: Iterable[Interval] = (),
) -> Counted:
    """Return the contact minutes of one client at one session.

    Presence is clipped to the session, overlaps count once. Missing edges of no more than
    the grace together are forgiven. Breaks on record count up to 10 minutes in each full
    hour; without a record they are part of the session, or, where breaks don't count, 10
    minutes after each hour of treatment are taken off. Unit: elapsed UTC minutes.
    """
    if attendance not in PRESENT or not counting.counts(service):
        return NOTHING
    there = presence(session, present, grace_minutes=counting.grace_minutes)
    pauses = merge(breaks)
    if pauses:
        found = with_breaks(session, there, pauses, count=counting.breaks_count)
    else:
        found = seconds(there)
        found = found if counting.breaks_count else without_breaks(found)
    minutes = found // SECONDS_A_MINUTE
    return Counted(minutes, minutes if attendance is Attendance.ATTENDED else 0)


def stay_day(admitted_on: date, today: date) -> int:
    """Return which day of the stay it is: the day of admission is day 1."""
    return (today - admitted_on).days + 1


def day_ninety(admitted_on: date, days: int = STAY_DAYS) -> date:
    """Return the day on which the normal stay is reached (nothing ends by it: L5)."""
    return admitted_on + timedelta(days=days - 1)


def is_shorter_than_normal(
    admitted_on: date, ended_on: date, days: int = STAY_DAYS
) -> bool:
    """Tell whether a stay ended before the normal length: then it needs a reason (L5)."""
    return stay_day(admitted_on, ended_on) < days
