"""The demo's partners and services, and how its clients' needs are answered."""

import random
from datetime import date, datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.care.assessment.commands_needs import SendTo, answer_need
from daybridge.care.assessment.rows import NeedRow
from daybridge.clinic.referrals.commands import take_step
from daybridge.clinic.referrals.commands_partners import PartnerWords, add_partner, choose_doer
from daybridge.clinic.referrals.queries import referrals_of
from daybridge.clinic.referrals.queries_partners import partners_for
from daybridge.ops.demo_house import House, moment

WE = ("group", "individual", "education", "family", "medicine", "monitoring", "case_management",
      "crisis", "evaluation", "orientation", "nicotine")
PARTNERS = (
    PartnerWords("Harbor House", does="Rooms for people in recovery, with meals.",
                 services=("housing", "food"), agreement="qsoa", waiting_days=9, contact="Lena Ortiz",
                 languages="English, Spanish", payers="County, self-pay", phone="555-0150",
                 address="5 Quay Street"),
    PartnerWords("Elm Street Clinic", does="Primary care and psychiatry.",
                 services=("medical", "psychiatry"), agreement="qsoa", waiting_days=14,
                 languages="English, Spanish", payers="Medicaid, Medicare, most insurers",
                 phone="555-0152", address="80 Elm Street"),
    PartnerWords("County legal aid", does="Custody, debts, records.", services=("legal",),
                 waiting_days=21, phone="555-0160", address="1 Court Square"),
    PartnerWords("Dial-a-Ride", does="Rides to appointments, booked the day before.",
                 services=("transport",), agreement="other", waiting_days=2, phone="555-0164",
                 address="2 Depot Road"),
    PartnerWords("Voices", does="Interpreters by telephone, 40 languages.", services=("interpreter",),
                 agreement="qsoa", waiting_days=0, phone="555-0170", address="by telephone"),
)
FOLLOWED = (("accepted", 2), ("seen", 7), ("answered", 15), ("acted_on", 18))


def found_partners(helen: Actor, at: datetime, today: date) -> None:
    """Write down the partners, and who does each service; child care has nobody."""
    for words in PARTNERS:
        dated = {} if words.agreement == "none" else {"agreed_on": today - timedelta(days=400)}
        add_partner(helen, words=PartnerWords(
            **{name: getattr(words, name) for name in words.__slots__} | dated), at=at)
        for service in words.services:
            choose_doer(helen, service=service, doer="partner", from_on=at.date(), at=at)
    for service in WE:
        choose_doer(helen, service=service, doer="we", from_on=at.date(), at=at)
    choose_doer(helen, service="child_care", doer="nobody", from_on=at.date(), at=at,
                words="Two centres were asked; both have a list.")


def answer(
    house: House, clinician: Actor, need: NeedRow, at: datetime, dice: random.Random,
    until: date | None,
) -> None:
    """Refer for most housing needs; of those who have left, how it went on is known too."""
    client_id, need_id = need.client_id, need.need_id
    if dice.random() < 0.2:
        answer_need(clinician, client_id=client_id, need_id=need_id, answer="declined", at=at,
                    words="“I stay with my aunt for now.”", again_on=at.date() + timedelta(days=30))
        return
    (harbor, *_) = partners_for(clinician, services=["housing"], on=at.date())
    answer_need(clinician, client_id=client_id, need_id=need_id, answer="referred", at=at,
                words="A room, soon", to=SendTo(partner_id=harbor.partner_id, kind="housing"))
    if until is not None and (at + timedelta(days=FOLLOWED[-1][1])).date() < until:
        sent = referrals_of(clinician, client_id=client_id, at=at)[0].referral_id
        for to, days in FOLLOWED:
            then = at + timedelta(days=days)
            with moment(clinician, then):
                take_step(clinician, client_id=client_id, referral_id=sent, to=to,
                          words="as they told us", at=then)
