"""Plays what the story has in store for somebody, from the first call to the last day."""

import random
from datetime import date, time, timedelta

from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.care.medical.sitting import looked_at_together
from daybridge.kernel.minutes import local
from daybridge.ops import demo_record as record
from daybridge.ops.demo_clients import Newcomer, admit
from daybridge.ops.demo_house import House
from daybridge.ops.demo_people import FIRST_OF_THE_PAST, SEED, Person, Stay
from daybridge.ops.demo_places import end, pay, review, step_down

HOUR = timedelta(hours=1)
FULL_PLAN = timedelta(days=5)
NEXT_REVIEW = timedelta(days=28)
AN_ACCOUNT = 10


def play(house: House, person: Person, today: date) -> int:
    """Live somebody's stays up to the day before today; return the client's id."""
    client_id = None
    for place, stay in enumerate(person.stays):
        dice = random.Random(f"{SEED} play {person.number} {place}")
        at = local(stay.begins, time(8 + person.number % 7, 10), house.zone)
        account = f"client{person.number}" if person.number % AN_ACCOUNT == 1 and not place else ""
        with looked_at_together(system(Role.NIGHTLY), at=at + 2 * HOUR):
            client_id = admit(house, at, dice, Newcomer(
                person.name, stay.level, account, client_id, stay.ends or today, person.language))
            who = record.Begun(client_id, person.name, person.language, at + HOUR,
                               is_past=person.number >= FIRST_OF_THE_PAST)
            record.begin(house, who, today)
            record.first_weeks(house, who, stay.ends or today, today)
        record.go_on(house, who, stay.ends or today, today)
        _go_on(house, client_id, person, stay, today, dice)
    return client_id or 0


def _go_on(
    house: House, client_id: int, person: Person, stay: Stay, today: date, dice: random.Random
) -> None:
    last = stay.ends or today
    day = stay.begins + FULL_PLAN
    while day < last:
        review(house, client_id, day, person.name)
        day += NEXT_REVIEW
    for on, level in stay.steps:
        step_down(house, client_id, on, level, dice, until=last, language=person.language)
    if dice.random() < 0.7:
        paid_until = stay.ends or today + timedelta(days=dice.choice((2, 5, 9, 20, 40, 60)))
        pay(house, client_id, local(stay.begins, time(17), house.zone), paid_until, dice)
    if stay.ends is not None:
        end(house, client_id, stay.ends, stay.reason)
