"""A clinic in which every form of the application is open to somebody, and all its addresses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import get_resolver, resolve, reverse

from daybridge.access.accounts import invite
from daybridge.access.actors import ANONYMOUS, Actor
from daybridge.access.policy import Role
from daybridge.access.relate import join_team, link_self
from daybridge.access.signatures import Signer
from daybridge.care.assessment.commands import finish_evaluation, start_evaluation
from daybridge.care.assessment.commands_needs import find_need
from daybridge.care.assessment.queries import ratings_and_flags
from daybridge.care.intake.commands import name_hurdle
from daybridge.care.intake.commands_slots import book_evaluation, open_slot
from daybridge.care.intake.commands_web import ask_for_help
from daybridge.care.intake.queries import newest_inquiry_of
from daybridge.care.intake.queries_web import web_inquiries
from daybridge.care.placement.commands import open_decision, sign_client_view, sign_clinician_view
from daybridge.care.planning.commands import start_plan
from daybridge.clinic.people.commands import register_client
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.architecture.test_routes import patterns
from tests.bad_input.forms import Field, Form, forms_in
from tests.canaries import plant
from tests.cast import PASSWORD, Person

NOW = story.MON + timedelta(hours=9)  # Monday 17:00 in New York: the first group is over
SECTIONS = ("safety", "substances", "medical", "mental", "areas", "criteria", "outside")
ACTORS = ("helen", "nora", "paul", "maria", "visitor")
GUESTS = {"maria", "visitor"}  # pages about clients are the staff's
STAGES = {
    "gus": {"placement:decide"}, "dina": {"placement:decide"}, "eva": {"placement:admit"},
    "finn": {"assessment:evaluation"}, "ida": {"assessment:evaluation"},
}
OK, BROKEN = 200, 500
NOT_WALKED = {"account_logout"}
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


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
    house = House(cast, {"maria": cast.maria, "andre": cast.andre}, ids)
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
        cast.helen, email=f"{name.split(maxsplit=1)[0].lower()}@home.example", name=name,
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
    """Return every address: Daybridge's own, those about clients at their stage, and sign-in's."""
    found: dict[str, None] = {}
    for address, entry in patterns(get_resolver()):
        name, wanted = _name(entry), ARGUMENT.findall(address)
        if name is None or name in NOT_WALKED:
            continue
        for kwargs in _arguments(house, name, wanted):
            found[reverse(name, kwargs=kwargs)] = None
    page = reverse("assessment:evaluation", args=[house.people["finn"].client_id])
    return [*found, *(f"{page}?section={section}" for section in SECTIONS)]


def _name(entry: Any) -> str | None:
    module = entry.callback.__module__
    if module.startswith("daybridge."):
        return f"{module.split('.')[-2]}:{entry.name}"
    return entry.name if module.startswith("allauth.") else None


def _arguments(house: House, name: str, wanted: list[str]) -> Iterator[dict[str, Any]]:
    stage = [first for first, pages in STAGES.items() if name in pages]
    people = [house.people[first] for first in ("maria", "andre", *stage)]
    for person in people if "client_id" in wanted else people[1:2]:
        newest = newest_inquiry_of(house.cast.sam, client_id=person.client_id)
        known = {**house.ids, "client_id": person.client_id, "inquiry_id": newest or 0}
        if all(one in known for one in wanted):
            yield {one: known[one] for one in wanted}


def walk(house: House) -> list[tuple[str, Client, Form]]:
    """Open every page as those who may, and return each form once, with who posts it."""
    found: dict[object, tuple[str, Client, Form]] = {}
    everywhere = addresses(house)
    for first in ACTORS:
        browser = _browser(house.actor(first))
        for address in everywhere:
            if first in GUESTS and address.startswith("/clients/"):
                continue
            page = browser.get(address)
            assert page.status_code < BROKEN, f"{first} {address}"
            if page.status_code == OK:
                for form in forms_in(page.content.decode(errors="replace"), address):
                    found.setdefault(_likeness(form), (first, browser, form))
    return [*found.values(), ("nora", _browser(house.cast.nora), _why_short(house))]


def _browser(actor: Actor) -> Client:
    """Return a browser of somebody, to which a broken page is an answer like any other."""
    browser = sign_in(actor)
    browser.raise_request_exception = False
    return browser


def _why_short(house: House) -> Form:
    """Return the one form that only stands there when no make-up fits."""
    address = reverse("hours:why", args=[house.cast.maria.client_id])
    return Form(address, [Field("why", "text")])


def _likeness(form: Form) -> object:
    place = resolve(urlsplit(form.action).path)
    kind = [place.kwargs[key] for key in ("what", "section") if key in place.kwargs]
    names = {re.sub(r"\d+", "#", one.name) for one in form.fields}
    return place.view_name, *kind, frozenset(names), *form.buttons[:1]
