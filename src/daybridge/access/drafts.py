"""Drafts of anything typed: kept on the server, read by their author alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.models import Draft

LONGEST_CHARACTERS = 200_000
SECRET_FIELD = re.compile(r"password|csrf|^_key$|^_who$|^_back$|^code$")


@dataclass(frozen=True, slots=True)
class DraftText:
    """What was typed, and when it was saved."""

    fields: dict[str, str | list[str]]
    saved_at: datetime


def save_draft(
    actor: Actor, form: str, fields: Mapping[str, str | list[str]], *, at: datetime
) -> None:
    """Keep what somebody is typing; secrets are left out, the saved record is untouched."""
    kept = {name: _clean(said) for name, said in fields.items() if not SECRET_FIELD.search(name)}
    if sum(len(text) for said in kept.values() for text in said) > LONGEST_CHARACTERS:
        raise ValueError("The draft is too long to keep. Save the form instead.")
    Draft.objects.update_or_create(
        user_id=actor.user_id or 0, form=form[:80], defaults={"fields": kept, "saved_at": at}
    )


def _clean(said: str | list[str]) -> str | list[str]:
    if isinstance(said, str):
        return said.replace("\0", "")
    return [text.replace("\0", "") for text in said]


def draft_of(actor: Actor, form: str) -> DraftText | None:
    """Return the actor's own draft of this form."""
    row = Draft.objects.filter(user_id=actor.user_id or 0, form=form[:80]).first()
    return DraftText(row.fields, row.saved_at) if row else None


def drop_draft(actor: Actor, form: str) -> None:
    """Forget the draft: its words were saved."""
    Draft.objects.filter(user_id=actor.user_id or 0, form=form[:80]).delete()
