"""Writing down partners, and who does each service from a day on."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import Conflict, command
from daybridge.clinic.programme.queries import sites
from daybridge.clinic.referrals import rules
from daybridge.clinic.referrals.commands import NotReferred
from daybridge.clinic.referrals.models import Partner, ServiceChoice
from daybridge.kernel import text

_LABELS = {
    "name": "Name", "does": "What they do", "agreement": "Agreement", "agreed_on": "Agreed on",
    "waiting_days": "Waiting days", "languages": "Languages", "payers": "Payers",
    "contact": "Contact", "phone": "Telephone", "email": "E-mail", "address": "Address",
    "waiting_asked_on": "Asked on", "ended_on": "Ended on",
}


@dataclass(frozen=True, slots=True)
class PartnerWords:
    """Everything that is written down about a partner."""

    name: str
    does: str = ""
    services: Sequence[str] = ()
    agreement: str = "none"
    agreed_on: date | None = None
    waiting_days: int | None = None
    waiting_asked_on: date | None = None
    languages: str = ""
    payers: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    ended_on: date | None = None


@command(Can.MANAGE_PARTNERS)
def add_partner(actor: Actor, /, *, words: PartnerWords, at: datetime) -> int:
    """Write down a partner."""
    known = _checked(actor, words, None, at)
    return Partner.objects.create(**known).pk


@command(Can.MANAGE_PARTNERS)
def change_partner(
    actor: Actor, /, *, partner_id: int, words: PartnerWords, version: int, at: datetime
) -> None:
    """Change what is written about a partner; an older version is shown both texts."""
    row = Partner.objects.select_for_update().get(pk=partner_id)
    if row.version != version:
        raise Conflict({name: getattr(row, name) or "" for name in _LABELS},
                       version=row.version, labels=_LABELS, choices=["agreement"])
    for name, value in _checked(actor, words, partner_id, at).items():
        setattr(row, name, value)
    row.version += 1
    row.save()


@command(Can.MANAGE_PARTNERS)
def choose_doer(
    actor: Actor, /, *, service: str, doer: str, from_on: date, words: str = "", at: datetime
) -> int:
    """Say who does a service from a day on; what held before stays written down."""
    if service not in rules.SERVICES:
        raise NotReferred("service", "There is no such service.")
    if from_on < sites(actor)[0].day(at):
        raise NotReferred("from_on", "That day is over. Choose today or a later one.")
    return ServiceChoice.objects.create(
        service=service, doer=rules.Doer(doer), from_on=from_on, words=text.tidy(words)[:300],
        by_id=actor.user_id or 0, entered_at=at,
    ).pk


def _checked(
    actor: Actor, words: PartnerWords, partner_id: int | None, at: datetime
) -> dict[str, object]:
    known = asdict(words)
    for name, value in known.items():
        if isinstance(value, str):
            known[name] = text.tidy(value)
    known["services"] = [code for code in rules.SERVICES if code in set(words.services)]
    if not known["name"]:
        raise NotReferred("name", "Write the partner's name.")
    if Partner.objects.filter(name=known["name"]).exclude(pk=partner_id or 0).exists():
        raise NotReferred("name", "There is a partner of that name already.")
    if words.agreement != "none" and words.agreed_on is None:
        raise NotReferred("agreed_on", "Give the day of the agreement.")
    known["agreed_on"] = None if words.agreement == "none" else words.agreed_on
    asked_on = words.waiting_asked_on or sites(actor)[0].day(at)
    known["waiting_asked_on"] = None if words.waiting_days is None else asked_on
    return known
