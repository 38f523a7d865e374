"""Fidelity in the demo clinic: each Monday sessions are drawn; observer and leader say what they saw."""

import random
from datetime import date, datetime, timedelta

from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.care.schedule.commands_fidelity import NotRated, draw_checks, rate
from daybridge.care.schedule.queries_fidelity import DrawRow, draws
from daybridge.ops.demo_house import House, moment

FORGOTTEN = 0.15  # one in seven says nothing
WORDS = ("Ask for a real week before the exercise.", "The practice at the end was too short.", "")


def draw(house: House, day: date, at: datetime) -> None:
    """Draw on a Monday."""
    if day.weekday() == 0:
        sessions = system(Role.SESSIONS)
        with moment(sessions, at):
            draw_checks(sessions, at=at, seed=day.toordinal())


def watch(house: House, day: date, at: datetime, dice: random.Random) -> None:
    """Say what was seen in the drawn sessions of a day; leaders see a little more of themselves."""
    with moment(house.staff["helen"], at):
        rows = [one for one in draws(house.staff["helen"], since=day)
                if one.starts_at.date() <= day + timedelta(days=1)]
    for one in rows:
        for user_id, likely in ((one.observer_id, 0.8), (one.leader_id, 0.92)):
            if one.is_mine(user_id, at) and dice.random() > FORGOTTEN:
                _say(house, one, user_id, at, likely, dice)


def _say(
    house: House, one: DrawRow, user_id: int, at: datetime, likely: float, dice: random.Random
) -> None:
    who = next((actor for actor in house.staff.values() if actor.user_id == user_id), None)
    if who is None:
        return
    seen = [place for place in range(len(one.items)) if dice.random() < likely]
    with moment(who, at):
        try:
            rate(who, draw_id=one.draw_id, seen=seen, words=dice.choice(WORDS), at=at)
        except NotRated:
            return
