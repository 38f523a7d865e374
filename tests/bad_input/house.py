"""A clinic in which every form of the application is open to somebody, and all its addresses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import get_resolver, reverse

from daybridge.access.accounts import invite
from daybridge.access.actors import ANONYMOUS, Actor
from daybridge.access.policy import Role
from daybridge.access.relate import join_team, link_self
from daybridge.care.assessment.commands import finish_evaluation, start_evaluation
from daybridge.care.assessment.commands_person import find_need
from daybridge.care.intake.commands import name_hurdle, take_inquiry
from daybridge.care.intake.call import Call
from daybridge.care.intake.commands_slots import book_evaluation, open_slot
from daybridge.care.intake.commands_web import ask_for_help
from daybridge.care.intake.queries import newest_inquiry_of
from daybridge.care.intake.queries_web import web_inquiries
from daybridge.care.placement.commands import open_decision, sign_client_view, sign_clinician_view
from daybridge.care.planning.commands import start_plan
from daybridge.care.assessment.queries import ratings_and_flags
from daybridge.access.signatures import Signer
from daybridge.clinic.people.commands import register_client
from tests import story
from tests.architecture.test_routes import patterns
from tests.canaries import plant
from tests.cast import PASSWORD, Person

NOW = story.MON + timedelta(hours=9)  # Monday 17:00 in New York: the first group is over
SECTIONS = ("safety", "substances", "medical", "mental", "areas", "criteria", "outside")
ACTORS = ("helen", "nora", "osei", "sam", "fay", "ben", "maria", "gus", "visitor")
# sessions end here, or a phone's second factor is needed: nothing is typed there
NOT_WALKED = {"account_logout"}


@dataclass
class House:
    """The cast, more clients by how far they are, and ids for every address."""

    cast: Any
    people: dict[str, Person]
    ids: dict[str, Any]

    def actor(self, first: str) -> Actor:
        """Return somebody by first name."""
        if first == "visitor":
            return ANONYMOUS
        return self.people[first].account if first in self.people else self.cast.everyone[first]


def furnish(cast: Any) -> House:
    """Bring clients to every step between a call and a second plan."""
    ids = plant(cast)
    house = House(cast, {"maria": cast.maria}, ids)
    for name in ("Gus Hale", "Dina Park", "Eva Stone", "Finn Reed", "Ida Moss"):
        person = _newcomer(cast, name)
        house.people[name.split()[0].lower()] = person
        story.inquire(cast, person, at=story.MON - timedelta(days=3))
    for first in ("dina", "eva", "gus"):
        story.evaluate(cast, house.people[first], at=story.MON - timedelta(days=2))
    _open_decisions(cast, house)
    story.decide_together(cast, house.people["eva"], at=story.MON)
    finn = house.people["finn"].client_id
    start_evaluation(cast.osei, client_id=finn, at=story.MON)
    find_need(cast.osei, client_id=finn, domain="housing", words="A key", at=story.MON)
    ida = house.people["ida"]
    one = story.evaluate(cast, ida, at=story.MON, signed=False)
    finish_evaluation(cast.osei, client_id=ida.client_id, evaluation_id=one, at=story.MON)
    start_plan(cast.nora, client_id=cast.maria.client_id, at=story.MON)
    _desk(cast, house)
    return house


def _newcomer(cast: Any, name: str) -> Person:
    at = story.MON - timedelta(days=4)
    client_id = register_client(
        cast.sam, preferred_name=name, legal_name=name, birth_date=date(1990, 1, 1),
        pronouns="", language="en", at=at,
    )
    for who, part in ((cast.nora, "primary"), (cast.osei, "in_charge")):
        join_team(cast.helen, client_id=client_id, user_id=who.user_id, part=part, at=at)
    user_id = invite(
        cast.helen, email=f"{name.split()[0].lower()}@home.example", name=name,
        roles=[Role.CLIENT], password=PASSWORD, at=at,
    )
    link_self(cast.helen, client_id=client_id, user_id=user_id, at=at)
    return Person(client_id, Actor(user_id, frozenset({Role.CLIENT}), name), name)


def _open_decisions(cast: Any, house: House) -> None:
    for first in ("gus", "dina"):
        client_id = house.people[first].client_id
        found = ratings_and_flags(cast.osei, client_id=client_id)
        one = open_decision(
            cast.osei, client_id=client_id, ratings=dict(found.ratings),
            flags=[*found.flags, "toxic_environment"] if first == "dina" else list(found.flags),
            at=story.MON,
        )
    sign_client_view(
        house.people["dina"].account, client_id=client_id, decision_id=one, level="iop",
        reasons="Home at night.", name="Dina Park", at=story.MON)
    sign_clinician_view(
        cast.osei, client_id=client_id, decision_id=one, level="php", reasons="More help.",
        signer=Signer("Dr Kwame Osei", "MD", "1"), at=story.MON)


def _desk(cast: Any, house: House) -> None:
    inquiry_id = house.ids["inquiry_id"]["andre"]
    andre = cast.andre.client_id
    name_hurdle(cast.sam, client_id=andre, inquiry_id=inquiry_id, what="Transport", at=story.MON)
    slots = [
        open_slot(cast.sam, room_id=cast.rooms["Office 3"], evaluator_id=cast.osei.user_id,
                  starts_at=NOW + timedelta(days=days), ends_at=NOW + timedelta(days=days, hours=1),
                  at=story.MON)
        for days in (1, 2)
    ]
    book_evaluation(cast.sam, client_id=andre, slot_id=slots[0], at=story.MON)
    ask_for_help(ANONYMOUS, contact_kind="phone", contact="555-0177", name="Web", at=story.MON)
    house.ids["web_id"] = web_inquiries(cast.sam, at=NOW)[0].web_id


def addresses(house: House) -> list[str]:
    """Return every address of the application: Daybridge's own for each client, and sign-in's."""
    found: dict[str, None] = {}
    for _, entry in patterns(get_resolver()):
        wanted = list(entry.pattern.regex.groupindex)
        for kwargs in _arguments(house, wanted):
            name = _name(entry)
            if name and name not in NOT_WALKED:
                found[reverse(name, kwargs=kwargs)] = None
    for first in ("finn", "ida"):
        page = reverse("assessment:evaluation", args=[house.people[first].client_id])
        found |= {f"{page}?section={section}": None for section in SECTIONS}
    return list(found)


def _name(entry: Any) -> str | None:
    module = entry.callback.__module__
    if module.startswith("daybridge."):
        return f"{module.split('.')[-2]}:{entry.name}"
    return entry.name if module.startswith("allauth.") else None


def _arguments(house: House, wanted: list[str]) -> Iterator[dict[str, Any]]:
    if "client_id" not in wanted:
        known = {**house.ids, "inquiry_id": house.ids["inquiry_id"]["andre"]}
        if all(name in known for name in wanted):
            yield {name: known[name] for name in wanted}
        return
    for person in (house.cast.maria, house.cast.andre, *house.people.values()):
        newest = newest_inquiry_of(house.cast.sam, client_id=person.client_id)
        known = {**house.ids, "client_id": person.client_id, "inquiry_id": newest or 0}
        yield {name: known[name] for name in wanted}
