"""A calendar as a file (RFC 5545) that tells nobody what the times are for.

Every entry has the same neutral title; no place, no people, no programme, not even in the
identifiers. What was called off is said so, for a calendar keeps what it once has read.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from daybridge.care.schedule.queries_feed import FeedTime

TITLES = {"en": "Appointment", "es": "Cita"}
NAMESPACE = uuid.UUID("6f1d7c06-3c0e-4f0e-9a53-1b6a5f0d3c11")
EVERY = timedelta(hours=1)


def calendar(
    feed_id: int, language: str, times: Iterable[FeedTime], zone: ZoneInfo, *, at: datetime
) -> bytes:
    """Return the file; each time in the site's own zone, so that a change of clocks moves nothing."""
    made = icalendar.Calendar()
    made.add("prodid", "-//calendar//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("refresh-interval", EVERY, parameters={"value": "DURATION"})
    for one in times:
        event = icalendar.Event()
        event.add("uid", str(uuid.uuid5(NAMESPACE, f"{feed_id}-{one.occurrence_id}")))
        event.add("dtstamp", at)
        event.add("dtstart", one.starts_at.astimezone(zone))
        event.add("dtend", one.ends_at.astimezone(zone))
        event.add("sequence", one.version)
        event.add("summary", TITLES.get(language, TITLES["en"]))
        event.add("class", "PRIVATE")
        event.add("status", "CANCELLED" if one.is_off else "CONFIRMED")
        made.add_component(event)
    made.add_missing_timezones()
    return bytes(made.to_ical())
