"""The demo's clients: a call, an evaluation, the joint decision, admission, a signed plan."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from daybridge.access.accounts import invite
from daybridge.access.policy import Role
from daybridge.access.relate import join_team, link_self
from daybridge.access.signatures import Signer
from daybridge.care.assessment import commands as assess
from daybridge.care.assessment.commands_needs import find_need
from daybridge.care.assessment.commands_person import set_rulers, state_reason
from daybridge.care.assessment.queries import evaluation_of, ratings_and_flags, reasons_of
from daybridge.care.assessment.queries_needs import needs_of
from daybridge.care.assessment.rules import BENEFITS, UNSUITED
from daybridge.care.intake.call import Call
from daybridge.care.intake.commands import mark_admitted, take_inquiry
from daybridge.care.intake.queries import client_of
from daybridge.care.placement import commands as placement
from daybridge.care.placement.papers import PAPERS
from daybridge.care.planning import commands as planning
from daybridge.care.planning import commands_sign as plan_signing
from daybridge.care.planning.library import texts
from daybridge.care.planning.queries import plan_in_work
from daybridge.clinic.people.commands import add_contact_point, add_supporter
from daybridge.ops.demo_house import House, moment
from daybridge.ops.demo_names import COUNSELLORS, FIRST, LAST, PASSWORD, PROBLEMS, REASONS, STRENGTHS, TRAINEE
from daybridge.ops.demo_places import WEEK_HOURS, give_places, give_times

OSEI = Signer("Dr Kwame Osei", "MD", "MD-4106")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is about to be admitted; `client_id` when they have been here before."""

    name: str
    level: str = "iop"
    account: str = ""
    client_id: int | None = None
    until: date | None = None
    language: str = "en"


def random_name(dice: random.Random) -> str:
    """Return a name."""
    return f"{dice.choice(FIRST)} {dice.choice(LAST)}"


def call_for_help(
    house: House, at: datetime, dice: random.Random, *, name: str, client_id: int | None = None,
    age_days: int = 0, language: str = "en",
) -> tuple[int, int]:
    """Take somebody's call; return the client's id and the inquiry's."""
    sam = house.staff["sam"]
    call = Call(
        dice.choice(("phone", "phone", "walk_in", "web", "referrer")), name=name,
        phone=f"212 555 {dice.randint(0, 9999):04}",
        reason=dice.choice(REASONS), language=language,
        birth_date=(at - timedelta(days=age_days or dice.randint(20 * 365, 62 * 365))).date(),
    )
    with moment(sam, at):
        inquiry = take_inquiry(sam, call=call, client_id=client_id, at=at)
        return client_id or client_of(sam, inquiry_id=inquiry), inquiry


def admit_somebody(house: House, at: datetime, dice: random.Random) -> int:
    """Bring somebody from the call to groups, plan and papers, within an hour."""
    name = random_name(dice)
    return admit(house, at, dice, Newcomer(name, account=f"{name.replace(' ', '.')}.{at:%d%H%M}"))


def admit(house: House, at: datetime, dice: random.Random, who: Newcomer) -> int:
    """Bring somebody from the call to groups, plan and papers; return the client's id."""
    sam, team = house.staff["sam"], dice.choice(COUNSELLORS)
    client_id, _ = call_for_help(house, at, dice, name=who.name, client_id=who.client_id,
                                 language=who.language)
    with moment(sam, at):
        _know(house, client_id, team, at, dice)
    if who.account:
        _account(house, client_id, who, at)
    _evaluate(house, client_id, at + timedelta(minutes=20), dice)
    decision = _decide(house, client_id, who, at + timedelta(minutes=40), dice)
    admitted = at + timedelta(minutes=50)
    with moment(sam, admitted):
        placement.admit(
            sam, client_id=client_id, level=who.level, decision_id=decision,
            staff_id=house.staff_ids[dice.choice(("osei", "vera", _signer(team)))],
            primary_user_id=house.staff[team].user_id or 0, at=admitted,
        )
        mark_admitted(sam, client_id=client_id, admitted_at=admitted, at=admitted)
        for code in PAPERS:
            if dice.random() < 0.97:
                placement.sign_paper(sam, client_id=client_id, code=code, language=who.language,
                                     name=who.name, at=admitted)
        give_places(house, client_id, who.level, admitted, dice, until=who.until,
                    language=who.language)
        give_times(house, client_id, admitted)
    _plan(house, client_id, who, team, admitted, dice)
    return client_id


def _account(house: House, client_id: int, who: Newcomer, at: datetime) -> None:
    helen = house.staff["helen"]
    with moment(helen, at):
        user_id = invite(helen, email=f"{who.account.lower()}@home.example", name=who.name,
                         roles=[Role.CLIENT], password=PASSWORD, at=at)
        link_self(helen, client_id=client_id, user_id=user_id, at=at)


def _know(house: House, client_id: int, team: str, at: datetime, dice: random.Random) -> None:
    sam = house.staff["sam"]
    for key, part in ((team, "member"), ("osei", "member"), ("ruth", "member"), ("leo", "member"),
                      ("tess", "member"), ("vera", "supervises")):
        join_team(sam, client_id=client_id, user_id=house.staff[key].user_id or 0, part=part, at=at)
    if dice.random() < 0.5:
        add_contact_point(sam, client_id=client_id, kind="email", may_text=True, verified=True,
                          value=f"person{client_id}@home.example", safe_at_home="yes", at=at)
    if dice.random() < 0.7:
        add_supporter(sam, client_id=client_id, name=random_name(dice),
                      kind=dice.choice(("family", "friend")), relation="sister",
                      is_safe=dice.choice(("yes", "yes", "not_asked")), at=at)


def _evaluate(house: House, client_id: int, at: datetime, dice: random.Random) -> None:
    osei = house.staff["osei"]
    with moment(osei, at):
        one = assess.start_evaluation(osei, client_id=client_id, at=at)
        _findings(house, client_id, one, at, dice)
        assess.sign_evaluation(osei, client_id=client_id, evaluation_id=one, shown="evaluation",
                               at=at)


def _findings(
    house: House, client_id: int, one: int, at: datetime, dice: random.Random
) -> None:
    osei = house.staff["osei"]
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


def _decide(
    house: House, client_id: int, who: Newcomer, at: datetime, dice: random.Random
) -> int:
    """Sign both views (the client's on the physician's tablet) and decide."""
    osei, differs = house.staff["osei"], who.level == "iop" and dice.random() < 0.07
    with moment(osei, at):
        found = ratings_and_flags(osei, client_id=client_id)
        one = placement.open_decision(
            osei, client_id=client_id, at=at, ratings=dict(found.ratings) if found else {},
            flags=sorted(found.flags) if found else [],
        )
        placement.sign_client_view(
            osei, client_id=client_id, decision_id=one, level=who.level, at=at, name=who.name,
            reasons="I need my job, and my bed at night.",
        )
        placement.sign_clinician_view(
            osei, client_id=client_id, decision_id=one, level="php" if differs else who.level,
            reasons="Two weeks of full days would carry you over." if differs else "Home is safe.",
            signer=OSEI, at=at,
        )
        placement.decide(
            osei, client_id=client_id, decision_id=one, level=who.level, at=at,
            way_forward="Begin with the client's choice; look again." if differs else "",
            review_on=(at + timedelta(days=14)).date() if differs else None,
        )
        again = at + timedelta(days=14)
        if differs and who.until and again.date() < who.until and dice.random() < 0.8:
            placement.review_difference(osei, client_id=client_id, decision_id=one, at=again)
    return one


def _plan(
    house: House, client_id: int, who: Newcomer, team: str, at: datetime, dice: random.Random
) -> None:
    clinician = house.staff[_signer(team)]
    words, goal, practice = dice.choice(PROBLEMS)
    does = planning.Does("coping skills in the group", clinician.name, "weekly", practice)
    step = planning.Step("Four weekends as planned", "own calendar",
                         (at + timedelta(days=28)).date(), [does])
    with moment(clinician, at):
        one = planning.start_plan(clinician, client_id=client_id, at=at)
        draft = plan_in_work(clinician, client_id=client_id)
        needs = needs_of(clinician, client_id=client_id, at=at)
        items = [planning.Item(words, goal, [step])]
        items += [planning.Item(need.words, "Somewhere that is mine", [_begun("safe-place", at)],
                                need.need_id) for need in needs if need.domain == "housing"]
        planning.write_plan(
            clinician, client_id=client_id, plan_id=one, version=draft.version if draft else 0,
            items=items, strengths=dice.choice(STRENGTHS),
            reason_ids=[row.reason_id for row in reasons_of(clinician, client_id=client_id)], at=at)
        plan_signing.sign_as_clinician(clinician, client_id=client_id, plan_id=one, at=at)
        if dice.random() < 0.96:
            plan_signing.sign_as_client(clinician, client_id=client_id, plan_id=one, name=who.name, at=at)
        prescribe(house, client_id, who.level, at)


def _signer(team: str) -> str:
    """Return who signs for a counsellor: a trainee's supervisor does."""
    return "vera" if team == TRAINEE else team


def _begun(slug: str, at: datetime) -> planning.Step:
    """Return a step as the library begins it."""
    one = texts()[slug]
    does = planning.Does(one.what, "Tess Nguyen", one.how_often, one.practice, one.no_practice_why)
    return planning.Step(one.words, one.measure, (at + timedelta(days=28)).date(), [does], slug)


def prescribe(house: House, client_id: int, level: str, at: datetime) -> None:
    """Prescribe the hours of a level, from this day on."""
    vera, day = house.staff["vera"], at.astimezone(house.zone).date()
    planning.prescribe_hours(vera, client_id=client_id, hours=Decimal(WEEK_HOURS[level]),
                             from_day=day, reason="as agreed in the plan", at=at)
