"""Maria's consent, a disclosure, a request and a document: their words and ids."""

from datetime import datetime, timedelta
from typing import Any

CANARIES = {
    "consents": {"maria": "Consentmaria"},
    "disclosure": {"maria": "Disclosuremaria"},
    "request": {"maria": "Requestmaria"},
}
PDF = b"%PDF-1.7 scanned"


def plant(cast: Any, client_id: int, at: datetime) -> dict[str, Any]:
    """Let Maria consent, something leave, something be asked, something be scanned."""
    from daybridge.access.policy import DataClass
    from daybridge.documents.commands import release
    from daybridge.documents.commands_consent import offer_consent, sign_consent
    from daybridge.documents.commands_files import keep_document
    from daybridge.documents.commands_requests import make_request
    from daybridge.documents.queries_requests import requests_of
    from daybridge.documents.rules import Kind, Offer, Purpose, Recipient
    from daybridge.documents.rules_requests import RequestKind

    classes = frozenset({DataClass.PLAN})
    consent_id = offer_consent(
        cast.nora, client_id=client_id, client_name="Maria", house="House", language="en", at=at,
        expires_on=None, offer=Offer(
            Kind.PARTNER, CANARIES["consents"]["maria"], Purpose.TREATMENT, classes))
    sign_consent(cast.maria.account, client_id=client_id, consent_id=consent_id, name="Maria", at=at)
    to = Recipient(CANARIES["consents"]["maria"], CANARIES["disclosure"]["maria"], Kind.PARTNER)
    release(cast.nora, client_id=client_id, recipient=to, purpose=Purpose.TREATMENT, classes=classes,
            title="Plan", make=str.encode, at=at + timedelta(minutes=1))
    make_request(cast.nora, client_id=client_id, kind=RequestKind.COPY, today=at.date(), at=at,
                 words=CANARIES["request"]["maria"], received_on=at.date())
    return {
        "consent_id": consent_id, "number": 5,
        "request_id": requests_of(cast.nora, client_id=client_id)[0].request_id,
        "document_id": keep_document(
            cast.nora, client_id=client_id, kind="identity", bound_to=DataClass.IDENTITY,
            about="passport", content=PDF, at=at),
    }
