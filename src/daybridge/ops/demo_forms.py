"""Forms of the demo clinic: at admission, weekly and monthly; most people get better, some don't."""

import contextlib
import random
from collections.abc import Collection
from datetime import date, datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.care.instruments import commands as forms
from daybridge.care.instruments import commands_alliance as alliance
from daybridge.care.instruments.commands_sheet import NotOffered
from daybridge.care.instruments.queries import due
from daybridge.care.instruments.rules_due import Care, Due
from daybridge.care.placement.queries import stays_in_care
from daybridge.clinic.people.queries_many import join_facts
from daybridge.clinic.tasks import commands as tasks
from daybridge.clinic.tasks.queries import tasks_of
from daybridge.kernel.minutes import local
from daybridge.ops.demo_house import House, moment
from daybridge.ops.demo_people import SEED
from daybridge.ops.demo_record_words import WENT_WELL

WEEK = timedelta(days=7)
TRENDS = (0.07, 0.06, 0.06, 0.05, 0.05, 0.0, -0.02)  # what a week changes, of 1
SEVEN, TEN = 7, 10
SUBSTANCES = ("used_alcohol", "used_alcohol", "used_opioids", "used_stimulants")
ASKED_BY_STAFF = ("phq9", "gad7", "bam")


def hardness(client_id: int, weeks: int) -> float:
    """Return how hard a week of somebody's stay is, from 0 to 1: the same whenever it is told."""
    course = random.Random(f"{SEED} course {client_id}")
    start, slope = course.uniform(0.4, 0.8), course.choice(TRENDS)
    swing = random.Random(f"{SEED} week {client_id} {weeks}").uniform(-0.08, 0.08)
    return min(0.95, max(0.03, start - slope * min(weeks, 10) + swing))


def answers(name: str, hard: float, dice: random.Random, language: str = "en") -> dict[str, object]:
    """Return somebody's answers to a form, as hard as their week is."""
    if name == "weekly_check":
        return _week(hard, dice, language)
    if name == "ruler":
        return {"importance": dice.randint(7, 10), "confidence": round(9 - 6 * hard),
                "readiness": round(10 - 5 * hard)}
    if name in {"phq9", "gad7"}:
        items: dict[str, object] = {str(one): min(3, max(0, round(3 * hard + dice.uniform(-0.7, 0.7))))
                 for one in range(1, 9 if name == "phq9" else 8)}
        return {**items, "9": 0} if name == "phq9" else items
    if name == "bam":
        return _bam(hard, dice)
    return {one: dice.randint(7, 10) for one in ("understood", "topics", "way", "respected")}


def _week(hard: float, dice: random.Random, language: str) -> dict[str, object]:
    used = max(0, min(SEVEN, round(6 * (hard - 0.35) + dice.uniform(-0.8, 0.8))))
    found: dict[str, object] = {"used": used}
    if used:
        found[dice.choice(SUBSTANCES)] = used
    found |= {
        "craving": min(TEN, round(9 * hard + dice.uniform(0, 1.5))), "bad_nights": round(6 * hard),
        "low_days": max(0, min(SEVEN, round(7 * hard + dice.uniform(-1, 1)))),
        "risky_days": dice.randint(0, 3), "contact_days": dice.randint(1, 5),
        "group_days": dice.randint(0, 2), "safe_home": "0", "overdose": "0", "withdrawal": "0",
        "self_harm": "0",
    }
    if dice.random() < 0.3:
        found["went_well"] = dice.choice(WENT_WELL)[language == "es"]
    return found


def _bam(hard: float, dice: random.Random) -> dict[str, object]:
    bad, good = min(4, round(4 * hard)), max(0, 4 - round(4 * hard))
    days = round(14 * hard)
    return {"1": bad, "2": days, "3": days, "4": dice.randint(0, days), "5": dice.randint(0, days // 2),
            "6": 0, "8": bad, "9": good, "10": dice.randint(0, 8), "11": dice.randint(0, 6), "12": good,
            "13": dice.randint(8, 20), "14": 4 * dice.randint(0, 1), "15": min(3, bad),
            "16": dice.randint(5, 22), "17": good}


def at_admission(
    house: House, client_id: int, at: datetime, dice: random.Random, names: tuple[str, ...], language: str
) -> None:
    """Fill the first forms with the nurse; seldom one is left half done, or shows a danger."""
    ruth = house.staff["ruth"]
    with moment(ruth, at):
        for name in names:
            said = answers(name, hardness(client_id, 0), dice, language)
            if name == "gad7" and _leaves_half(client_id):
                _half(ruth, client_id, name, said, at)
                continue
            if name == "phq9" and client_id % 29 == 7:
                said["9"] = 1
            _fill(ruth, client_id, name, said, at, language)
    if "phq9" in names and client_id % 29 == 7:
        _take_and_close(house, client_id, at)


def earlier(
    house: House, client_id: int, begins: date, until: date, language: str
) -> None:
    """Fill what lies before the last days thinly: a weekly check now and then, mood each month."""
    ruth = house.staff["ruth"]
    for weeks in range(4, (until - begins).days // 7 + 1, 4):
        at = local(begins + weeks * WEEK, datetime.min.time().replace(hour=13), house.zone)
        dice = random.Random(f"{SEED} form {client_id} {weeks}")
        with moment(ruth, at):
            for name in ("weekly_check", "phq9"):
                _fill(ruth, client_id, name, answers(name, hardness(client_id, weeks), dice, language), at,
                      language)


def of_the_day(house: House, day: date, at: datetime, dice: random.Random) -> None:
    """Fill what is due: most of it, on paper with the nurse or by clients on their own account."""
    ruth, own = house.staff["ruth"], house.clients
    with moment(ruth, at):
        care = [Care(row.client_id, house.day(row.admitted_at), row.level)
                for row in stays_in_care(ruth) if row.admitted_at < at]
        rows = [row for row in due(ruth, care=care, on=day) if row.days_over >= 0]
        spoken = join_facts(ruth, of={row.client_id for row in rows})
        begun = {one.client_id: one.admitted_on for one in care}
        for row in rows:
            if dice.random() < 0.6 and row.client_id % 11 != 5 and not _is_own(row, own) and not (
                    row.instrument == "gad7" and _leaves_half(row.client_id)):
                _one(ruth, row, day, begun[row.client_id], at, spoken[row.client_id].languages[0])
    for client_id in sorted({row.client_id for row in rows if _is_own(row, own)}):
        if dice.random() < 0.6:
            _by_themselves(own[client_id], client_id, day, begun[client_id], at)


def _leaves_half(client_id: int) -> bool:
    return client_id % 7 == 4


def _is_own(row: Due, own: Collection[int]) -> bool:
    """Tell whether a form is one that a client fills on their own account."""
    return row.client_id in own and row.instrument == "weekly_check"


def _one(actor: Actor, row: Due, day: date, begun: date, at: datetime, language: str) -> None:
    weeks = (day - begun).days // 7
    dice = random.Random(f"{SEED} {row.instrument} {row.client_id} {day}")
    if row.instrument in (*ASKED_BY_STAFF, "weekly_check", "ruler"):
        said = answers(row.instrument, hardness(row.client_id, weeks), dice, language)
        _fill(actor, row.client_id, row.instrument, said, at, language)


def _by_themselves(actor: Actor, client_id: int, day: date, begun: date, at: datetime) -> None:
    """Let a client fill the week's check and the check of the session on their own account."""
    dice, language = random.Random(f"{SEED} own {client_id} {day}"), "en"
    week = answers("weekly_check", hardness(client_id, (day - begun).days // 7), dice)
    with moment(actor, at):
        forms.fill_whole(actor, client_id=client_id, name="weekly_check", answers=week, at=at)
        one = alliance.begin_check(actor, client_id=client_id, name="session_check", language=language, at=at)
        for item, said in answers("session_check", 0, dice).items():
            alliance.answer_check(actor, client_id=client_id, response_id=one, item=item,
                                  typed=[str(said)], version=0, at=at)
        alliance.finish_check(actor, client_id=client_id, response_id=one, at=at)


def _fill(
    actor: Actor, client_id: int, name: str, said: dict[str, object], at: datetime, language: str
) -> None:
    """Type in a paper form; what has no words in somebody's language is asked in an interview."""
    by, mode = ("interviewer", "interview") if name in ASKED_BY_STAFF else ("self", "paper")
    with contextlib.suppress(NotOffered):
        forms.fill_whole(actor, client_id=client_id, name=name, answers=said, by=by, mode=mode,
                         language="en" if name in ASKED_BY_STAFF else language, at=at)


def _half(actor: Actor, client_id: int, name: str, said: dict[str, object], at: datetime) -> None:
    one = forms.begin(actor, client_id=client_id, name=name, at=at)
    for item in list(said)[:3]:
        forms.answer(actor, client_id=client_id, response_id=one, item=item, typed=[str(said[item])],
                     version=0, at=at)


def _take_and_close(house: House, client_id: int, at: datetime) -> None:
    """Take the alert of a critical answer at once, ask further, close it within the hour."""
    vera, taken, closed = house.staff["vera"], at + timedelta(minutes=4), at + timedelta(minutes=50)
    with moment(vera, taken):
        forms.fill_whole(vera, client_id=client_id, name="cssrs_screener", by="interviewer",
                         mode="interview", answers={"1": 1, "2": 0, "6": 0}, at=taken)
        found = [row for row in tasks_of(vera, client_id=client_id, at=taken)
                 if row.kind == "alert" and not row.taken_at]
        for row in found:
            tasks.take(vera, task_id=row.task_id, at=taken)
    with moment(vera, closed):
        for row in found:
            tasks.close(vera, task_id=row.task_id, at=closed,
                        outcome="Talked at once: thoughts, no plan, nothing at hand. Safety plan written.")
