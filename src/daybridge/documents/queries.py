"""Reading consents and the ledger."""

from dataclasses import dataclass
from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.access.policy import DataClass
from daybridge.access.signatures import Signed, signatures_of
from daybridge.documents import rules
from daybridge.documents.models import Consent, ConsentEnd, Disclosure, Restriction

MOST = 200


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """A consent as pages show it."""

    terms: rules.Terms
    address: str
    expires_on: date | None
    expiry_event: str
    words: str
    language: str
    text_version: str
    offered_at: datetime
    signed: Signed | None
    supporter_user_id: int | None

    @property
    def consent_id(self) -> int:
        """Return the id."""
        return self.terms.consent_id

    @property
    def recipient(self) -> str:
        """Return who is named."""
        return self.terms.recipient

    @property
    def stopped_for(self) -> tuple[str, ...]:
        """Return the parties for whom it was stopped, while it goes on for others."""
        return tuple(end.party for end in self.terms.ends if end.party)

    def state(self, at: datetime) -> str:
        """Return how it stands: offered, live, expired, stopped."""
        if rules.is_ended(self.terms, at):
            return "stopped"
        if self.signed is None:
            return "offered"
        if self.terms.expires_at is not None and at >= self.terms.expires_at:
            return "expired"
        return "live"


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """One row of a client's ledger."""

    disclosure_id: int
    client_id: int
    at: datetime
    recipient: str
    address: str
    kind: str
    purpose: str
    title: str
    classes: tuple[str, ...]
    consent_id: int | None
    digest: str
    by_user_id: int


@query(Can.SEE_CONSENTS)
def consents_of(viewer: Actor, /, *, client_id: int) -> list[ConsentRow]:
    """Return every consent of a client, newest first."""
    rows = Consent.objects.filter(client_id=client_id).order_by("-offered_at", "-pk")[:MOST]
    return _rows(list(rows))


@query(Can.SEE_CONSENTS)
def consent(viewer: Actor, /, *, client_id: int, consent_id: int) -> ConsentRow:
    """Return one consent of this client."""
    return _rows([Consent.objects.get(pk=consent_id, client_id=client_id)])[0]


@query(Can.SEE_CONSENTS)
def restrictions_of(viewer: Actor, /, *, client_id: int) -> list[rules.Restriction]:
    """Return what we agreed to tell whom no more."""
    rows = Restriction.objects.filter(client_id=client_id).order_by("agreed_at", "pk")
    return [rules.Restriction(row.party, row.agreed_at) for row in rows[:MOST]]


@query(Can.SEE_DISCLOSURES)
def disclosures_of(
    viewer: Actor, /, *, client_id: int, since: datetime, until: datetime
) -> list[DisclosureRow]:
    """Return what left the house about a client in this time, newest first."""
    rows = Disclosure.objects.filter(client_id=client_id, at__gte=since, at__lte=until)
    return [_disclosure(row) for row in rows.order_by("-at", "-pk")]


@query(Can.SEE_DISCLOSURES)
def disclosures(viewer: Actor, /, *, limit: int = 30) -> list[DisclosureRow]:
    """Return the newest disclosures about anybody whom the viewer may see."""
    return [_disclosure(row) for row in Disclosure.objects.order_by("-at", "-pk")[:limit]]


def _disclosure(row: Disclosure) -> DisclosureRow:
    return DisclosureRow(
        row.pk, row.client_id, row.at, row.recipient, row.address, row.kind, row.purpose, row.title,
        tuple(row.classes), row.consent_id, row.digest, row.by_id,
    )


def _rows(rows: list[Consent]) -> list[ConsentRow]:
    ids = [row.pk for row in rows]
    signed = signatures_of("consent", ids)
    ends: dict[int, list[rules.End]] = {}
    for end in ConsentEnd.objects.filter(consent__in=ids).order_by("at", "pk"):
        ends.setdefault(end.consent_id, []).append(rules.End(end.at, end.party))
    return [_row(row, signed[row.pk], ends.get(row.pk, [])) for row in rows]


def _row(row: Consent, signed: list[Signed], ends: list[rules.End]) -> ConsentRow:
    by_client = next((one for one in signed if one.as_client), None)
    terms = rules.Terms(
        row.pk, rules.Kind(row.kind), row.recipient, rules.Purpose(row.purpose),
        frozenset(DataClass(data) for data in row.classes),
        by_client.signed_at if by_client else None, row.expires_at, tuple(ends), row.irrevocable,
    )
    return ConsentRow(
        terms, row.address, row.expires_on, row.expiry_event, row.words, row.language, row.text_version,
        row.offered_at, by_client, row.supporter_user_id,
    )
