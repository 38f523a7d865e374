"""The demo clinic: a seeded, invented programme, made through the commands, never by SQL.

First the house is founded; then the people in care and the last two weeks are lived; then,
behind, the year before. Each step is one transaction that also writes its mark, so that it
may be interrupted at any time and goes on where it was. In a demo database the gate's
clock is the story's, so that every entry time is true to it.
"""

import argparse
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from daybridge.access import clock, identity
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.clinic.programme import queries as programme
from daybridge.clinic.programme.commands import mark_story
from daybridge.kernel.minutes import local
from daybridge.ops import demo_days as days
from daybridge.ops.demo_house import ZONE, House, found, known_house
from daybridge.ops.demo_partners import found_beside
from daybridge.ops.demo_people import SEED, WINDOW, Size, past_people, people_in_care
from daybridge.ops.demo_play import play
from daybridge.ops.demo_scenes import set_desks
from daybridge.pages import filling

Say = Callable[[str], None]
DAY = timedelta(days=1)
MONTHS = 12
NIGHT = time(21)
INTERRUPTED = 130


def main(argv: list[str]) -> int:
    """Load the demo clinic, or live the days that are missing since it was last open."""
    parser = argparse.ArgumentParser(prog="daybridge demo")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args(argv)
    try:
        load(say=(lambda words: None) if options.quiet else _print)
    except NotADemo as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


class NotADemo(Exception):
    """Only a demo database has a story."""


def load(*, say: Say, size: Size | None = None, now: datetime | None = None) -> None:
    """Found the clinic if there is none, live what is missing up to now; safe to repeat."""
    story = begin(size=size or Size(), now=now or datetime.now(UTC), say=say)
    if story is None:
        return
    try:
        story.bring_people()
        story.live_on()
        story.set_desks()
        story.live_the_past()
    finally:
        filling.forget()
    say("The demo clinic is up to today.")


def begin(*, size: Size, now: datetime, say: Say) -> "Story | None":
    """Found the house if there is none; None for a demo that somebody has set up by hand."""
    if settings.DAYBRIDGE.kind != "demo":
        raise NotADemo("Only a demo database has a story. This one is real.")
    setup = system(Role.SETUP)
    with transaction.atomic(), identity.acting(setup):
        founded, marks = programme.house(setup) is not None, programme.story_marks(setup)
    if not founded:
        say("Founding the demo clinic ...")
        today = now.astimezone(ZoneInfo(ZONE)).date()
        at = local(today - timedelta(days=size.days), time(7), ZoneInfo(ZONE))
        with transaction.atomic(), clock.demo_time(at):
            house = found(at, today)
            found_beside(house.staff["helen"], at)
            Story(house, {"today": today.isoformat()}, size, now, say).keep(at)
    elif not marks:
        return None
    with transaction.atomic(), identity.acting(setup):
        marks = programme.story_marks(setup)
    return Story(known_house(), marks, size, now, say)


@dataclass(slots=True)
class Story:
    """The story as far as it has been lived: its marks are kept in the database."""

    house: House
    marks: dict[str, int | str]
    size: Size
    now: datetime
    say: Say

    @property
    def today(self) -> date:
        """Return the day on which the demo was founded: the story is told from there."""
        return date.fromisoformat(str(self.marks["today"]))

    def keep(self, at: datetime, **marks: int | str) -> None:
        """Keep marks, in the transaction of what they stand for."""
        self.marks = {**self.marks, **marks}
        mark_story(self.house.staff["helen"], marks=self.marks, at=at)

    def bring_people(self, *, most: int | None = None) -> None:
        """Bring in those who are in care, each with all that has happened to them."""
        people = people_in_care(self.today, self.size)
        for person in people[int(self.marks.get("people", 0)):most]:
            filling.tell(f"The clinic is being filled: {person.number} of {len(people)} people.")
            with transaction.atomic():
                play(self.house, person, self.today)
                self.keep(self.now, people=person.number)
            if person.number % 10 == 0:
                self.say(f"Demo clinic: {person.number} of {len(people)} people in care")

    def live_on(self) -> None:
        """Live the last two weeks, or the days since the demo was open, up to this moment."""
        self.house, zone = known_house(), self.house.zone  # clients have accounts by now
        day = self._mark("lived", self.today - WINDOW - DAY) + DAY
        last = self.now.astimezone(zone).date()
        while day <= last:
            filling.tell(f"The clinic is being filled: the days until {last:%-d %B}, now {day:%-d %B}.")
            self._live(day)
            if local(day, NIGHT, zone) > self.now:
                break
            self.say(f"Demo clinic: {day:%a %-d %b} is lived")
            day += DAY

    def _live(self, day: date) -> None:
        dice, zone = random.Random(f"{SEED}{day}"), self.house.zone
        if local(day, time(8), zone) > self.now:
            return
        with transaction.atomic():
            if self._mark("begun", date.min) < day:
                days.morning(self.house, day, dice, self.today)
                self.keep(self.now, begun=day.isoformat())
            days.afternoon(self.house, day, dice, self.now)
            if local(day, NIGHT, zone) <= self.now:
                days.evening(self.house, day, dice, self.today)
                self.keep(self.now, lived=day.isoformat())

    def set_desks(self) -> None:
        """Put today's waiting people, alerts and tasks on the desks, once."""
        if not self.marks.get("desks"):
            with transaction.atomic():
                days.prepare_fortnight(self.house, self.today, self.now)
                set_desks(self.house, self.now)
                self.keep(self.now, desks=1)
            self.say("Demo clinic: the people in care and the last two weeks are there.")

    def live_the_past(self) -> None:
        """Live the year before, day by day from its beginning, with those who came and left."""
        first, last = self.today - timedelta(days=self.size.days), self.today - WINDOW - DAY
        people = past_people(self.today, self.size)
        day, month = self._mark("behind", first - DAY) + DAY, -1
        while day <= last:
            if month != (month := MONTHS * (day - first).days // ((last - first).days + 1)):
                filling.tell(f"The demo's year is loading: {month} of {MONTHS} months.")
                self.say(f"Demo clinic, the year before: {month} of {MONTHS} months")
            with transaction.atomic():
                for person in people:
                    if person.stays[0].begins == day:
                        play(self.house, person, self.today)
                days.past_day(self.house, day, random.Random(f"{SEED}{day}"), self.today)
                self.keep(self.now, behind=day.isoformat())
            day += DAY

    def _mark(self, key: str, otherwise: date) -> date:
        return date.fromisoformat(str(self.marks[key])) if key in self.marks else otherwise


def _print(words: str) -> None:
    print(words, flush=True)
