"""What the public page promises: by when somebody calls back. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class DeskHours:
    """When calls are returned: minutes allowed, first and last hour of the local day."""

    minutes: int
    from_hour: int
    until_hour: int


def call_back_by(asked_at: datetime, hours: DeskHours, zone: ZoneInfo) -> datetime:
    """Return the moment by which somebody calls: only the desk's own hours run.

    Somebody who writes at night is called after the desk opens, never "within two hours"
    of a time at which nobody is there.
    """
    local = asked_at.astimezone(zone)
    opens = _at(local, hours.from_hour)
    closes = _at(local, hours.until_hour)
    start = max(local, opens)
    if start >= closes:
        start = _at(local + timedelta(days=1), hours.from_hour)
        closes = _at(local + timedelta(days=1), hours.until_hour)
    due = start + timedelta(minutes=hours.minutes)
    if due > closes:
        rest = due - closes
        due = _at(start + timedelta(days=1), hours.from_hour) + rest
    return due.astimezone(asked_at.tzinfo)


def _at(day: datetime, hour: int) -> datetime:
    """Return an hour of that local day; 24 is the last minute of it."""
    if hour == 24:  # noqa: PLR2004 - midnight at the day's end
        return datetime.combine(day.date(), time(23, 59), tzinfo=day.tzinfo)
    return datetime.combine(day.date(), time(hour), tzinfo=day.tzinfo)


def minutes_until(asked_at: datetime, due: datetime) -> int:
    """Return whole minutes for a task's clock, at least one."""
    return max(1, int((due - asked_at).total_seconds() // 60))
