"""The clinical record of the demo's people: what admission, the first weeks and each day write into it."""

import contextlib
import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.care.assessment.queries_needs import open_counts
from daybridge.care.medical.sitting import looked_at_together
from daybridge.care.placement.queries import stays_in_care
from daybridge.care.planning.queries import plan_in_force
from daybridge.care.schedule.commands_objectives import NotTheirs, work_on
from daybridge.care.schedule.queries_objectives import own_groups
from daybridge.clinic.people.queries_many import primary_of
from daybridge.kernel.minutes import local
from daybridge.ops import demo_consents as consents
from daybridge.ops import demo_forms as forms
from daybridge.ops import demo_groups as groups
from daybridge.ops import demo_medicine as medicine
from daybridge.ops import demo_needs as needs
from daybridge.ops import demo_notes as notes
from daybridge.ops.demo_house import House, moment
from daybridge.ops.demo_people import SEED, WINDOW

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LOOKED_AGAIN = 0.25  # of the clients with an open need, each day
FIRST_DAYS = 9  # the days after admission on which something of its own is written down
FORMS, FEW_FORMS = ("ruler", "phq9", "bam", "gad7"), ("phq9", "bam")
MORNING, AFTERNOON, WORKDAYS, THE_DESK = time(8), time(14), 5, "vera"


@dataclass(frozen=True, slots=True)
class Begun:
    """Somebody who has just been admitted; `is_past` tells the story thinly."""

    client_id: int
    name: str
    language: str
    at: datetime
    is_past: bool = False


def begin(house: House, who: Begun, today: date) -> None:
    """Write what the day of admission brings into the record; less of what is long ago."""
    dice, at = random.Random(f"{SEED} record {who.client_id} {who.at:%Y%m%d}"), who.at + HOUR
    team = team_of(house, who.client_id, at)
    consents.at_admission(house, who.client_id, at, dice, name=who.name, language=who.language)
    needs.find(house, who.client_id, team, at, dice, who.language)
    names = FEW_FORMS if who.is_past else FORMS if house.day(at) > today - 2 * WINDOW else FORMS[:-1]
    forms.at_admission(house, who.client_id, at, dice, names, who.language)
    if who.is_past:
        needs.answer(house, who.client_id, team, at + 3 * DAY)
        notes.contact(house, who.client_id, team, at + 4 * DAY, dice)
        return
    medicine.first_day(house, who.client_id, at, dice)
    _tie_groups(house, who.client_id, team, at)


def team_of(house: House, client_id: int, at: datetime) -> str:
    """Return the primary counsellor's key."""
    helen = house.staff["helen"]
    with moment(helen, at):
        name = primary_of(helen, of={client_id}).get(client_id)
    return next((key for key, actor in house.staff.items() if actor.name == name), THE_DESK)


def _tie_groups(house: House, client_id: int, team: str, at: datetime) -> None:
    """Say which group works on each step of the plan, so that needs lead to sessions."""
    actor, day = house.staff[team], house.day(at) + DAY
    with moment(actor, at):
        plan = plan_in_force(actor, client_id=client_id)
        groups = [row.series_id for row in own_groups(actor, client_id=client_id, on=day)]
        steps = [one.key for problem in plan.problems for one in problem.objectives] if plan else []
        if steps and groups:
            with contextlib.suppress(NotTheirs):
                work_on(actor, client_id=client_id, from_day=day, at=at, groups={
                    key: {groups[place % len(groups)]} for place, key in enumerate(steps)})


def first_weeks(house: House, who: Begun, until: date, today: date) -> None:
    """Tell what lies before the last two weeks, thinly; each of those days is then lived by itself."""
    first, last = house.day(who.at), min(until, today - WINDOW)
    if who.is_past or last <= first:
        return
    for days in range(1, FIRST_DAYS + 1):
        if first + days * DAY < last:
            _first_days(house, who.client_id, days, local(first + days * DAY, AFTERNOON, house.zone))
    forms.earlier(house, who.client_id, first, last, who.language)


def go_on(house: House, who: Begun, until: date, today: date) -> None:
    """Let the physician see what was found, and partners answer, before the last two weeks."""
    last = min(until, today - WINDOW)
    if last > house.day(who.at):
        medicine.seen_before(house, who.client_id, local(last, MORNING, house.zone))
        needs.follow_until(house, who.client_id, last)


def _first_days(house: House, client_id: int, days: int, at: datetime) -> None:
    if days == 2 + client_id % 4:
        needs.answer(house, client_id, team_of(house, client_id, at), at)
    medicine.later(house, client_id, days, at)


def live(house: House, day: date, at: datetime, dice: random.Random, today: date) -> None:
    """Write what a day brings: forms that are due, first weeks, referrals, the physician's list, notes."""
    helen = house.staff["helen"]
    with moment(helen, at):
        stays = [row for row in stays_in_care(helen) if row.admitted_at < at]
        still_open = open_counts(helen, of=[row.client_id for row in stays], on=day)
    with looked_at_together(system(Role.NIGHTLY), at=at):
        for row in stays:
            days = (day - house.day(row.admitted_at)).days
            if 0 < days <= FIRST_DAYS:
                _first_days(house, row.client_id, days, at)
            elif row.client_id in still_open and dice.random() < LOOKED_AGAIN:
                needs.answer(house, row.client_id, team_of(house, row.client_id, at), at)
        if day.weekday() < WORKDAYS and day >= today - notes.LATELY:
            forms.of_the_day(house, day, at, dice)
    if day.weekday() < WORKDAYS:
        needs.follow(house, day, at)
        medicine.see_those_who_wait(house, day, at)
    notes.write(house, day, at)
    groups.write(house, day, at)
    notes.co_sign(house, at)


def set_desks(house: House, now: datetime) -> None:
    """Put on the desks what waits today: requests, a stop that needs its answer, a note kept apart."""
    consents.set_desks(house, now)
    helen, nora = house.staff["helen"], house.staff["nora"]
    with moment(helen, now):
        clients = [row.client_id for row in stays_in_care(helen)]
        own = [pk for pk, name in primary_of(helen, of=set(clients)).items() if name == nora.name]
    for client_id in clients[:: max(1, len(clients) // 5)]:
        needs.told_today(house, client_id, team_of(house, client_id, now), now - 3 * HOUR)
    if clients:
        medicine.consider_naltrexone(house, clients[len(clients) // 3], now - 2 * HOUR)
    if own:
        notes.keep_one_apart(house, min(own), now - DAY)
