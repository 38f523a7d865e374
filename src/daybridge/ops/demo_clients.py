"""The demo's clients: a call, an evaluation, the joint decision, admission, a signed plan."""

import contextlib
import random
from datetime import datetime, timedelta
from decimal import Decimal

from daybridge.access import clock
from daybridge.access.accounts import invite
from daybridge.access.actors import Actor
from daybridge.access.policy import Role
from daybridge.access.relate import join_team, link_self
from daybridge.access.signatures import Signer
from daybridge.care.assessment import commands as assess
from daybridge.care.assessment.commands_person import find_need, set_rulers, state_reason
from daybridge.care.assessment.queries import evaluation_of, ratings_and_flags
from daybridge.care.assessment.rules import BENEFITS, UNSUITED
from daybridge.care.intake.call import Call
from daybridge.care.intake.commands import mark_admitted, take_inquiry
from daybridge.care.intake.queries import client_of
from daybridge.care.placement import commands as placement
from daybridge.care.placement.papers import PAPERS
from daybridge.care.planning import commands as planning
from daybridge.care.planning.queries import plan_in_work
from daybridge.care.schedule.commands import DoesNotFit, join
from daybridge.care.schedule.queries import all_series
from daybridge.care.schedule.rules import Newcomer
from daybridge.clinic.people.commands import add_contact_point, add_supporter
from daybridge.ops.demo_house import House
from daybridge.ops.demo_names import FIRST, LAST, PASSWORD, PROBLEMS, REASONS


def call_for_help(house: House, at: datetime, dice: random.Random) -> tuple[int, str]:
    """Take somebody's call; return the client's id and name."""
    name = f"{dice.choice(FIRST)} {dice.choice(LAST)}"
    phone = f"212 555 {dice.randint(0, 9999):04}"
    call = Call(
        dice.choice(("phone", "phone", "walk_in", "web", "referrer")), name=name, phone=phone,
        reason=dice.choice(REASONS), language="es" if dice.random() < 0.12 else "en",
        birth_date=(at - timedelta(days=dice.randint(20 * 365, 62 * 365))).date(),
    )
    with clock.demo_time(at):
        inquiry = take_inquiry(house.staff["sam"], call=call, at=at)
    return client_of(house.staff["sam"], inquiry_id=inquiry), name


def admit_somebody(house: House, at: datetime, dice: random.Random) -> None:
    """Bring somebody from the call to groups, plan and papers, within a day."""
    client_id, name = call_for_help(house, at, dice)
    team = dice.choice(("nora", "paul", "iris"))
    account = _account(house, client_id, name, at)
    with clock.demo_time(at + timedelta(minutes=5)):
        _know(house, client_id, team, at, dice)
    evaluated = at + timedelta(minutes=30)
    with clock.demo_time(evaluated):
        _evaluate(house, client_id, evaluated, dice)
    decided = at + timedelta(minutes=45)
    with clock.demo_time(decided):
        decision, level = _decide(house, client_id, account, name, decided, dice)
    admitted = at + timedelta(minutes=50)
    with clock.demo_time(admitted):
        placement.admit(
            house.staff["sam"], client_id=client_id, level=level, decision_id=decision,
            staff_id=house.staff_ids[dice.choice(("osei", "vera", "nora"))],
            primary_user_id=house.staff[team].user_id or 0, at=admitted,
        )
        mark_admitted(house.staff["sam"], client_id=client_id, admitted_at=admitted, at=admitted)
        _papers(house, client_id, name, admitted, dice)
        _plan(house, client_id, account, name, team, admitted, dice)
        _groups(house, client_id, level, admitted, dice)


def _account(house: House, client_id: int, name: str, at: datetime) -> Actor:
    helen = house.staff["helen"]
    with clock.demo_time(at):
        user_id = invite(helen, email=f"client{client_id}@home.example", name=name,
                         roles=[Role.CLIENT], password=PASSWORD, at=at)
        link_self(helen, client_id=client_id, user_id=user_id, at=at)
    return Actor(user_id, frozenset({Role.CLIENT}), name)


def _know(house: House, client_id: int, team: str, at: datetime, dice: random.Random) -> None:
    sam = house.staff["sam"]
    for key, part in ((team, "member"), ("osei", "member"), ("ruth", "member"), ("leo", "member"),
                      ("vera", "supervises")):
        join_team(sam, client_id=client_id, user_id=house.staff[key].user_id or 0, part=part, at=at)
    if dice.random() < 0.5:
        add_contact_point(sam, client_id=client_id, kind="email", may_text=True, verified=True,
                          value=f"person{client_id}@home.example", safe_at_home="yes", at=at)
    if dice.random() < 0.7:
        add_supporter(sam, client_id=client_id, name=f"{dice.choice(FIRST)} {dice.choice(LAST)}",
                      kind=dice.choice(("family", "friend")), relation="sister",
                      is_safe=dice.choice(("yes", "yes", "not_asked")), at=at)


def _evaluate(house: House, client_id: int, at: datetime, dice: random.Random) -> None:
    osei = house.staff["osei"]
    one = assess.start_evaluation(osei, client_id=client_id, at=at)
    met = dice.randint(4, 9)
    assess.save_substance(
        osei, client_id=client_id, evaluation_id=one, at=at, last_use="this week",
        substance=dice.choice(("alcohol", "alcohol", "opioid", "cocaine", "stimulant")),
        answers=["yes"] * met + ["no"] * (11 - met),
    )
    for part in ("medical", "mental"):
        row = evaluation_of(osei, client_id=client_id)
        assess.save_conditions(osei, client_id=client_id, evaluation_id=one, part=part, at=at,
                               found="none", version=row.version if row else 0)
    areas = {"W": dice.choice((0, 0, 1)), "B": dice.choice((0, 1)), "M": dice.choice((0, 1, 2)),
             "R": dice.choice((0, 1, 2)), "C": 2, "E": dice.choice((0, 1, 2))}
    assess.save_areas(osei, client_id=client_id, evaluation_id=one, at=at,
                      ratings={area: (rating, "as told") for area, rating in areas.items()})
    yes = set(dice.sample(sorted(BENEFITS), 2)) - {"residential_unavailable"}
    assess.save_criteria(osei, client_id=client_id, evaluation_id=one, at=at, answers={
        key: ("yes" if key in yes else "no", "as told") for key in (*BENEFITS, *UNSUITED)})
    assess.save_self_harm(osei, client_id=client_id, evaluation_id=one, answer="no", at=at)
    state_reason(osei, client_id=client_id, words=dice.choice(REASONS), at=at)
    set_rulers(osei, client_id=client_id, importance=dice.randint(6, 10), at=at,
               confidence=dice.randint(3, 9), readiness=dice.randint(5, 10))
    if dice.random() < 0.5:
        find_need(osei, client_id=client_id, domain="housing", words="A place of their own", at=at)
    assess.sign_evaluation(osei, client_id=client_id, evaluation_id=one, shown="evaluation", at=at)


def _decide(
    house: House, client_id: int, account: Actor, name: str, at: datetime, dice: random.Random
) -> tuple[int, str]:
    osei = house.staff["osei"]
    found = ratings_and_flags(osei, client_id=client_id)
    one = placement.open_decision(
        osei, client_id=client_id, at=at, ratings=dict(found.ratings) if found else {},
        flags=sorted(found.flags) if found else [],
    )
    placement.sign_client_view(account, client_id=client_id, decision_id=one, level="iop", at=at,
                               reasons="I need my job, and my bed at night.", name=name)
    differs = dice.random() < 0.06
    placement.sign_clinician_view(
        osei, client_id=client_id, decision_id=one, level="php" if differs else "iop", at=at,
        reasons="Two weeks of full days would carry you over." if differs else "Home is safe.",
        signer=Signer("Dr Kwame Osei", "MD", "MD-4106"),
    )
    placement.decide(
        osei, client_id=client_id, decision_id=one, level="iop", at=at,
        way_forward="Begin with the client's choice; look again." if differs else "",
        review_on=(at + timedelta(days=14)).date() if differs else None,
    )
    return one, "iop"


def _papers(house: House, client_id: int, name: str, at: datetime, dice: random.Random) -> None:
    for code in PAPERS:
        if dice.random() < 0.97:
            placement.sign_paper(house.staff["sam"], client_id=client_id, code=code, language="en",
                                 name=name, at=at)


def _plan(
    house: House, client_id: int, account: Actor, name: str, team: str, at: datetime,
    dice: random.Random,
) -> None:
    who = house.staff[team]
    one = planning.start_plan(who, client_id=client_id, at=at)
    words, goal = dice.choice(PROBLEMS)
    step = planning.Step("Four weekends as planned", "own calendar", (at + timedelta(days=28)).date(),
                         who.name, "coping skills in the group", "weekly")
    draft = plan_in_work(who, client_id=client_id)
    planning.write_plan(who, client_id=client_id, plan_id=one, version=draft.version if draft else 0,
                        items=[planning.Item(words, goal, [step], cites_reason=True)], at=at)
    planning.sign_as_clinician(who, client_id=client_id, plan_id=one, signer=Signer(who.name), at=at)
    if dice.random() < 0.93:
        planning.sign_as_client(account, client_id=client_id, plan_id=one, name=name, at=at)
    hours = Decimal(dice.choice((9, 9, 9, 9, 12)))
    planning.prescribe_hours(who, client_id=client_id, hours=hours, from_day=at.date(),
                             reason="as agreed in the plan", at=at)


def _groups(house: House, client_id: int, level: str, at: datetime, dice: random.Random) -> None:
    """Give three or four places on different days, where there is a seat."""
    day = at.astimezone(house.zone).date()
    series = [row for row in all_series(house.staff["sam"], on=day)
              if row.language == "en" and row.weekday < 5 and row.minutes >= 180]
    dice.shuffle(series)
    taken: set[int] = set()
    for row in series:
        if row.weekday in taken or len(taken) == 3:
            continue
        with contextlib.suppress(DoesNotFit):
            join(house.staff["sam"], client_id=client_id, series_id=row.series_id, from_day=day,
                 newcomer=Newcomer(level, frozenset({"en"})), at=at)
            taken.add(row.weekday)

