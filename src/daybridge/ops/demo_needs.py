"""Needs of the demo clinic's people: found, answered most of the time, referred and followed."""

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from daybridge.access.actors import Actor
from daybridge.care.assessment.commands_needs import SendTo, answer_need, find_need
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.care.assessment.rows import NeedRow
from daybridge.care.assessment.rules_needs import DOMAIN_SERVICES
from daybridge.clinic.referrals.commands import chase, take_step
from daybridge.clinic.referrals.queries import open_loops, referrals_of
from daybridge.clinic.referrals.queries_partners import partners
from daybridge.clinic.referrals.rows import ReferralRow
from daybridge.kernel.minutes import local
from daybridge.ops.demo_house import House, moment
from daybridge.ops.demo_people import SEED
from daybridge.ops.demo_record_words import (
    ANSWERED,
    DECLINED,
    DEFERRED,
    HERE,
    HERE_ELSE,
    NEEDS,
    REFERRED,
    TURNED_DOWN,
)

DAY, MORNING, SLOW_DAYS = timedelta(days=1), time(8), 20
# state: the next one, and how many days after the last step it comes
NEXT = {"sent": ("accepted", 3), "accepted": ("seen", 6), "seen": ("answered", 5),
        "answered": ("acted_on", 3)}
SERVED = ("housing", "transport", "family", "mental", "medical", "work", "food")


def find(house: House, client_id: int, team: str, at: datetime, dice: random.Random, language: str) -> None:
    """Find two to four needs, in the client's words."""
    actor = house.staff[team]
    with moment(actor, at):
        for domain in dice.sample(sorted(NEEDS), dice.randint(1, 3)):
            if domain != "housing":
                find_need(actor, client_id=client_id, domain=domain, words=NEEDS[domain][language == "es"],
                          source_words="Told at the evaluation", at=at)


def answer(house: House, client_id: int, team: str, at: datetime) -> None:
    """Answer the needs found by then, most of them; some stay open until somebody sees them."""
    actor, dice = house.staff[team], random.Random(f"{SEED} needs {client_id} {at:%Y%m%d}")
    with moment(actor, at):
        for need in needs_of(actor, client_id=client_id, at=at):
            if not need.answer_id and dice.random() < 0.82:
                _answer(house, actor, need, at, dice)


def _answer(house: House, actor: Actor, need: NeedRow, at: datetime, dice: random.Random) -> None:
    luck = dice.random()
    one: dict[str, Any] = {"client_id": need.client_id, "need_id": need.need_id, "at": at}
    today = house.day(at)
    if luck < 0.4 or need.domain not in SERVED:
        answer_need(actor, **one, answer="here", words=HERE.get(need.domain, HERE_ELSE))
    elif luck < 0.8:
        services = DOMAIN_SERVICES[need.domain]
        fit = [row for row in partners(actor, on=today) if set(row.services) & set(services)]
        whom = dice.choice(fit)
        kind = next(code for code in services if code in whom.services)
        answer_need(actor, **one, answer="referred", words=_why(need, dice), to=SendTo(
            partner_id=whom.partner_id, kind=kind, urgency=dice.choice(("routine", "routine", "soon"))))
    elif luck < 0.9:
        answer_need(actor, **one, answer="deferred", words=dice.choice(DEFERRED),
                    again_on=today + dice.randint(7, 35) * DAY)
    else:
        answer_need(actor, **one, answer="declined", words=dice.choice(DECLINED), again_on=today + 30 * DAY)


def _why(need: NeedRow, dice: random.Random) -> str:
    words = {"housing": (0,), "transport": (1,), "family": (2, 7), "mental": (3,), "medical": (4,),
             "work": (5,), "food": (6,)}
    return REFERRED[dice.choice(words[need.domain])]


def follow(house: House, day: date, at: datetime) -> None:
    """Take the steps of open referrals whose time has come; some wait, some are turned down."""
    tess = house.staff["tess"]
    with moment(tess, at):
        for row in open_loops(tess, at=at):
            _follow(house, tess, row, day, at)


def follow_until(house: House, client_id: int, until: date) -> None:
    """Take the steps of one client's referrals that lie before a day."""
    tess, end = house.staff["tess"], local(until, MORNING, house.zone)
    with moment(tess, end):
        rows = [row for row in referrals_of(tess, client_id=client_id, at=end) if not row.is_closed]
    for row in rows:
        at, now = row.state_at, row
        while now.state in NEXT and (at := at + (NEXT[now.state][1] + 1) * DAY) < end:
            with moment(tess, at):
                state = _follow(house, tess, now, house.day(at), at)
            if state == now.state:
                break
            now = replace(now, state=state, state_at=at)


def _follow(house: House, tess: Actor, row: ReferralRow, day: date, at: datetime) -> str:
    """Take the next step when its time has come; return how far the referral is."""
    dice = random.Random(f"{SEED} referral {row.referral_id} {row.state}")
    state, days = NEXT[row.state]
    waited = (day - house.day(row.state_at)).days
    one: dict[str, Any] = {"client_id": row.client_id, "referral_id": row.referral_id, "at": at}
    if row.state == "accepted" and dice.random() < 0.15:
        if waited > SLOW_DAYS and row.chased_at is None:
            chase(tess, **one, words="Rang their desk: the list moves slowly, they ring back.")
        return row.state
    if waited < days:
        return row.state
    if row.state == "sent" and dice.random() < 0.08:
        state, words = "turned_down", dice.choice(TURNED_DOWN)
    else:
        words = dice.choice(ANSWERED) if state in {"answered", "acted_on"} else ""
    take_step(tess, **one, to=state, words=words)
    return state
