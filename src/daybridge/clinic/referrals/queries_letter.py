"""What a referral letter may say: only what a live consent covers."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.access.policy import DataClass
from daybridge.clinic.people.queries import contact_of, identity_of, name_of, profile_of
from daybridge.clinic.referrals import letter
from daybridge.clinic.referrals.queries import referral_line
from daybridge.documents.queries import consents_of, restrictions_of
from daybridge.documents.rules import Purpose, lacking

_READS = {DataClass.IDENTITY: Can.SEE_IDENTITY, DataClass.CONTACT: Can.SEE_CONTACT,
          DataClass.DEMOGRAPHICS: Can.SEE_DEMOGRAPHICS}


@dataclass(frozen=True, slots=True)
class Cover:
    """Which parts a live consent covers, and what is missing for the letter itself."""

    purpose: Purpose
    covered: frozenset[DataClass]
    missing: tuple[str, ...]


@query(Can.SEE_CONSENTS)
def cover_of(viewer: Actor, /, *, client_id: int, referral_id: int, at: datetime) -> Cover:
    """Return what a live consent covers of this referral's letter."""
    row = referral_line(viewer, client_id=client_id, referral_id=referral_id)
    purpose, to = letter.purpose_of(row.kind), letter.recipient_of(row.to, "")
    terms = [one.terms for one in consents_of(viewer, client_id=client_id)]
    agreed = restrictions_of(viewer, client_id=client_id)

    def lacks(*classes: DataClass) -> list[str]:
        best, missing = lacking(terms, agreed, to, purpose, {DataClass.REFERRAL, *classes}, at)
        return [] if best else [one.words for one in missing]

    missing = lacks()
    covered = frozenset(
        part for part in letter.OPTIONAL
        if not missing and may(viewer, _READS[part], client_id=client_id) and not lacks(part))
    return Cover(purpose, covered, tuple(missing))


@query(Can.SEE_REFERRALS)
def letter_parts(
    viewer: Actor, /, *, client_id: int, referral_id: int, classes: frozenset[DataClass],
    language: str,
) -> list[tuple[str, list[letter.Line]]]:
    """Return the letter's parts with these classes in it, to be read before it goes."""
    reads = {DataClass.IDENTITY: identity_of, DataClass.CONTACT: contact_of,
             DataClass.DEMOGRAPHICS: profile_of}
    known: dict[DataClass, object] = {
        part: reads[part](viewer, client_id=client_id)
        for part in letter.OPTIONAL if part in classes}
    row = referral_line(viewer, client_id=client_id, referral_id=referral_id)
    return letter.parts(row, name_of(viewer, client_id=client_id), known, language)
