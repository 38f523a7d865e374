"""Two charts of one person are folded together, and taken apart again; no row ever moves."""

from datetime import datetime

from django.db import IntegrityError, transaction

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.policy import Role
from daybridge.clinic.people.models import SamePerson
from daybridge.kernel import text


class NotFolded(ValueError):
    """The charts can't be folded; the message says what to do first."""


@command(Can.FOLD_CHARTS)
def ask_to_fold(
    actor: Actor, /, *, client_ids: list[int], kept_id: int, reason: str, at: datetime
) -> int:
    """Say that two charts are one person, and which is kept; somebody else has to confirm it."""
    if len(set(client_ids)) != 2 or kept_id not in client_ids:  # noqa: PLR2004 - a pair
        raise NotFolded("Choose two charts, and which of them is kept.")
    words = text.tidy(reason)
    if not words:
        raise NotFolded("Write how you know that it is one person.")
    (other_id,) = set(client_ids) - {kept_id}
    try:
        with transaction.atomic():
            return SamePerson.objects.create(
                client_id=kept_id, other_id=other_id, reason=words, asked_by_id=actor.user_id or 0,
                asked_as_privacy=Role.PRIVACY in actor.roles, asked_at=at,
            ).pk
    except IntegrityError:
        raise NotFolded("One of the two is folded already, or asked for. Look at that first.") from None


@command(Can.FOLD_CHARTS)
def confirm_fold(actor: Actor, /, *, client_ids: list[int], fold_id: int, at: datetime) -> None:
    """Confirm that two charts are one person: a supervisor and the privacy officer, together."""
    row = _open(fold_id, client_ids)
    if row.from_at is not None:
        return
    if row.asked_by_id == actor.user_id:
        raise NotFolded("You asked for it: somebody else has to confirm it.")
    if (Role.SUPERVISOR if row.asked_as_privacy else Role.PRIVACY) not in actor.roles:
        other = "A clinical supervisor" if row.asked_as_privacy else "The privacy officer"
        raise NotFolded(f"{other} has to confirm it.")
    row.confirmed_by_id, row.from_at = actor.user_id, at
    row.save(update_fields=["confirmed_by", "from_at"])


@command(Can.FOLD_CHARTS)
def take_apart(
    actor: Actor, /, *, client_ids: list[int], fold_id: int, reason: str, at: datetime
) -> None:
    """End it, confirmed or not: both charts stand by themselves again, everything as before."""
    row = _open(fold_id, client_ids)
    words = text.tidy(reason)
    if not words:
        raise NotFolded("Write how you know that these are two people.")
    row.until_at, row.split_reason = at, words
    row.save(update_fields=["until_at", "split_reason"])


def _open(fold_id: int, client_ids: list[int]) -> SamePerson:
    row = SamePerson.objects.select_for_update().filter(pk=fold_id, until_at=None).first()
    if row is None or {row.client_id, row.other_id} != set(client_ids):
        raise NotFolded("This has been settled meanwhile. Look at the list again.")
    return row
