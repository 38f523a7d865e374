"""Medicine in the demo clinic: what is taken, the nurse's screen, offers, needs seen, scales, kits."""

import contextlib
import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from daybridge.care.assessment.queries_severity import severities
from daybridge.care.medical import commands as medical
from daybridge.care.medical import rules
from daybridge.care.medical.commands_checks import answer_warning
from daybridge.care.medical.commands_offers import begin, name_prescriber, offer, tell_prescriber
from daybridge.care.medical.commands_scales import record_scale
from daybridge.care.medical.queries import NeedRow, medical_needs_of, needs_not_seen
from daybridge.care.medical.queries_checks import stops_open
from daybridge.care.medical.queries_offers import offers_of
from daybridge.care.medicines import commands as medicines
from daybridge.care.medicines.commands_kits import give_kit
from daybridge.care.medicines.queries import lots
from daybridge.ops.demo_house import House, moment
from daybridge.ops.demo_people import SEED
from daybridge.ops.demo_record_words import ALLERGIES, MEDICINES, WISHES

Value = medical.Value
DAY, HOUR, EXAMINED = timedelta(days=1), timedelta(hours=1), 5
OSEI, CANAL = "Dr Kwame Osei", "Canal Family Practice"
MEDICINE = {"alcohol": ("Acamprosate", "Naltrexone"), "opioid": ("Buprenorphine",)}
# COWS and CIWA-Ar of three days, falling
COWS = ({"1": 1, "2": 1, "3": 1, "4": 2, "5": 1, "6": 1, "7": 2, "8": 1, "9": 1, "10": 1, "11": 3},
        {"1": 1, "2": 1, "3": 1, "4": 1, "5": 1, "6": 0, "7": 1, "8": 0, "9": 1, "10": 1, "11": 0},
        {"1": 0, "2": 0, "3": 1, "4": 0, "5": 0, "6": 0, "7": 1, "8": 0, "9": 1, "10": 0, "11": 0})
CIWA = tuple({str(item): points.get(item, 0) for item in range(1, 11)}
             for points in ({1: 1, 2: 2, 3: 2, 4: 2, 5: 1}, {2: 1, 3: 1, 4: 2}, {4: 1}))


def first_day(house: House, client_id: int, at: datetime, dice: random.Random) -> None:
    """List medicines and allergies, take the nurse's screen, hand out a kit, offer medicine."""
    ruth = house.staff["ruth"]
    ids: dict[str, Any] = {"client_id": client_id, "at": at}
    with moment(ruth, at):
        found = severities(ruth, of={client_id}).get(client_id)
        used = dict(found.of) if found else {}
        medical.save_screen(ruth, **ids, values=_screen(at, used, dice), since=at - DAY)
        taken = dice.sample(MEDICINES, dice.choice((0, 0, 1, 2)))
        for name, dose, often, prescriber in taken:
            medicines.list_medicine(ruth, **ids, entry=medicines.Entry(
                name, dose, often, since=house.day(at) - dice.randint(20, 700) * DAY,
                prescriber=prescriber, as_prescribed=dice.choice(("yes", "yes", "partly"))))
        if not taken:
            medicines.say_none(ruth, **ids, what="medicines")
        if client_id % 10 != 3:
            _allergies(house, client_id, at, dice)
        if dice.random() < 0.85:
            give_kit(ruth, **ids, lot_id=lots(ruth)[0].lot_id, client_taught=True,
                     supporters_taught=dice.choice(("", "the sister", "a friend")))
        if dice.random() < 0.3:
            medical.name_need(ruth, **ids, urgency=dice.choice((rules.Urgency.USUAL, rules.Urgency.HIGH)),
                              words=dice.choice(("Blood pressure high twice", "Wound on the left hand",
                                                 "Has not seen a doctor for years")))
        if client_id % 9 == 2:
            _scale(house, client_id, 0, at)
    _offer(house, client_id, used, at, dice)


def _allergies(house: House, client_id: int, at: datetime, dice: random.Random) -> None:
    ruth = house.staff["ruth"]
    ids: dict[str, Any] = {"client_id": client_id, "at": at}
    if dice.random() < 0.7:
        medicines.say_none(ruth, **ids, what="allergies")
        return
    to, reaction, severity = dice.choice(ALLERGIES)
    medicines.list_allergy(ruth, **ids, to=to, reaction=reaction, severity=severity)


def _screen(
    at: datetime, substances: Mapping[str, str], dice: random.Random
) -> dict[str, medical.Value]:
    """Return what the nurse sees on the first day."""
    def used(substance: str, *days: int) -> medical.Value:
        if substance in substances:
            return Value(moment=at - dice.choice(days) * DAY)
        return Value(choice="never")

    return {
        "blood_pressure": Value(number=dice.randint(108, 148), number2=dice.randint(66, 94)),
        "pulse": Value(number=dice.randint(58, 96)), "temperature": Value(number=98.4),
        "oxygen": Value(number=dice.randint(95, 99)),
        "opioid_use": used("opioid", 1, 2, 3, 5), "alcohol_use": used("alcohol", 1, 2, 3, 6),
        "sedative_use": used("sedative", 4), "sedative_withdrawal": Value(choice="no"),
        "withdrawal_danger": Value(choice="no"), "complicated_withdrawal": Value(choice="no"),
        "pregnancy": Value(choice=dice.choice(("no", "not possible"))),
        "pregnancy_test": Value(choice="not needed"),
        "tb_symptoms": Value(choice="no"),
    }


def _offer(
    house: House, client_id: int, disorders: Mapping[str, str], at: datetime, dice: random.Random
) -> None:
    """Offer medicine for opioid and alcohol use disorder; write down the client's wish."""
    osei = house.staff["osei"]
    for substance in rules.TREATED:
        if disorders.get(substance) in rules.OFFERED_AT and dice.random() < 0.95:
            wish = dice.choice(WISHES)
            with moment(osei, at):
                offer(osei, client_id=client_id, substance=substance, wish=wish, at=at,
                      medicine=dice.choice(MEDICINE[substance]),
                      why="First without; asks again." if wish == "not_now" else "")


def later(house: House, client_id: int, days: int, at: datetime) -> None:
    """Tell what a day of the first weeks brings: withdrawal measured, an examination, a beginning."""
    if client_id % 9 == 2 and days < len(COWS):
        _scale(house, client_id, days, at)
    if days == EXAMINED and client_id % 12 != 1:
        _examine(house, client_id, at)
    if days == 1 + client_id % 8 and client_id % 10 != 9:
        _begin(house, client_id, at)


def _scale(house: House, client_id: int, days: int, at: datetime) -> None:
    ruth = house.staff["ruth"]
    with moment(ruth, at):
        found = severities(ruth, of={client_id}).get(client_id)
        for kind, substance, points in (("cows", "opioid", COWS), ("ciwa_ar", "alcohol", CIWA)):
            if found and found.of.get(substance, "none") != "none":
                record_scale(ruth, client_id=client_id, kind=kind, points=points[days], at=at)


def _examine(house: House, client_id: int, at: datetime) -> None:
    osei, dice = house.staff["osei"], random.Random(f"{SEED} examined {client_id}")
    with moment(osei, at):
        medical.save_screen(osei, client_id=client_id, since=at - DAY, at=at, values={
            "physical_exam": Value(choice="done"), "hepatitis": Value(choice="no"),
            "kidney": Value(number=dice.randint(70, 120)), "liver": Value(number=dice.choice((1, 1.4, 2))),
            **{kind: Value(choice=dice.choice(("accepted", "declined", "done already")))
               for kind in ("hiv_test", "hepatitis_test", "vaccines")}})


def _begin(house: House, client_id: int, at: datetime) -> None:
    """Begin what the client wants, here or with a partner, who is told."""
    osei, here = house.staff["osei"], client_id % 3 > 0
    with moment(osei, at):
        for row in offers_of(osei, client_id=client_id):
            if row.wish == "wants" and row.offered_at < at:
                begin(osei, client_id=client_id, substance=row.substance, medicine=row.medicine,
                      begun_on=house.day(at), here=here, prescriber=OSEI if here else CANAL, at=at)
                if not here:
                    one = name_prescriber(osei, client_id=client_id, name=CANAL, place="Canal Street",
                                          consent="yes", at=at)
                    tell_prescriber(osei, client_id=client_id, outside_id=one, how="Letter", at=at)


def seen_before(house: House, client_id: int, until: datetime) -> None:
    """Let the physician see one client's medical needs of the weeks before."""
    osei = house.staff["osei"]
    with moment(osei, until):
        rows = [row for row in medical_needs_of(osei, client_id=client_id) if row.seen_at is None]
    for row in rows:
        seen = row.found_at + (_wait(row) * DAY or 2 * HOUR)
        if seen < until:
            _see(house, row, seen)


def see_those_who_wait(house: House, day: date, at: datetime) -> None:
    """Let the physician see the medical needs of the last days, and answer stops of before."""
    osei = house.staff["osei"]
    with moment(osei, at):
        needs, stops = needs_not_seen(osei), stops_open(osei)
    for need in needs:
        if need.found_at <= at and (day - house.day(need.found_at)).days >= _wait(need):
            _see(house, need, at)
    with moment(osei, at):
        for stop in stops:
            if stop.warned_at <= at - 6 * HOUR:
                with contextlib.suppress(medical.NotPossible):
                    answer_warning(osei, client_id=stop.client_id, warned_id=stop.warned_id, at=at,
                                   decision="not_started", reason="Not before the interval is over.")


def _wait(need: NeedRow) -> int:
    """Return after how many days somebody is seen: most in time, a few stay due."""
    if need.due_at - need.found_at < DAY:
        return 0
    return random.Random(f"{SEED} seen {need.client_id} {need.words}").choice((1, 2, 2, 3, 3, 9, 30))


def _see(house: House, need: NeedRow, at: datetime) -> None:
    osei = house.staff["osei"]
    with moment(osei, at):
        medical.record_seen(osei, client_id=need.client_id, need_ids=[need.need_id], where="here", who=OSEI,
                            words="Seen and talked through.", seen_at=at, at=at)


def consider_naltrexone(house: House, client_id: int, at: datetime) -> None:
    """Think of naltrexone for somebody who used an opioid two days ago: a stop that waits for its answer."""
    ruth, osei = house.staff["ruth"], house.staff["osei"]
    with moment(ruth, at):
        medical.observe(ruth, client_id=client_id, kind="opioid_use", value=Value(moment=at - 2 * DAY),
                        source="client", at=at)
    with moment(osei, at):
        medicines.consider(osei, client_id=client_id, name="Naltrexone", prescriber=OSEI, here=True, at=at)
