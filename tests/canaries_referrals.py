"""Needs with each answer, partners, a referral on its way and one sent to us, for Maria."""

from datetime import datetime, timedelta
from typing import Any

REFERRAL = {"maria": "Referralmaria"}


def plant_referrals(cast: Any, maria: int, at: datetime) -> dict[str, Any]:
    """Find needs, answer some, refer; return the ids that addresses need."""
    from daybridge.care.assessment.commands_needs import SendTo, answer_need, find_need
    from daybridge.clinic.referrals.commands import refer, take_in
    from daybridge.clinic.referrals.commands_partners import PartnerWords, add_partner, choose_doer

    today = at.date()
    partner_id = add_partner(cast.tess, at=at, words=PartnerWords(
        "Harbor House", does="Rooms for people in recovery, meals", services=("housing", "food"),
        agreement="qsoa", agreed_on=today, waiting_days=5, languages="English, Spanish",
        payers="none asked", contact="Lena Ortiz", phone="555-0150", address="5 Quay Street"))
    add_partner(cast.tess, at=at, words=PartnerWords(
        "County legal aid", services=("legal",), waiting_days=21, phone="555-0160"))
    for service in ("group", "individual", "education", "family", "medicine", "case_management",
                    "evaluation", "orientation", "crisis"):
        choose_doer(cast.tess, service=service, doer="we", from_on=today, at=at)
    for service in ("housing", "food", "legal"):
        choose_doer(cast.tess, service=service, doer="partner", from_on=today, at=at)
    choose_doer(cast.tess, service="child_care", doer="nobody", from_on=today, at=at,
                words="Asked two centres in October.")
    found = {
        domain: find_need(cast.nora, client_id=maria, domain=domain, words=words, urgency=urgency, at=at)
        for domain, words, urgency in (
            ("housing", "A room away from the flat where people use", "high"),
            ("transport", "A bus pass for three days a week", "routine"),
            ("legal", "Help with the custody hearing", "soon"),
            ("family", "Time with the girls, and somebody to mind them on group days", "routine"),
            ("food", "Meals at the end of the month", "routine"))}
    ids: dict[str, Any] = {"client_id": maria, "at": at}
    answer_need(cast.nora, **ids, need_id=found["family"], answer="here",
                words="Family skills group, objective 2")
    answer_need(cast.nora, **ids, need_id=found["legal"], answer="deferred",
                words="The date of the hearing is not known yet", again_on=today + timedelta(days=14))
    answer_need(cast.nora, **ids, need_id=found["food"], answer="declined",
                words="“My sister cooks for us.”", again_on=today + timedelta(days=30))
    answer_need(cast.nora, **ids, need_id=found["housing"], answer="referred",
                words="A room by December",
                to=SendTo(partner_id=partner_id, kind="housing", urgency="high"))
    other = refer(cast.tess, **ids, kind="psychiatry", to_words="Dr Ines Lau, Elm Clinic",
                  why=f"Sleep and low mood for two months: please see her. {REFERRAL['maria']}")
    in_id = take_in(cast.sam, **ids, from_kind="court", from_words="County court, Officer Hale",
                    asks="Does she come, and since when?", came_on=today)
    return {"need_id": found["transport"], "partner_id": partner_id, "service": "housing",
            "referral_id": other, "in_id": in_id}
