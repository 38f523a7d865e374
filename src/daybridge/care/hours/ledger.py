"""The arithmetic of presence: what of a session one client was really there for.

Everything is elapsed time in UTC; whole minutes are made at the very end. More presence
never gives fewer minutes, and nobody gets more than the session has.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from daybridge.kernel.minutes import (
    SECONDS_A_MINUTE,
    Interval,
    clip,
    common,
    elapsed_seconds,
    merge,
)

BREAK_MINUTES_AN_HOUR = 10
HOUR = timedelta(hours=1)
_HOUR_SECONDS = 60 * SECONDS_A_MINUTE
_BREAK_SECONDS = BREAK_MINUTES_AN_HOUR * SECONDS_A_MINUTE


def seconds(intervals: Iterable[Interval]) -> int:
    """Return the seconds of all intervals, overlaps counted once."""
    return sum(elapsed_seconds(start, end) for start, end in merge(intervals))


def presence(
    session: Interval, present: Iterable[Interval], *, grace_minutes: int
) -> list[Interval]:
    """Return when a client was there: inside the session, overlaps made one.

    What is missing at both edges together is forgiven when it is no more than the grace.
    Unit: minutes a session. Source: PROGRAMME.md 1 (a setting, own).
    """
    inside = merge(clip(interval, session) for interval in present)
    if not inside:
        return []
    start, end = inside[0][0], inside[-1][1]
    missing = elapsed_seconds(session[0], start) + elapsed_seconds(end, session[1])
    if missing > grace_minutes * SECONDS_A_MINUTE:
        return inside
    return merge([(session[0], start), *inside, (end, session[1])])


def with_breaks(
    session: Interval, there: Sequence[Interval], breaks: Iterable[Interval], *, count: bool
) -> int:
    """Return the seconds that count when the session's breaks are on record.

    Of each full hour of the session at most 10 minutes of break count, and none when
    breaks don't count; a break in the last, unfinished hour never does. Leaving the room
    in a break is no absence.
    """
    pauses = common(breaks, [session])
    within = [(there[0][0], there[-1][1])] if there else []
    paused = common(pauses, within)
    worked = seconds([*there, *paused]) - seconds(paused)
    allowed = sum(
        min(_BREAK_SECONDS, seconds(common(paused, [hour])))
        for hour in _full_hours(session)
    )
    return worked + (allowed if count else 0)


def without_breaks(present_seconds: int) -> int:
    """Return what is left when breaks don't count and nobody wrote them down.

    After each hour of treatment the next 10 minutes are taken as a break: a block of
    3 h 20 gives 3 hours, one of 3 hours gives 2 h 40. Source: PROGRAMME.md 1.
    """
    rounds, rest = divmod(present_seconds, _HOUR_SECONDS + _BREAK_SECONDS)
    return rounds * _HOUR_SECONDS + min(rest, _HOUR_SECONDS)


def _full_hours(session: Interval) -> list[Interval]:
    start, end = clip(session, session)
    count = int((end - start) / HOUR)
    return [(start + HOUR * number, start + HOUR * (number + 1)) for number in range(count)]
