"""What lies on the desks of the demo clinic today: waiting people, hurdles, alerts, tasks."""

import random
from datetime import datetime, timedelta

from daybridge.care.intake import commands as intake
from daybridge.care.intake.commands_slots import book_evaluation
from daybridge.care.intake.queries_slots import next_free_slots
from daybridge.care.placement.queries import stays_in_care
from daybridge.clinic.tasks import commands as tasks
from daybridge.clinic.tasks.queries import tasks_of
from daybridge.ops import demo_record as record
from daybridge.ops.demo_clients import call_for_help
from daybridge.ops.demo_house import House, moment
from daybridge.ops.demo_names import HELP, HURDLES
from daybridge.ops.demo_people import name_of

SIXTEEN_DAYS = 16 * 365 + 30
WAITING = 9
TASKS = (("Send the letter to the employer", "tess"), ("Ring the pharmacy back", "ruth"),
         ("Find an evening place for the children", "tess"), ("Ask the payer for two more weeks", "sam"),
         ("Talk about the test of Friday", "nora"), ("Visit the sober house together", "leo"))
ALERTS = (("Thoughts of self-harm told at the desk", "vera", 26),
          ("Shaking and sweating since the morning", "ruth", 5),
          ("Said on the phone: cannot go on", "", 0))


def set_desks(house: House, now: datetime) -> None:
    """Put on the desks what a Monday morning brings."""
    dice = random.Random(now.date().isoformat())
    for number in range(WAITING):
        _wait(house, now - timedelta(days=number, hours=2 + number), number, now, dice)
    call_for_help(house, now - timedelta(days=1, hours=3), dice, name=name_of(390),
                  age_days=SIXTEEN_DAYS)
    record.set_desks(house, now)
    helen = house.staff["helen"]
    with moment(helen, now):
        clients = [row.client_id for row in stays_in_care(helen)]
    dice.shuffle(clients)
    for (title, key, hours), client_id in zip(ALERTS, clients, strict=False):
        _alert(house, client_id, title, key, now - timedelta(hours=hours, minutes=4))
    with moment(helen, now - timedelta(days=1)):
        for place, (title, key) in enumerate(TASKS):
            tasks.open_task(
                helen, client_id=clients[-1 - place % len(clients)], title=title,
                why="From the team meeting.",
                due_at=now + timedelta(hours=20 * place - 6), source_kind="demo.task",
                source_id=str(place), assignee_user_id=house.staff[key].user_id,
                at=now - timedelta(days=1))


def _wait(
    house: House, called: datetime, number: int, now: datetime, dice: random.Random
) -> None:
    """Let somebody call and wait, with a hurdle, help meanwhile, or a time for the evaluation."""
    sam = house.staff["sam"]
    client_id, inquiry = call_for_help(house, called, dice, name=name_of(380 + number))
    with moment(sam, called + timedelta(minutes=10)):
        at = called + timedelta(minutes=10)
        if number % 2:
            hurdle = intake.name_hurdle(sam, client_id=client_id, inquiry_id=inquiry,
                                        what=HURDLES[number % len(HURDLES)], at=at)
            if number == 3:
                intake.answer_hurdle(sam, client_id=client_id, hurdle_id=hurdle, at=at,
                                     how="The driver of the clinic fetches her.")
        for days in range(2, number + 1, 2):
            given = called + timedelta(days=days, hours=-3)
            intake.record_interim_help(sam, client_id=client_id, inquiry_id=inquiry,
                                       what=HELP[days % len(HELP)], given_at=given, at=given)
        if number == 8:
            intake.close_inquiry(
                sam, client_id=client_id, inquiry_id=inquiry, reason="Wants a bed, not a day programme",
                alternative="Hillside House has a bed from Thursday",
                reviewer_id=house.staff["vera"].user_id or 0, at=at + timedelta(hours=1))
    if number in {0, 2, 5}:
        with moment(sam, now):
            free = next_free_slots(sam, at=now)
            if free:
                book_evaluation(sam, client_id=client_id, slot_id=free[0].slot_id, at=now)


def _alert(house: House, client_id: int, title: str, key: str, at: datetime) -> None:
    vera = house.staff["vera"]
    with moment(vera, at):
        tasks.open_alert(vera, client_id=client_id, title=title, why="Talk to the person now.",
                         clock_minutes=15, source_kind="demo.alert", source_id=title, at=at)
        if not key:
            return
        found = next(row for row in tasks_of(vera, client_id=client_id, at=at) if row.title == title)
    taker, taken = house.staff[key], at + timedelta(minutes=3)
    with moment(taker, taken):
        tasks.take(taker, task_id=found.task_id, at=taken)
        if key == "vera":
            tasks.close(taker, task_id=found.task_id, at=taken,
                        outcome="Talked for an hour; a safety plan is written; the sister is here.")
