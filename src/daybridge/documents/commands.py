"""The one door: whatever leaves the house passes here.

    released = release(
        actor, client_id=client_id, at=at,
        recipient=Recipient("Harbor Clinic", "5 Quay Street", Kind.PARTNER),
        purpose=Purpose.TREATMENT, classes=frozenset({DataClass.PLAN}), title="Treatment plan",
        make=lambda notice: render(TEMPLATE, {**data, "notice": notice}),
    )
    return HttpResponse(released.content, content_type="application/pdf")

`make` renders the file with the notice it is given; it is called only after the check.
A client's own copy (`Kind.CLIENT`) needs no consent and carries no notice.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from daybridge.access import relations
from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import Refused, command
from daybridge.access.policy import DataClass, Op, Role
from daybridge.documents import notice, queries, rules, wording
from daybridge.documents.models import Disclosure
from daybridge.documents.rules import Kind, Missing, Purpose, Recipient
from daybridge.kernel import text

NEXT_STEP = "Ask the client for a consent that says it, then send it."


class NoConsent(ValueError):
    """No live consent covers this; `missing` names each piece that lacks."""

    def __init__(self, missing: list[Missing]) -> None:
        words = " ".join(one.words for one in missing)
        super().__init__(f"This can't leave the house. {words} {NEXT_STEP}")
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Released:
    """What left: its row in the ledger, and the file."""

    disclosure_id: int
    content: bytes


@command(Can.RELEASE)
def release(
    actor: Actor, /, *, client_id: int, recipient: Recipient, purpose: Purpose | str,
    classes: frozenset[DataClass], title: str, make: Callable[[str], bytes], at: datetime,
    language: str = "en",
) -> Released:
    """Check the live consent, make the file with its notice, write the ledger; or NoConsent.

    Nobody releases what they may not read themselves; a client only their own copy.
    """
    kind, purpose = Kind(recipient.kind), Purpose(purpose)
    _require_reading(actor, client_id, classes, kind)
    words, consent_id = "", None
    if kind is not Kind.CLIENT:
        found = _covering(actor, client_id, recipient, purpose, classes, at)
        words, consent_id = notice.text(language, _scope(found, language)), found.consent_id
    content = make(words)
    row = Disclosure.objects.create(
        client_id=client_id, at=at, kind=kind.value, recipient=text.tidy(recipient.name)[:160],
        address=text.tidy(recipient.address)[:300], purpose=purpose.value,
        title=text.tidy(title)[:160], classes=sorted(classes), consent_id=consent_id,
        notice_version=notice.VERSION if words else "", size=len(content),
        digest=hashlib.sha256(content).hexdigest(), by_id=actor.user_id or 0,
    )
    return Released(row.pk, content)


def _require_reading(
    actor: Actor, client_id: int, classes: frozenset[DataClass], kind: Kind
) -> None:
    unread = [
        data for data in classes
        if not relations.reached(actor, data, Op.READ, (client_id,))
    ]
    if unread or (actor.has(Role.CLIENT) and kind is not Kind.CLIENT):
        raise Refused(actor, Can.RELEASE.slug, (client_id,))


def _covering(
    actor: Actor, client_id: int, recipient: Recipient, purpose: Purpose,
    classes: frozenset[DataClass], at: datetime,
) -> queries.ConsentRow:
    rows = {row.consent_id: row for row in queries.consents_of(actor, client_id=client_id)}
    best, missing = rules.lacking(
        [row.terms for row in rows.values()],
        queries.restrictions_of(actor, client_id=client_id), recipient, purpose, classes, at,
    )
    if best is None:
        raise NoConsent(missing)
    return rows[best.consent_id]


def _scope(row: queries.ConsentRow, language: str) -> str:
    ends = wording.ends_words(row.expires_on, row.expiry_event, language)
    return wording.scope_words(
        [DataClass.NAME, *row.terms.classes], row.recipient, row.terms.purpose, ends, language
    )
