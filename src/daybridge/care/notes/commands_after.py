"""After the signature: addenda, co-signatures; and each writer's own macros."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.signatures import Signer, sign
from daybridge.care.notes import queries, rules
from daybridge.care.notes.commands import NotReady
from daybridge.care.notes.models import Addendum, Macro, NoteIndex
from daybridge.clinic.tasks.commands import open_task
from daybridge.kernel import text

ADDENDUM_DUE = timedelta(hours=24)


@command(Can.SIGN_NOTE)
def add_addendum(
    actor: Actor, /, *, client_id: int, note_id: int, words: str, signer: Signer, at: datetime
) -> None:
    """Add words beside a signed note; the author's answer a note that was sent back."""
    _add(actor, client_id, note_id, words, signer, at)
    NoteIndex.objects.filter(pk=note_id, author_id=actor.user_id).update(sent_back_at=None)


@command(Can.COSIGN_NOTE)
def cosign_note(
    actor: Actor, /, *, client_id: int, note_id: int, signer: Signer, at: datetime
) -> None:
    """Co-sign somebody else's note (the page has asked for the password)."""
    index = _waiting(actor, client_id, note_id)
    index.cosigned_at, index.cosigned_by_id, index.cosigned_as = at, actor.user_id, signer.line
    index.save(update_fields=["cosigned_at", "cosigned_by", "cosigned_as"])
    note = queries.words_of(actor, client_id=client_id, note_ids=[note_id])[note_id]
    sign(actor, client_id=client_id, kind="note", object_id=note_id, signer=signer,
         shown="\n".join(note.texts.values()), meaning="co-signature", as_client=False, at=at)


@command(Can.COSIGN_NOTE)
def cosign_group(
    actor: Actor, /, *, notes: Mapping[int, int], signer: Signer, at: datetime
) -> int:
    """Co-sign several notes of a group in one act, all or none; `notes` are note to client."""
    if not notes:
        raise NotReady("Choose at least one note.")
    for note_id, client_id in sorted(notes.items()):
        cosign_note(actor, client_id=client_id, note_id=note_id, signer=signer, at=at)
    return len(notes)


@command(Can.COSIGN_NOTE)
def send_back(
    actor: Actor, /, *, client_id: int, note_id: int, words: str, signer: Signer, at: datetime
) -> None:
    """Ask the author for an addendum, in words; the note stays signed."""
    index = _waiting(actor, client_id, note_id)
    _add(actor, client_id, note_id, words, signer, at, sends_back=True)
    index.sent_back_at = at
    index.save(update_fields=["sent_back_at"])
    open_task(
        actor, client_id=client_id, title="Add to a note", source_kind="note sent back",
        why="A supervisor has read a note of yours and asks for an addendum.",
        source_id=f"{note_id}-{at:%Y%m%d%H%M%S}", assignee_user_id=index.author_id,
        due_at=at + ADDENDUM_DUE, at=at,
    )


@command(Can.WRITE_NOTE)
def keep_macro(actor: Actor, /, *, name: str, words: str, at: datetime) -> None:
    """Keep a text under a name of one's own; the same name again replaces it."""
    key, tidied = text.tidy(name).lstrip(".").lower(), text.tidy_lines(words)
    if not rules.MACRO_NAME.fullmatch(key):
        raise NotReady("A name is a letter, then up to 23 letters or digits: .mse or .plan2")
    if not tidied:
        raise NotReady("Write the text that the name stands for.")
    known = Macro.objects.filter(user_id=actor.user_id or 0)
    if known.count() >= queries.MACROS and not known.filter(name=key).exists():
        raise NotReady(f"{queries.MACROS} macros are kept at most. Take one away first.")
    known.update_or_create(name=key, defaults={"user_id": actor.user_id or 0, "words": tidied})


@command(Can.WRITE_NOTE)
def drop_macro(actor: Actor, /, *, name: str, at: datetime) -> None:
    """Take a macro away; notes keep what was written out of it."""
    Macro.objects.filter(user_id=actor.user_id or 0, name=name).delete()


def _waiting(actor: Actor, client_id: int, note_id: int) -> NoteIndex:
    """Return somebody else's note that this actor co-signs."""
    index = NoteIndex.objects.select_for_update().get(pk=note_id, client_id=client_id)
    if index.author_id == actor.user_id:
        raise NotReady("Nobody co-signs a note of their own.")
    if not index.cosign_why or index.cosigned_at or index.withdrawn_at:
        raise NotReady("This note waits for nobody. Look at the list again.")
    if index.cosigner_id not in {None, actor.user_id}:
        raise NotReady("This note waits for another supervisor.")
    return index


def _add(
    actor: Actor, client_id: int, note_id: int, words: str, signer: Signer, at: datetime, *,
    sends_back: bool = False,
) -> None:
    tidied = text.tidy_lines(words)
    if not tidied:
        raise NotReady("Write what is to be added.")
    index = NoteIndex.objects.get(pk=note_id, client_id=client_id, signed_at__isnull=False)
    if index.withdrawn_at is not None or index.kind == rules.Kind.COUNSELLING:
        raise NotReady("Nothing is added to this note.")
    Addendum.objects.create(
        client_id=client_id, author_id=actor.user_id or 0, index=index, words=tidied,
        signed_as=signer.line, added_at=at, sends_back=sends_back,
    )
