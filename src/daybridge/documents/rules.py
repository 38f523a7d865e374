"""Consent: what it must say, and whether it covers what somebody wants to disclose.

Source: 42 CFR 2.31 (elements), 2.33 (uses), 2.35 (criminal justice), 2.26 (restrictions).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from daybridge.access.policy import DataClass
from daybridge.kernel.text import fold


class Kind(StrEnum):
    """What sort of recipient; a class of recipients stands in consents only."""

    CLIENT = "client"
    PARTNER = "partner"
    COURT = "court"
    EMPLOYER = "employer"
    SCHOOL = "school"
    PAYER = "payer"
    SUPPORTER = "supporter"
    PROVIDERS = "providers"


class Purpose(StrEnum):
    """Why; a consent has exactly one, so that one for legal proceedings stands alone."""

    TPO = "tpo"
    TREATMENT = "treatment"
    PAYMENT = "payment"
    OPERATIONS = "operations"
    CRIMINAL_JUSTICE = "criminal_justice"
    PROCEEDINGS = "proceedings"
    WORK = "work"
    SCHOOL = "school"
    BENEFITS = "benefits"
    SUPPORT = "support"
    OWN_REQUEST = "own_request"


class Piece(StrEnum):
    """A piece that a disclosure lacks."""

    CONSENT = "consent"
    SIGNATURE = "signature"
    EXPIRED = "expired"
    REVOKED = "revoked"
    RECIPIENT = "recipient"
    PURPOSE = "purpose"
    DATA = "data"
    RESTRICTION = "restriction"


WITHIN_TPO = frozenset({Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS})
TAKEN_BY_CLASS = frozenset({Kind.PARTNER, Kind.PAYER})
# a paper about somebody always carries their name
IMPLIED = frozenset({DataClass.NAME})
# what row-level security can open to a supporter (scope C of the policy)
SHAREABLE = (DataClass.NAME, DataClass.SCHEDULE, DataClass.ATTENDANCE, DataClass.PLAN)
# what a consent may name: these leave the house by letters, files and pages
MAY_BE_NAMED = (
    DataClass.IDENTITY, DataClass.CONTACT, DataClass.DEMOGRAPHICS, DataClass.SCHEDULE,
    DataClass.ATTENDANCE, DataClass.STAY, DataClass.ASSESSMENT, DataClass.INSTRUMENT,
    DataClass.PLACEMENT, DataClass.PLAN, DataClass.MEDICINE, DataClass.MEDICAL,
    DataClass.REFERRAL, DataClass.PAYER, DataClass.NOTE, DataClass.COUNSELLING_NOTE,
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who receives: name, postal or e-mail address, sort."""

    name: str
    address: str
    kind: Kind | str


@dataclass(frozen=True, slots=True)
class End:
    """The end of a consent, for everybody or for one party only."""

    at: datetime
    party: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """A consent as the check needs it. It lives from its signature until it ends."""

    consent_id: int
    kind: Kind
    recipient: str
    purpose: Purpose
    classes: frozenset[DataClass]
    signed_at: datetime | None
    expires_at: datetime | None = None
    ends: tuple[End, ...] = ()
    irrevocable: bool = False


@dataclass(frozen=True, slots=True)
class Restriction:
    """What the programme agreed not to tell a party (2.26)."""

    party: str
    agreed_at: datetime


@dataclass(frozen=True, slots=True)
class Missing:
    """One missing piece, in words that say what it is."""

    piece: Piece
    words: str


def covers(
    consent: Terms, recipient: Recipient, purpose: Purpose, classes: Iterable[DataClass],
    at: datetime,
) -> list[Missing]:
    """Return what this consent lacks for this disclosure; nothing means that it covers it."""
    found = []
    if consent.signed_at is None or consent.signed_at > at:
        found.append(Missing(Piece.SIGNATURE, "It is not signed yet."))
    if consent.expires_at is not None and at >= consent.expires_at:
        found.append(Missing(Piece.EXPIRED, "It has ended."))
    if is_ended(consent, at, party=recipient.name):
        found.append(Missing(Piece.REVOKED, "It was stopped."))
    if not _is_to(consent, recipient):
        found.append(Missing(Piece.RECIPIENT, f"It does not name {recipient.name}."))
    if not _is_for(consent.purpose, purpose):
        found.append(Missing(Piece.PURPOSE, f"It is not for the purpose “{purpose.value}”."))
    beyond = sorted(set(classes) - consent.classes - IMPLIED)
    found += [Missing(Piece.DATA, f"It does not cover {data.value}.") for data in beyond]
    return found


def is_ended(consent: Terms, at: datetime, *, party: str = "") -> bool:
    """Tell whether somebody stopped it: for everybody, or for this party."""
    return any(
        end.at <= at and (not end.party or _alike(end.party, party)) for end in consent.ends
    )


def lacking(
    consents: Sequence[Terms], restrictions: Iterable[Restriction], recipient: Recipient,
    purpose: Purpose, classes: Iterable[DataClass], at: datetime,
) -> tuple[Terms | None, list[Missing]]:
    """Return the consent that covers a disclosure, or the closest one and what it lacks.

    An agreed restriction stands against all, save a later consent that names the party.
    """
    wanted = frozenset(classes)
    tried = [
        (one, covers(one, recipient, purpose, wanted, at) + _restricted(one, restrictions, recipient, at))
        for one in consents
    ]
    if not tried:
        return None, [Missing(Piece.CONSENT, f"There is no consent for {recipient.name}.")]
    best, lacks = min(tried, key=lambda pair: (
        any(one.piece is Piece.RECIPIENT for one in pair[1]), len(pair[1]), -pair[0].consent_id))
    if any(one.piece is Piece.RECIPIENT for one in lacks):
        return None, [Missing(Piece.CONSENT, f"There is no consent for {recipient.name}.")]
    return (None, lacks) if lacks else (best, [])


def _restricted(
    consent: Terms, restrictions: Iterable[Restriction], recipient: Recipient, at: datetime
) -> list[Missing]:
    named = consent.kind is not Kind.PROVIDERS
    for one in restrictions:
        lifted = named and consent.signed_at is not None and consent.signed_at > one.agreed_at
        if one.agreed_at <= at and _alike(one.party, recipient.name) and not lifted:
            return [Missing(Piece.RESTRICTION, f"We agreed to tell {one.party} nothing.")]
    return []


def _is_to(consent: Terms, recipient: Recipient) -> bool:
    if consent.kind is Kind.PROVIDERS:
        return recipient.kind in TAKEN_BY_CLASS
    return consent.kind == recipient.kind and _same(consent.recipient, recipient.name)


def _same(one: str, other: str) -> bool:
    """Tell whether a consent means this name: letters and signs fit, case and spacing don't matter."""
    return fold(one).split() == fold(other).split()


def _alike(one: str, other: str) -> bool:
    """Tell whether a stop or a limit means this name: wider than above, so that it never misses."""
    return [c for c in fold(one) if c.isalnum()] == [c for c in fold(other) if c.isalnum()]


def _is_for(allowed: Purpose, wanted: Purpose) -> bool:
    return allowed is wanted or (allowed is Purpose.TPO and wanted in WITHIN_TPO)


@dataclass(frozen=True, slots=True)
class Offer:
    """A consent on its way, before anybody has signed it."""

    kind: Kind
    recipient: str
    purpose: Purpose
    classes: frozenset[DataClass]
    address: str = ""
    expires_at: datetime | None = None
    expiry_event: str = ""
    irrevocable: bool = False
    supporter_user_id: int | None = field(default=None)


def faults(offer: Offer, *, at: datetime) -> list[str]:
    """Return what keeps an offer from being put before the client, each with the next step."""
    found = []
    if not offer.recipient.strip():
        found.append("Write who receives it.")
    if offer.kind is Kind.CLIENT:
        found.append("A client needs no consent for a copy of their own record.")
    if not offer.classes:
        found.append("Choose at least one thing that may be told.")
    if not offer.classes <= set(MAY_BE_NAMED):
        found.append("Choose only what a consent can name.")
    if DataClass.COUNSELLING_NOTE in offer.classes and len(offer.classes) > 1:
        found.append("Counselling notes need a consent of their own: choose nothing beside them.")
    if offer.kind is Kind.PROVIDERS and offer.purpose not in {Purpose.TPO, *WITHIN_TPO}:
        found.append("For this purpose name one person or office: a class of recipients won't do.")
    return found + _support_faults(offer) + _expiry_faults(offer, at)


def _support_faults(offer: Offer) -> list[str]:
    if offer.kind is Kind.SUPPORTER and not offer.classes <= set(SHAREABLE):
        return ["A supporter's page shows times, presence and the plan. Choose among these."]
    return []


def _expiry_faults(offer: Offer, at: datetime) -> list[str]:
    found = []
    ends = offer.expires_at is not None or bool(offer.expiry_event.strip())
    if offer.expires_at is not None and offer.expires_at <= at:
        found.append("It would end before it begins: choose a later day.")
    if not ends and offer.purpose not in {Purpose.TPO, *WITHIN_TPO}:
        found.append("Say when it ends: a day, or an event.")
    if offer.irrevocable and (
        offer.purpose is not Purpose.CRIMINAL_JUSTICE or not offer.expiry_event.strip()
    ):
        found.append("Only a consent for a court case can't be stopped, and it names the event "
                     "that ends it (42 CFR 2.35).")
    return found


def may_revoke(consent: Terms) -> bool:
    """Tell whether it can be stopped before its end event (2.35 is the only exception)."""
    return not consent.irrevocable
