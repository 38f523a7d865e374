"""One day of the demo clinic, lived through the commands: forward, or one of the past year."""

import contextlib
import random
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.care.hours.commands import book_all_sure, flag_short_weeks
from daybridge.care.hours.queries import week_start
from daybridge.care.hours.queries_board import hours_board
from daybridge.care.intake.commands_slots import SlotClash, open_slot
from daybridge.care.placement.queries import stays_in_care
from daybridge.care.planning.queries_due import plans_due
from daybridge.care.planning.rules import Kind
from daybridge.care.schedule.commands import DoesNotFit, extend
from daybridge.clinic.programme.queries import rooms
from daybridge.clinic.tasks.commands import TakenBy, add_shift
from daybridge.kernel.minutes import local
from daybridge.ops import demo_fidelity as fidelity
from daybridge.ops import demo_record as record
from daybridge.ops.demo_clients import Newcomer, admit, call_for_help
from daybridge.ops.demo_house import House, moment
from daybridge.ops.demo_notes import book, individual
from daybridge.ops.demo_people import name_of
from daybridge.ops.demo_places import end, review
from daybridge.ops.demo_sessions import (
    explain_short_week,
    hold,
    reach_out,
    sessions_of,
    stand_in,
)

MOST_IN_CARE = 62
SATURDAY, SUNDAY = 5, 6
AHEAD = 15


def morning(house: House, day: date, dice: random.Random, today: date) -> None:
    """Live the morning of a day: the rota, evaluation times, calls, and new people after today."""
    opening = local(day, time(8), house.zone)
    _rota(house, [day, day + timedelta(days=1), day + timedelta(days=2),
                  day + timedelta(days=AHEAD - 1)], opening, but=3)
    if day.weekday() == 0 and day > today:
        with moment(house.staff["helen"], opening):
            extend(house.staff["helen"], at=opening)
    fidelity.draw(house, day, opening)
    if day.weekday() < SATURDAY:
        offer_times(house, day + timedelta(days=1), opening)
        _newcomers(house, day, dice, today)
    stand_in(house, day, opening, today)
    book(house, day, opening, today)


def afternoon(house: House, day: date, dice: random.Random, until: datetime) -> None:
    """Hold the sessions of a day as far as the time has come."""
    opening = local(day, time(8), house.zone)
    for one in [*sessions_of(house, day, opening), *individual(house, day, opening)]:
        hold(house, one, dice, until)


def evening(house: House, day: date, dice: random.Random, today: date) -> None:
    """Live the evening: reaching out, make-ups, plans, and now and then a farewell."""
    at = local(day, time(21), house.zone)
    reach_out(house, day, at, dice)
    fidelity.watch(house, day, at, dice)
    if day.weekday() in (2, 3):
        _make_up(house, day, at, dice)
    if day.weekday() == SATURDAY:
        explain_short_week(house, day, at, dice)
    if day.weekday() != SUNDAY:
        due = plans_due(house.staff["vera"], on=day, within_days=2)
        for row in [row for row in due if row.kind != Kind.INITIAL or row.due_on <= day][:8]:
            review(house, row.client_id, day, "signed at the desk")
    record.live(house, day, at, dice, today)
    if day > today:
        _farewell(house, day, dice)


def past_day(house: House, day: date, dice: random.Random, today: date) -> None:
    """Live a day of the past year: its people have come already; who was on call, who was there."""
    opening, night = local(day, time(8), house.zone), local(day, time(21), house.zone)
    _rota(house, [day], opening)
    stand_in(house, day, opening, today)
    fidelity.draw(house, day, opening)
    for one in sessions_of(house, day, opening):
        hold(house, one, dice, night, arrivals=False)
    fidelity.watch(house, day, night, dice)
    reach_out(house, day, night, dice)
    if day.weekday() == SATURDAY:
        explain_short_week(house, day, night, dice)


def prepare_fortnight(house: House, today: date, at: datetime) -> None:
    """Fill the rota (with one hole in ten days), open evaluation times, name substitutes."""
    days = [today + timedelta(days=ahead) for ahead in range(AHEAD)]
    _rota(house, [day for day in days if day != today + timedelta(days=10)], at)
    for day in days[:8]:
        offer_times(house, day, at)
    for day in days[1:]:
        stand_in(house, day, at, today)


def _rota(house: House, days: Iterable[date], at: datetime, *, but: int | None = None) -> None:
    """Name who is on call; far ahead one weekday stays open until somebody sees it."""
    helen = house.staff["helen"]
    with moment(helen, at):
        for place, day in enumerate(days):
            if place == 3 and day.weekday() == but:
                continue
            starts = local(day, time(8), house.zone)
            ends = local(day + timedelta(days=1), time(8), house.zone)
            for key, part in (("ben", "primary"), ("tess", "backup")):
                with contextlib.suppress(TakenBy):
                    add_shift(helen, user_id=house.staff[key].user_id or 0, part=part,
                              phone="555-0199", starts_at=starts, ends_at=ends, at=at)


def offer_times(house: House, day: date, at: datetime) -> None:
    """Open evaluation times of a day, so that everybody who calls is offered one."""
    if day.weekday() >= SATURDAY:
        return
    sam, osei = house.staff["sam"], house.staff["osei"]
    with moment(sam, at):
        room = rooms(sam)[0]
        for hour in (9, 10, 15):
            starts = local(day, time(hour), house.zone)
            if starts > at:
                with contextlib.suppress(SlotClash):
                    open_slot(sam, room_id=room.room_id, evaluator_id=osei.user_id or 0,
                              starts_at=starts, ends_at=starts + timedelta(hours=1), at=at)


def _newcomers(house: House, day: date, dice: random.Random, today: date) -> None:
    """After the first today somebody is admitted when there is room; others call and wait."""
    in_care, number = len(stays_in_care(house.staff["helen"])), 400 + 3 * (day - today).days
    at = local(day, time(8, 20), house.zone)
    if day > today and in_care < MOST_IN_CARE and dice.random() < 0.8:
        client_id = admit(house, at, dice, Newcomer(name_of(number)))
        record.begin(house, record.Begun(client_id, name_of(number), "en", at + timedelta(hours=1)), day)
    if dice.random() < 0.3:
        call_for_help(house, at + timedelta(minutes=90), dice, name=name_of(number + 1))


def _make_up(house: House, day: date, at: datetime, dice: random.Random) -> None:
    """Flag who falls short, and book make-ups for some of them."""
    helen = house.staff["helen"]
    sessions = system(Role.SESSIONS)
    with moment(sessions, at):
        week = week_start(sessions, day=day)
        flag_short_weeks(sessions, week=week, at=at)
    with moment(helen, at):
        rows = [row for row in hours_board(helen, week=week, at=at).rows if row.sure]
        chosen = [row.client_id for row in rows if dice.random() < 0.6]
        with contextlib.suppress(DoesNotFit):
            book_all_sure(helen, week=week, client_ids=chosen[:6], at=at)


def _farewell(house: House, day: date, dice: random.Random) -> None:
    """Now and then somebody leaves, done or early, with a reason, a view and a way back."""
    stays = stays_in_care(house.staff["helen"])
    if dice.random() < 0.7 and day.weekday() < SATURDAY and len(stays) > 20:
        one = dice.choice(stays[:15])
        if (day - one.admitted_at.date()).days > 7:
            done = (day - one.admitted_at.date()).days > 60
            end(house, one.client_id, day, -1 if done else dice.randrange(5))
