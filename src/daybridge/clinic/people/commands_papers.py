"""Keeping the papers behind a licence."""

import hashlib
import uuid
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.clinic.people.commands_staff import NotKept
from daybridge.clinic.people.models_papers import LicencePaper
from daybridge.documents.rules_files import NotAllowed, sniff
from daybridge.kernel import text


@command(Can.MANAGE_ACCOUNTS)
def keep_licence_paper(
    actor: Actor, /, *, licence_id: int, about: str, content: bytes, at: datetime
) -> uuid.UUID:
    """Keep a scan (PDF, PNG or JPEG, told by its bytes) with a licence."""
    words = text.tidy(about)
    if not words:
        raise NotKept("Say what it is, like: licence, or the state's letter of renewal.")
    try:
        media_type = sniff(content)
    except NotAllowed as error:
        raise NotKept(str(error)) from None
    row = LicencePaper(
        licence_id=licence_id, about=words, media_type=media_type, size=len(content), content=content,
        digest=hashlib.sha256(content).hexdigest(), by_id=actor.user_id or 0, added_at=at)
    row.save(force_insert=True)
    return row.pk


@command(Can.MANAGE_ACCOUNTS)
def put_licence_paper_away(actor: Actor, /, *, licence_id: int, paper_id: uuid.UUID, at: datetime) -> None:
    """Put a paper away that was kept by mistake or is replaced; it stays on record."""
    LicencePaper.objects.filter(pk=paper_id, licence_id=licence_id, ended_at=None).update(ended_at=at)
