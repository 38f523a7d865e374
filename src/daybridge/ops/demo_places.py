"""Places in groups, step-downs, reviews and ends: what becomes of a stay in the demo."""

import contextlib
import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from daybridge.care.placement import commands as placement
from daybridge.care.placement import commands_payer as payer
from daybridge.care.placement.queries import stay_of
from daybridge.care.planning import commands as planning
from daybridge.care.planning import commands_sign as plan_signing
from daybridge.care.planning.queries import plan_in_work
from daybridge.care.schedule.commands import DoesNotFit, join, leave_all
from daybridge.care.schedule.queries import all_series, memberships_of
from daybridge.care.schedule.rules import Newcomer
from daybridge.clinic.calendar.commands import give_client_week
from daybridge.clinic.calendar.rules import Window
from daybridge.kernel.minutes import local
from daybridge.ops.demo_house import House, moment
from daybridge.ops.demo_notes import progress
from daybridge.ops.demo_people import SEED, end_words

PLACES = {"outpatient": 1, "iop": 3, "php": 7}
WEEK_HOURS = {"outpatient": "1.5", "iop": "9", "php": "20"}
DAY = timedelta(days=1)


def give_places(
    house: House, client_id: int, level: str, at: datetime, dice: random.Random, *,
    until: date | None = None, language: str = "en",
) -> None:
    """Give the places of a level from the next day on, where there is a seat then and later."""
    sam, day = house.staff["sam"], at.astimezone(house.zone).date() + DAY
    later = {row.series_id: row.members for row in all_series(sam, on=until or day)}
    series = [row for row in all_series(sam, on=day)
              if row.language in {"en", language} and row.weekday < 5 and level in row.levels
              and max(row.members, later.get(row.series_id, 0)) < row.capacity
              and (row.minutes >= 180 or level == "outpatient")]
    dice.shuffle(series)
    series.sort(key=lambda row: row.language != language)
    taken: dict[int, int] = {}
    for row in series:
        if taken.get(row.weekday, 0) >= (2 if level == "php" else 1):
            continue
        with contextlib.suppress(DoesNotFit):
            join(sam, client_id=client_id, series_id=row.series_id, from_day=day,
                 newcomer=Newcomer(level, frozenset({"en", language})), at=at)
            taken[row.weekday] = taken.get(row.weekday, 0) + 1
        if sum(taken.values()) == PLACES[level]:
            return


def give_times(house: House, client_id: int, at: datetime) -> None:
    """Write down when somebody can come, as they said it; one in seven was not asked yet."""
    luck = random.Random(f"{SEED} times {client_id}").random()
    sam, day = house.staff["sam"], at.astimezone(house.zone).date()
    if luck < 1 / 7:
        return
    evenings = {5} if luck > 0.5 else set(range(5))
    mine = memberships_of(sam, client_id=client_id, on=day)
    series = {row.series_id: row for row in all_series(sam, on=day)}
    evenings |= {series[row.series_id].weekday for row in mine if series[row.series_id].starts >= time(17)}
    give_client_week(sam, client_id=client_id, from_day=day, at=at, windows=[
        Window(weekday, 9 * 60, (21 if weekday in evenings else 17) * 60) for weekday in range(5)])


def step_down(
    house: House, client_id: int, day: date, level: str, dice: random.Random, *,
    until: date, language: str,
) -> None:
    """Change the level, the hours and the groups, with a word why."""
    at, sam, vera = local(day, time(16), house.zone), house.staff["sam"], house.staff["vera"]
    with moment(vera, at):
        placement.change_level(vera, client_id=client_id, level=level, at=at,
                               why="Two steady weeks; home holds.")
        planning.prescribe_hours(
            vera, client_id=client_id, hours=Decimal(WEEK_HOURS[level]),
            from_day=day + DAY, reason="step-down", at=at)
    with moment(sam, at):
        leave_all(sam, client_id=client_id, until_day=day, at=at)
        give_places(house, client_id, level, at, dice, until=until, language=language)
        give_times(house, client_id, at)


def review(house: House, client_id: int, day: date, name: str) -> None:
    """Look at the plan again: it is signed by both, unless it lacks something."""
    at, vera = local(day, time(15), house.zone), house.staff["vera"]
    with moment(vera, at):
        progress(vera, client_id, at, random.Random(f"{SEED} review {client_id} {day}"))
        one = planning.start_plan(vera, client_id=client_id, at=at)
        draft = plan_in_work(vera, client_id=client_id)
        if draft is None or draft.lacks or draft.is_frozen:
            return
        plan_signing.sign_as_clinician(vera, client_id=client_id, plan_id=one, at=at)
        plan_signing.sign_as_client(vera, client_id=client_id, plan_id=one, name=name, at=at)


def end(house: House, client_id: int, day: date, reason: int) -> None:
    """End a stay in the evening, with a reason, the client's view and the way back."""
    at, helen = local(day, time(18), house.zone), house.staff["helen"]
    why, view, way_back = end_words(reason)
    with moment(helen, at):
        stay = stay_of(helen, client_id=client_id)
        if stay is None or stay.ended_at is not None:
            return
        placement.end_stay(helen, client_id=client_id, reason=why, words="", client_view=view,
                           way_back=way_back, at=at)
        leave_all(helen, client_id=client_id, until_day=day, at=at)


def pay(house: House, client_id: int, at: datetime, until: date, dice: random.Random) -> None:
    """Write down who pays, until when, and how much is used."""
    sam = house.staff["sam"]
    with moment(sam, at):
        one = payer.authorise(
            sam, client_id=client_id, name=dice.choice(("Lakeside Health", "County Plan", "Unity Mutual")),
            number=f"A{dice.randint(10_000, 99_999)}", level="iop", units=36, until=until, at=at)
        payer.use_units(sam, client_id=client_id, payer_id=one, used=dice.randint(3, 35), at=at)
