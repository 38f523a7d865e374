"""A note in the wrong chart: two people take it out of every view; its author writes it anew."""

from datetime import datetime

from django.db import connection

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.drafts import save_draft
from daybridge.access.gate import command
from daybridge.access.policy import Role
from daybridge.care.notes import rules
from daybridge.care.notes.commands import NotReady
from daybridge.care.notes.models import NoteDraft, NoteIndex, Withdrawal
from daybridge.kernel import text


@command(Can.WITHDRAW_NOTE)
def withdraw_note(
    actor: Actor, /, *, client_id: int, note_id: int, why: str, at: datetime
) -> int | None:
    """Ask for, or confirm, a withdrawal: a supervisor and the privacy officer, in either order.

    Returns the author's account once both have signed: they are asked to write it anew.
    """
    index = NoteIndex.objects.select_for_update().get(
        pk=note_id, client_id=client_id, signed_at__isnull=False)
    if index.withdrawn_at is not None:
        raise NotReady("The note was withdrawn already.")
    row = Withdrawal.objects.filter(index=index, declined_at=None).first()
    if row is None:
        row = Withdrawal(client_id=client_id, index=index, asked_at=at, why=text.tidy_lines(why))
        if not row.why:
            raise NotReady("Write why the note is not this client's. Name nobody.")
    _take_half(actor, row)
    if row.supervisor_id and row.privacy_id:
        row.done_at = at
    row.save()
    if row.done_at is None:
        return None
    index.withdrawn_at = at
    index.save(update_fields=["withdrawn_at"])
    return index.author_id


def _take_half(actor: Actor, row: Withdrawal) -> None:
    """Sign the half that is this person's; nobody signs both."""
    if actor.user_id in {row.supervisor_id, row.privacy_id}:
        raise NotReady("You have signed your half. The other one is somebody else's.")
    if row.supervisor_id is None and actor.has(Role.SUPERVISOR):
        row.supervisor_id = actor.user_id
    elif row.privacy_id is None and actor.has(Role.PRIVACY):
        row.privacy_id = actor.user_id
    else:
        raise NotReady("That half is signed. The privacy officer and a supervisor withdraw together.")


@command(Can.WITHDRAW_NOTE)
def decline_withdrawal(actor: Actor, /, *, client_id: int, note_id: int, at: datetime) -> None:
    """Leave the note where it is; that somebody had asked stays on record."""
    row = Withdrawal.objects.get(index_id=note_id, client_id=client_id, done_at=None, declined_at=None)
    row.declined_at, row.declined_by_id = at, actor.user_id
    row.save(update_fields=["declined_at", "declined_by"])


@command(Can.DECIDE_BREACH)
def decide_breach(
    actor: Actor, /, *, client_id: int, note_id: int, breach: bool, why: str, at: datetime
) -> None:
    """Decide whether somebody learnt what they should not have, and why (45 CFR 164.402)."""
    row = Withdrawal.objects.get(index_id=note_id, client_id=client_id, done_at__isnull=False)
    if row.breach is not None:
        raise NotReady("That was decided already.")
    words = text.tidy_lines(why)
    if not words:
        raise NotReady("Write why: who could read the note, and what follows.")
    row.breach, row.breach_why, row.breach_at, row.breach_by_id = breach, words, at, actor.user_id
    row.save()


@command(Can.WRITE_NOTE)
def copy_to_right_chart(
    actor: Actor, /, *, client_ids: list[int], note_id: int, at: datetime
) -> int | None:
    """Take one's own withdrawn words along, once, from the wrong chart (first) to the right one.

    They become a draft to read and sign there; returns the new note, or nothing for a
    counselling note, whose words wait in its form.
    """
    wrong, right = client_ids
    if wrong == right:
        raise NotReady("That is the chart it was taken out of. Choose the right one.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notes_release(%s)", [note_id])
        found = cursor.fetchone()
    if found is None:
        raise NotReady("These words were taken along already, or are not yours.")
    kind, event_at, over_at, *lines = found
    if kind == rules.Kind.COUNSELLING:
        save_draft(actor, f"apart-{right}", {"words": lines[0]}, at=at)
        return None
    index = NoteIndex.objects.create(
        client_id=right, author_id=actor.user_id or 0, kind=kind, event_at=event_at, over_at=over_at,
        begun_at=at,
    )
    NoteDraft.objects.create(
        client_id=right, author_id=actor.user_id or 0, index=index, saved_at=at,
        **{key.value: words for key, words in zip(rules.Section, lines, strict=True)},
    )
    return index.pk
