"""Reading partners and the service catalogue."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.clinic.referrals import rules
from daybridge.clinic.referrals.models import Partner, ServiceChoice
from daybridge.clinic.referrals.rows import PartnerRow, ServiceRow

MOST = 300


@query(Can.SEE_PARTNERS)
def partners(viewer: Actor, /, *, on: date, ended: bool = False) -> list[PartnerRow]:
    """Return the partners of a day by name, or those that have ended."""
    live = Q(ended_on=None) | Q(ended_on__gt=on)
    rows = Partner.objects.filter(~live if ended else live)
    return [_partner(row) for row in rows.order_by("name", "pk")[:MOST]]


@query(Can.SEE_PARTNERS)
def partner(viewer: Actor, /, *, partner_id: int) -> PartnerRow:
    """Return one partner."""
    return _partner(Partner.objects.get(pk=partner_id))


@query(Can.SEE_PARTNERS)
def partners_for(viewer: Actor, /, *, services: Collection[str], on: date) -> list[PartnerRow]:
    """Return the partners who do one of these services, the shortest known waiting first."""
    found = [row for row in partners(viewer, on=on) if set(row.services) & set(services)]
    return sorted(found, key=lambda row: (row.waiting_days is None, row.waiting_days or 0, row.name))


@query(Can.SEE_PARTNERS)
def catalogue(viewer: Actor, /, *, on: date) -> list[ServiceRow]:
    """Return every service in the order of the programme: who does it on a day, and the gaps."""
    choices: dict[str, list[ServiceChoice]] = {}
    for row in ServiceChoice.objects.order_by("from_on", "pk"):
        choices.setdefault(row.service, []).append(row)
    known = partners(viewer, on=on)
    return [_service(one, choices.get(one.code, []), known, on) for one in rules.SERVICES.values()]


@query(Can.SEE_PARTNERS)
def gaps(viewer: Actor, /, *, on: date) -> dict[str, str]:
    """Return the services that can't be had, with the reason."""
    return {row.service.code: row.gap for row in catalogue(viewer, on=on) if row.gap}


def _service(
    service: rules.Service, choices: list[ServiceChoice], known: Iterable[PartnerRow], on: date
) -> ServiceRow:
    held = [row for row in choices if row.from_on <= on]
    ahead = [row for row in choices if row.from_on > on]
    now = held[-1] if held else None
    doer = rules.Doer(now.doer) if now else None
    does = tuple(row for row in known if service.code in row.services)
    return ServiceRow(
        service=service, doer=doer.value if doer else "",
        doer_words=rules.DOER_WORDS[doer] if doer else "not said yet",
        words=now.words if now else "", since=now.from_on if now else None,
        next_doer=rules.DOER_WORDS[rules.Doer(ahead[0].doer)] if ahead else "",
        next_on=ahead[0].from_on if ahead else None, partners=does, gap=rules.gap(doer, does),
    )


def _partner(row: Partner) -> PartnerRow:
    return PartnerRow(
        partner_id=row.pk, name=row.name, does=row.does, services=tuple(row.services),
        agreement=row.agreement, agreement_words=dict(rules.AGREEMENTS)[row.agreement],
        agreed_on=row.agreed_on, waiting_days=row.waiting_days,
        waiting_asked_on=row.waiting_asked_on, languages=row.languages, payers=row.payers,
        contact=row.contact, phone=row.phone, email=row.email, address=row.address,
        ended_on=row.ended_on, version=row.version,
    )
