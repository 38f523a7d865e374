"""What leaves the demo clinic, and on whose word: consents, a supporter's account, requests, a letter."""

import random
from datetime import datetime, timedelta

from daybridge.access.accounts import invite
from daybridge.access.actors import Actor
from daybridge.access.policy import DataClass, Role
from daybridge.care.placement.queries import stays_in_care
from daybridge.clinic.people.queries import names
from daybridge.documents import letters
from daybridge.documents.commands import release
from daybridge.documents.commands_consent import offer_consent, sign_consent
from daybridge.documents.commands_requests import answer_request, make_request
from daybridge.documents.pdf import render
from daybridge.documents.rules import Kind, Offer, Purpose, Recipient
from daybridge.documents.rules_requests import Outcome, RequestKind
from daybridge.ops.demo_house import House, moment
from daybridge.ops.demo_names import PASSWORD
from daybridge.ops.demo_record_words import REQUESTS

HOUSE = "Riverside Day Programme"
COURT, COURT_STREET = "County Treatment Court", "1 Court Square"
SUPPORTER = "supporter1@home.example"
DAY, YEAR = timedelta(days=1), timedelta(days=365)
TREATMENT = frozenset({DataClass.IDENTITY, DataClass.STAY, DataClass.ASSESSMENT, DataClass.PLAN,
                       DataClass.MEDICINE, DataClass.MEDICAL, DataClass.REFERRAL, DataClass.ATTENDANCE})
FOR_COURT = frozenset({DataClass.IDENTITY, DataClass.STAY, DataClass.ATTENDANCE})
FOR_SISTER = frozenset({DataClass.SCHEDULE, DataClass.ATTENDANCE, DataClass.PLAN})


def sign(
    house: House, client_id: int, offer: Offer, at: datetime, *, name: str, language: str = "en"
) -> int:
    """Put a consent before somebody, who signs it at the desk."""
    sam = house.staff["sam"]
    with moment(sam, at):
        ends = house.day(offer.expires_at) if offer.expires_at else None
        one = offer_consent(sam, client_id=client_id, offer=offer, expires_on=ends, client_name=name,
                            house=HOUSE, language=language, at=at)
        sign_consent(sam, client_id=client_id, consent_id=one, name=name, at=at)
    return one


def at_admission(
    house: House, client_id: int, at: datetime, dice: random.Random, *, name: str, language: str
) -> None:
    """Ask for the general consent to treating partners; nine of ten sign it."""
    if dice.random() < 0.9:
        offer = Offer(Kind.PROVIDERS, "My treating providers and payers", Purpose.TPO, TREATMENT)
        sign(house, client_id, offer, at, name=name, language=language)


def set_desks(house: House, now: datetime) -> None:
    """Put a court's consent with its letter, a supporter with an account, and two requests on the desks."""
    helen, at = house.staff["helen"], now - 9 * DAY
    with moment(helen, now):
        clients = [row.client_id for row in stays_in_care(helen) if row.admitted_at < at]
        known = names(helen, of=set(clients))
    if not clients:
        return
    court, sister, asks = clients[0], clients[len(clients) // 2], clients[-2:]
    _court(house, court, at, known[court])
    _supporter(house, sister, at, known[sister])
    for client_id, (kind, words, days) in zip(asks, REQUESTS, strict=False):
        _ask(house, client_id, RequestKind(kind), words, now - days * DAY)
    _ask(house, court, RequestKind.DISCLOSURES, "To whom was anything told?", at, answered=at + 5 * DAY)


def _court(house: House, client_id: int, at: datetime, name: str) -> None:
    offer = Offer(Kind.COURT, COURT, Purpose.CRIMINAL_JUSTICE, FOR_COURT, address=COURT_STREET,
                  expiry_event="the court closes the case", irrevocable=True)
    sign(house, client_id, offer, at, name=name)
    vera, later = house.staff["vera"], at + 2 * DAY
    template = next(one for one in letters.letters().values() if Kind.COURT in one.kinds)
    known = {"name": name, "admitted": f"{at:%-d %B %Y}", "level": "intensive outpatient"}
    filled = letters.fill(template, known, offer.classes, "en")
    data = {"language": "en", "draft": False, "title": filled.title, "paragraphs": filled.paragraphs,
            "house": HOUSE, "house_address": "12 Mill Street", "phone": "555-0100", "to": COURT,
            "to_address": COURT_STREET, "day": f"{later:%-d %B %Y}", "signer": "Vera Lindt",
            "signer_line": "LCSW, clinical supervisor"}
    with moment(vera, later):
        release(vera, client_id=client_id, recipient=Recipient(COURT, COURT_STREET, Kind.COURT),
                purpose=offer.purpose, classes=filled.classes, title=filled.title, at=later,
                make=lambda notice: render(letters.TYPST, {**data, "notice": notice}))


def _supporter(house: House, client_id: int, at: datetime, name: str) -> None:
    """Let the sister see times, presence and plan on an account of her own."""
    helen = house.staff["helen"]
    with moment(helen, at):
        user_id = invite(helen, email=SUPPORTER, name="Rosa Ellis", roles=[Role.SUPPORTER],
                         password=PASSWORD, at=at)
    sign(house, client_id, Offer(
        Kind.SUPPORTER, "Rosa Ellis", Purpose.SUPPORT, FOR_SISTER, expires_at=at + YEAR,
        supporter_user_id=user_id), at, name=name)


def _ask(
    house: House, client_id: int, kind: RequestKind, words: str, at: datetime,
    answered: datetime | None = None,
) -> None:
    sam, pia = house.staff["sam"], house.staff["pia"]
    day = house.day(at)
    with moment(sam, at):
        one = make_request(sam, client_id=client_id, kind=kind, words=words, received_on=day, today=day,
                           at=at)
    if answered is not None:
        _answer(pia, client_id, one, answered)


def _answer(pia: Actor, client_id: int, request_id: int, at: datetime) -> None:
    with moment(pia, at):
        answer_request(pia, client_id=client_id, request_id=request_id, outcome=Outcome.GRANTED, ground="",
                       words="The list is with this letter: one entry, to the court.", at=at)
