"""The demo clinic: a seeded, invented programme, made through the commands, never by SQL.

It lives its last weeks day by day: people call, are evaluated, decide, are admitted, come to
groups, come late, miss, are reached, step down and leave. In a demo database the gate's
clock is the story's, so that every entry time is true to it.
"""

import argparse
import random
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from daybridge.access import clock, identity
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.clinic.programme import queries as programme
from daybridge.ops.demo_days import live_day
from daybridge.ops.demo_house import House, found, known_house

SEED = 20_261_116
WEEKS = 5
Say = Callable[[str], None]


def main(argv: list[str]) -> int:
    """Load the demo clinic, or live the days that are missing since it was last open."""
    parser = argparse.ArgumentParser(prog="daybridge demo")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--weeks", type=int, default=WEEKS)
    options = parser.parse_args(argv)
    if settings.DAYBRIDGE.kind != "demo":
        sys.stderr.write("Only a demo database has a story. This one is real.\n")
        return 1
    load(say=(lambda words: None) if options.quiet else print, weeks=options.weeks)
    return 0


def load(*, say: Say = print, weeks: int = WEEKS, now: datetime | None = None) -> None:
    """Found the clinic if there is none, then live each day up to now; safe to repeat."""
    end = now or datetime.now(UTC)
    if not _is_founded():
        first = end.date() - timedelta(weeks=weeks)
        say("Founding the demo clinic ...")
        with clock.demo_time(_morning(first)):
            house = found(_morning(first), random.Random(SEED))
        _mark(house, first - timedelta(days=1))
    house = known_house()
    day = _lived_until(house) + timedelta(days=1)
    today = end.astimezone(house.zone).date()
    total = max(1, (today - day).days + 1)
    lived = 0
    while day <= today:
        with transaction.atomic():
            live_day(house, day, random.Random(f"{SEED}{day}"), until=end)
            _mark(house, day)
        day, lived = day + timedelta(days=1), lived + 1
        say(f"Demo clinic: day {lived} of {total}")
    say("The demo clinic is up to today.")


def _is_founded() -> bool:
    setup = system(Role.SETUP)
    with transaction.atomic(), identity.acting(setup):
        return programme.house(setup) is not None


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(13), UTC)


def _mark(house: House, day: date) -> None:
    """Keep the last lived day where every process finds it: a file in the home folder."""
    path = settings.DAYBRIDGE.home / f"{settings.DAYBRIDGE.database}.story"
    path.write_text(day.isoformat())


def _lived_until(house: House) -> date:
    path = settings.DAYBRIDGE.home / f"{settings.DAYBRIDGE.database}.story"
    if path.exists():
        return date.fromisoformat(path.read_text().strip())
    return datetime.now(UTC).astimezone(house.zone).date()


