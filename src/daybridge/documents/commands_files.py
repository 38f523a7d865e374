"""Keeping documents in the chart."""

import hashlib
import uuid
from datetime import datetime

from daybridge.access import relations
from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import Refused, command
from daybridge.access.policy import DataClass, Op
from daybridge.documents.models import ScannedDocument
from daybridge.documents.rules_files import KINDS, NotAllowed, sniff
from daybridge.kernel import text


@command(Can.KEEP_DOCUMENT)
def keep_document(
    actor: Actor, /, *, client_id: int, kind: str, bound_to: DataClass, about: str, content: bytes,
    consent_id: int | None = None, at: datetime,
) -> uuid.UUID:
    """Keep a file in the chart, bound to a data class that the actor may write."""
    if kind not in KINDS or bound_to not in ScannedDocument.bound_classes:
        raise NotAllowed("Choose what it is, and who may read it.")
    if not relations.reached(actor, bound_to, Op.WRITE, (client_id,)):
        raise Refused(actor, Can.KEEP_DOCUMENT.slug, (client_id,))
    media_type = sniff(content)
    row = ScannedDocument(
        client_id=client_id, kind=kind, bound_to=bound_to.value, about=text.tidy(about),
        consent_id=consent_id, media_type=media_type, size=len(content), content=content,
        digest=hashlib.sha256(content).hexdigest(), by_id=actor.user_id or 0, added_at=at,
    )
    row.save(force_insert=True)
    return row.pk
