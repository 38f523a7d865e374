"""The main job as steps that tests share: from a call for help to a full week."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from daybridge.access.accounts import invite
from daybridge.access.actors import Actor
from daybridge.access.policy import Role
from daybridge.access.relate import join_team, link_self
from daybridge.access.signatures import Signer
from daybridge.care.assessment.commands import (
    save_areas,
    save_conditions,
    save_criteria,
    save_self_harm,
    save_substance,
    sign_evaluation,
    start_evaluation,
)
from daybridge.care.assessment.commands_needs import find_need
from daybridge.care.assessment.commands_person import state_reason
from daybridge.care.assessment.queries import evaluation_of, ratings_and_flags
from daybridge.care.assessment.rules import BENEFITS, UNSUITED
from daybridge.care.intake.call import Call
from daybridge.care.intake.commands import take_inquiry
from daybridge.care.placement.commands import (
    admit,
    decide,
    open_decision,
    sign_client_view,
    sign_clinician_view,
)
from daybridge.care.planning.commands import (
    Does,
    Item,
    Step,
    prescribe_hours,
    start_plan,
    write_plan,
)
from daybridge.care.planning.commands_sign import sign_as_client, sign_as_clinician
from daybridge.care.planning.queries import plan_in_work
from daybridge.care.schedule.commands import join, make_series
from daybridge.care.schedule.rules import Newcomer
from daybridge.clinic.people.commands import register_client
from daybridge.clinic.people.queries import contact_of
from tests.cast import PASSWORD, Person

MON = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)  # Monday 08:00 in New York
WEEK = date(2026, 11, 16)


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a time of the clinic's wall clock in November as UTC (New York, UTC-5)."""
    return datetime.combine(day, time(hour, minute), UTC) + timedelta(hours=5)


@dataclass(frozen=True)
class Groups:
    """Three 3-hour groups: Monday, Wednesday, Friday at 10:30, and one on Thursday."""

    monday: int
    wednesday: int
    friday: int
    thursday: int


def groups(cast: Any, *, at: datetime = MON - timedelta(days=14)) -> Groups:
    """Begin the week's groups, led by Nora (Thursday: Paul)."""

    def begin(weekday: int, leader: Actor, title: str, practice: str) -> int:
        return make_series(
            cast.helen, site_id=cast.site_id, room_id=cast.rooms["Room 2"],
            leader_id=leader.user_id or 0, title=title, service="group", weekday=weekday,
            starts=time(10, 30), minutes=180, first_day=WEEK - timedelta(days=14), capacity=12,
            levels=["iop", "php"], practice=practice, at=at,
        )

    cbt = "cbt-relapse-prevention"
    return Groups(
        begin(0, cast.nora, "Coping skills", cbt), begin(2, cast.nora, "Relapse prevention", cbt),
        begin(4, cast.nora, "Family skills", "community-reinforcement"),
        begin(3, cast.paul, "Mindfulness", "mindfulness-relapse-prevention"),
    )


def somebody(cast: Any, name: str, *, at: datetime = MON - timedelta(days=7)) -> Person:
    """Write down one more person, with an account, known to Dr Osei and Nora."""
    client_id = register_client(cast.sam, preferred_name=name, legal_name=name,
                                birth_date=date(1990, 5, 5), at=at)
    user_id = invite(cast.helen, email=f"client{client_id}@home.example", name=name,
                     roles=[Role.CLIENT], password=PASSWORD, at=at)
    link_self(cast.helen, client_id=client_id, user_id=user_id, at=at)
    for member in (cast.osei, cast.nora):
        join_team(cast.helen, client_id=client_id, user_id=member.user_id, part="member", at=at)
    return Person(client_id, Actor(user_id, frozenset({Role.CLIENT}), name), name)


def inquire(cast: Any, person: Any, *, at: datetime) -> None:
    """Take a person's call for help."""
    phone = contact_of(cast.sam, client_id=person.client_id)
    call = Call("phone", name=person.name, phone=phone[0].value if phone else "",
                reason="I want to stop before I lose my girls.")
    take_inquiry(cast.sam, call=call, client_id=person.client_id, at=at)


def evaluate(cast: Any, person: Any, *, at: datetime, by: Actor | None = None, signed: bool = True,
             **areas: int) -> int:
    """Evaluate somebody completely and sign it (or leave that to a test)."""
    who = by or cast.osei
    one = start_evaluation(who, client_id=person.client_id, at=at)
    ids = {"client_id": person.client_id, "evaluation_id": one}
    save_substance(who, **ids, substance="alcohol", answers=["yes"] * 6 + ["no"] * 5,
                   last_use="Sunday", at=at)
    for part in ("medical", "mental"):
        version = evaluation_of(who, client_id=person.client_id).version
        save_conditions(who, **ids, part=part, found="none", version=version, at=at)
    ratings = {"W": 0, "B": 0, "M": 1, "R": 1, "C": 2, "E": 2, **areas}
    save_areas(who, **ids, ratings={k: (v, "as told") for k, v in ratings.items()}, at=at)
    save_criteria(who, **ids, answers={
        key: ("yes" if key == "weak_support" else "no", "as told") for key in (*BENEFITS, *UNSUITED)
    }, at=at)
    save_self_harm(who, **ids, answer="no", at=at)
    state_reason(who, client_id=person.client_id, words="I want my girls to wake up in my house.", at=at)
    if signed:
        sign_evaluation(who, **ids, shown="the evaluation", at=at)
    return one


def decide_together(
    cast: Any, person: Any, *, at: datetime, client: str = "iop", clinician: str = "iop",
    review_on: date | None = None,
) -> int:
    """Let client and clinician sign their views and record the decision."""
    found = ratings_and_flags(cast.osei, client_id=person.client_id)
    ids = {"client_id": person.client_id}
    one = open_decision(cast.osei, **ids, ratings=dict(found.ratings), flags=list(found.flags), at=at)
    sign_client_view(person.account, **ids, decision_id=one, level=client,
                     reasons="I need to be home at night.", name=person.name, at=at)
    sign_clinician_view(cast.osei, **ids, decision_id=one, level=clinician,
                        reasons="Home is safe and she wants it.",
                        signer=Signer("Dr Kwame Osei", "MD", "MD-1006"), at=at)
    decide(cast.osei, **ids, decision_id=one, level=client, review_on=review_on,
           way_forward="Begin with her choice, look again." if review_on else "", at=at)
    return one


def plan(cast: Any, person: Any, *, at: datetime) -> int:
    """Write and sign the first plan, and prescribe nine hours."""
    ids = {"client_id": person.client_id}
    one = start_plan(cast.nora, **ids, at=at)
    does = Does("coping skills group", "Nora Feld", "weekly", "cbt-relapse-prevention")
    step = Step("Four Fridays without drinking", "own calendar", WEEK + timedelta(days=30), [does])
    write_plan(cast.nora, **ids, plan_id=one, version=plan_in_work(cast.nora, **ids).version,
               items=[Item("Alcohol on Friday nights", "Get through Friday nights sober", [step])],
               at=at)
    sign_as_clinician(cast.nora, **ids, plan_id=one, at=at)
    sign_as_client(person.account, **ids, plan_id=one, name=person.name, at=at)
    prescribe_hours(cast.nora, **ids, hours=Decimal(9), from_day=WEEK, reason="IOP", at=at)
    return one


def admitted(cast: Any, person: Any, *, at: datetime = MON) -> int:
    """Bring somebody from the call to the first plan; return the stay."""
    inquire(cast, person, at=at - timedelta(days=3))
    evaluate(cast, person, at=at - timedelta(days=2))
    decision = decide_together(cast, person, at=at - timedelta(hours=2))
    stay = admit(
        cast.sam, client_id=person.client_id, level="iop", staff_id=cast.staff_ids["osei"],
        primary_user_id=cast.nora.user_id, decision_id=decision, at=at - timedelta(hours=1),
    )
    plan(cast, person, at=at)
    return stay


def find_needs(cast: Any, client_id: int, *found: tuple[str, str], at: datetime = MON) -> list[int]:
    """Write down needs, each by its domain and words; return their ids."""
    return [find_need(cast.nora, client_id=client_id, domain=domain, words=words, at=at)
            for domain, words in found]


def join_groups(cast: Any, person: Any, *series: int, from_day: date = WEEK, at: datetime = MON) -> None:
    """Give somebody a place in these groups."""
    for one in series:
        join(cast.sam, client_id=person.client_id, series_id=one, from_day=from_day,
             newcomer=Newcomer("iop", frozenset({"en", "es"})), at=at)
