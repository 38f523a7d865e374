"""Who comes to the demo clinic, when, for how long, and how they leave: pure, from one seed."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from daybridge.ops.demo_names import ENDS, FIRST, LAST

SEED = 20_261_116
YEAR = timedelta(days=364)
WINDOW = timedelta(days=14)
CARE_DAYS = 84
FIRST_OF_THE_PAST = 101  # the number of the first who came and left
COMPLETED, EARLY = ENDS[:2], ENDS[2:]


@dataclass(frozen=True, slots=True)
class Size:
    """How big the clinic of a story is: people in care, people who came and left, the past's days."""

    in_care: int = 63
    past: int = 250
    days: int = YEAR.days


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay: its days, the level it began with, and the step-downs by day."""

    begins: date
    ends: date | None
    level: str
    steps: tuple[tuple[date, str], ...]
    reason: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the story; a second stay is a return."""

    number: int
    name: str
    stays: tuple[Stay, ...]

    @property
    def language(self) -> str:
        """Return the language somebody feels at home in."""
        return "es" if self.number % 9 == 4 else "en"


def name_of(number: int) -> str:
    """Return a name that nobody else of the year has."""
    every = [f"{first} {last}" for first in FIRST for last in LAST]
    random.Random(SEED).shuffle(every)
    return every[number % len(every)]


def people_in_care(today: date, size: Size) -> list[Person]:
    """Return those who are in care today, and the few who left in the last days."""
    people = []
    for number in range(1, size.in_care + 1):
        dice = random.Random(f"{SEED} in care {number}")
        begins = _workday(today - timedelta(days=CARE_DAYS - CARE_DAYS * (number - 1) // size.in_care))
        left = today - timedelta(days=dice.randint(2, 9)) if number % 21 == 5 else None
        level = "php" if number % 6 == 1 else "iop"
        steps = _steps(begins, left or today, level, dice)
        people.append(Person(number, name_of(number), (
            Stay(begins, left, level, steps, dice.randrange(len(EARLY))),)))
    return people


def past_people(today: date, size: Size) -> list[Person]:
    """Return those who came and left before the last fortnight, by their first day."""
    first, last = today - timedelta(days=size.days), today - WINDOW - timedelta(days=1)
    people = []
    for place in range(size.past):
        number = FIRST_OF_THE_PAST + place
        dice = random.Random(f"{SEED} past {number}")
        span = max(1, int((last - first).days * 0.86))
        begins = _workday(first + timedelta(days=3 + span * place // size.past))
        stays = [_past_stay(begins, last, dice)]
        gone = stays[0].ends or last
        if place % 11 == 3 and (last - gone).days > 70:
            stays.append(_past_stay(_workday(gone + timedelta(days=dice.randint(20, 45))), last, dice))
        people.append(Person(number, name_of(number), tuple(stays)))
    return people


def _past_stay(begins: date, last: date, dice: random.Random) -> Stay:
    early = dice.random() < 0.3
    days = dice.randint(7, 38) if early else dice.randint(49, 84)
    ends = max(begins + timedelta(days=3), min(begins + timedelta(days=days), last))
    level = "php" if dice.random() < 0.18 else "iop"
    reason = dice.randrange(len(EARLY)) if early or (ends - begins).days < 42 else -1 - dice.randrange(2)
    return Stay(begins, ends, level, _steps(begins, ends, level, dice), reason)


def end_words(reason: int) -> tuple[str, str, str]:
    """Return reason, view and way back: a number below zero is a completed stay."""
    return COMPLETED[-1 - reason] if reason < 0 else EARLY[reason]


def _steps(
    begins: date, ends: date, level: str, dice: random.Random
) -> tuple[tuple[date, str], ...]:
    """PHP steps down to IOP after two or three weeks; a long stay goes on as outpatient."""
    steps = []
    if level == "php":
        steps.append((begins + timedelta(days=dice.choice((14, 21))), "iop"))
    if dice.random() < 0.6:
        steps.append((begins + timedelta(days=dice.choice((63, 70))), "outpatient"))
    return tuple((_workday(day), to) for day, to in steps if _workday(day) < ends)


def _workday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
