"""The referral letter leaves by the one door."""

from datetime import datetime
from zoneinfo import ZoneInfo

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.policy import DataClass
from daybridge.clinic.people.queries import staff_lines
from daybridge.clinic.programme.queries import house, sites
from daybridge.clinic.referrals import letter
from daybridge.clinic.referrals.commands import NotReferred
from daybridge.clinic.referrals.models import Referral, ReferralStep
from daybridge.clinic.referrals.queries import referral_line
from daybridge.clinic.referrals.queries_letter import letter_parts
from daybridge.clinic.referrals.queries_partners import partner
from daybridge.documents.commands import Released, release
from daybridge.documents.pdf import render


@command(Can.REFER)
def write_letter(
    actor: Actor, /, *, client_id: int, referral_id: int, classes: frozenset[DataClass],
    language: str, address: str = "", at: datetime,
) -> Released:
    """Make the letter with name, request and these classes; the door refuses without a consent."""
    row = referral_line(actor, client_id=client_id, referral_id=referral_id)
    known = partner(actor, partner_id=row.partner_id) if row.partner_id else None
    where = known.address if known and known.address else address
    if not where:
        raise NotReferred("address", "Write the address: the client's ledger keeps it.")
    if language not in letter.WORDS:
        raise NotReferred("language", "Choose English or Spanish.")
    site = sites(actor)[0]
    stored = Referral.objects.get(pk=referral_id, client_id=client_id)
    made = letter_parts(actor, client_id=client_id, referral_id=referral_id, classes=classes,
                        language=language)
    lines = staff_lines(actor, user_ids={actor.user_id or 0})
    data = letter.data(
        row, house(actor), known, where, made=made, language=language, at=_local(at, site.zone),
        seen_by=_local(stored.seen_due_at, site.zone), signer=lines.get(actor.user_id or 0, actor.name))
    released = release(
        actor, client_id=client_id, recipient=letter.recipient_of(row.to, where), at=at,
        purpose=letter.purpose_of(row.kind), classes=frozenset({DataClass.REFERRAL, *classes}),
        title="Referral letter", language=language,
        make=lambda notice: render(letter.TEMPLATE, {**data, "notice": notice}))
    ReferralStep(
        client_id=client_id, referral_id=referral_id, step="letter", on=site.day(at), at=at,
        words=f"In {letter.LANGUAGE_NAMES[language][0]}, by the documents door.", by_id=actor.user_id or 0,
    ).save(force_insert=True)
    return released


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone)
