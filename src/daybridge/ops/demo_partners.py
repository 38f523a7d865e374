"""Founding what stands beside the demo clinic: partners, services, kits, due forms, evidence."""

from datetime import datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.care.curriculum.commands import review_practice
from daybridge.care.curriculum.library import shipped
from daybridge.care.instruments.commands_packs import set_timing
from daybridge.care.medicines.commands_kits import receive_kits
from daybridge.clinic.referrals.commands_partners import PartnerWords, add_partner, choose_doer
from daybridge.ops.demo_names import GROUPS
from daybridge.ops.demo_record_words import DOERS, PARTNERS

NOT_LOOKED_AT = "psychoeducation"
LOOKED_AGAIN, AGREED = timedelta(days=730), timedelta(days=400)
# instrument: at admission, every so many days, before discharge
DUE = {
    "weekly_check": (False, 7, False), "session_check": (False, 7, False), "ruler": (True, 28, False),
    "phq9": (True, 28, True), "gad7": (True, 56, False), "bam": (True, 30, True),
    "needs_list": (False, None, False), "family_check": (False, None, False),
    "pc_ptsd5": (False, None, False), "cssrs_screener": (False, None, False),
}


def found_beside(helen: Actor, at: datetime) -> None:
    """Write down partners, services, kits, when forms are due, and who looked at the evidence."""
    day = at.date()
    for name, does, services, agreement, waiting, languages, phone in PARTNERS:
        add_partner(helen, at=at, words=PartnerWords(
            name=name, does=does, services=services, agreement=agreement, languages=languages,
            agreed_on=None if agreement == "none" else day - AGREED, waiting_days=waiting, phone=phone,
            address=f"{len(name)} Quay Street"))
    for service, doer, words in DOERS:
        choose_doer(helen, service=service, doer=doer, words=words, from_on=day, at=at)
    receive_kits(helen, lot="NX-4471", expires_on=day + timedelta(days=720), number=900, at=at)
    for name, (first, every, last) in DUE.items():
        set_timing(helen, name=name, at_admission=first, every_days=every, at_discharge=last, levels=[],
                   source="Team meeting: few forms, each looked at together.", effective_on=day, at=at)
    for slug in sorted({row[5] for row in GROUPS} - {NOT_LOOKED_AT}):
        review_practice(helen, slug=slug, grade=shipped().practices[slug].grade, looked_on=day,
                        words="Read what the library cites; nothing newer against it.",
                        next_on=day + LOOKED_AGAIN, at=at)
