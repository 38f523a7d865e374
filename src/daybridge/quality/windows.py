"""Which days a measure looks at: flows end yesterday or with a month, states are as of now."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from daybridge.quality.measure import Measure, Window

FROZEN_ON = 5
MONTHS = 12


def until_yesterday(measure: Measure, now: datetime, zone: ZoneInfo) -> Window:
    """Return the measure's days that ended yesterday, at the site."""
    last = now.astimezone(zone).date() - timedelta(days=1)
    return Window(last - timedelta(days=measure.days - 1), last, now)


def month_before(day: date, months: int = 1) -> date:
    """Return the first day of an earlier month."""
    place = day.year * 12 + day.month - 1 - months
    return date(place // 12, place % 12 + 1, 1)


def month_of(measure: Measure, month: date, zone: ZoneInfo) -> Window:
    """Return a month as it is looked at on its fifth day after.

    A measure that looks back further than a quarter (how long stays last) keeps its length.
    """
    after = month_before(month, -1)
    last = after - timedelta(days=1)
    first = month if measure.days <= 90 else last - timedelta(days=measure.days - 1)  # noqa: PLR2004
    return Window(first, last, freezes_at(month, zone))


def freezes_at(month: date, zone: ZoneInfo) -> datetime:
    """Return when a month that is over is frozen: the start of the fifth day after it."""
    return datetime.combine(month_before(month, -1).replace(day=FROZEN_ON), time(), zone)


def months_over(now: datetime, zone: ZoneInfo) -> list[date]:
    """Return the twelve months before this one, oldest first."""
    today = now.astimezone(zone).date()
    return [month_before(today, back) for back in range(MONTHS, 0, -1)]
