"""Days of the house: when a local day ends."""

from datetime import datetime, time, timedelta

from daybridge.access.actors import Actor
from daybridge.clinic.programme.queries import sites


def day_ends(actor: Actor, moment: datetime) -> datetime:
    """Return the last moment of the local day (the next one's midnight, less a microsecond)."""
    site = sites(actor)[0]
    next_day = site.day(moment) + timedelta(days=1)
    return datetime.combine(next_day, time(), site.zone) - timedelta(microseconds=1)


def day_begins(actor: Actor, moment: datetime) -> datetime:
    """Return the local midnight with which the day of a moment began."""
    site = sites(actor)[0]
    return datetime.combine(site.day(moment), time(), site.zone)
