"""Two clients who must not meet, kept silently: only the plan of sessions knows."""

from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.schedule.models import NoContact
from daybridge.kernel import text


class NotKept(ValueError):
    """The pair can't be kept apart like this; the message says what is missing."""


@command(Can.KEEP_APART)
def keep_apart(
    actor: Actor, /, *, client_ids: list[int], reason: str, from_day: date,
    until_day: date | None = None, at: datetime,
) -> int:
    """Keep two clients apart. Recording a pair again changes its days and its reason."""
    if len(set(client_ids)) != 2:  # noqa: PLR2004 - a pair
        raise NotKept("Choose the other person.")
    if not text.tidy(reason):
        raise NotKept("Write why: whoever looks at it later must be able to judge.")
    if until_day is not None and until_day < from_day:
        raise NotKept("The last day is not before the first.")
    pair, _ = NoContact.objects.update_or_create(
        client_id=min(client_ids), other_id=max(client_ids),
        defaults={"from_day": from_day, "until_day": until_day, "reason": text.tidy(reason)},
    )
    return pair.pk


@command(Can.KEEP_APART)
def end_apart(actor: Actor, /, *, client_ids: list[int], until_day: date, at: datetime) -> None:
    """Let two clients meet again after a day; that they were kept apart stays written down."""
    NoContact.objects.filter(client_id=min(client_ids), other_id=max(client_ids)).update(
        until_day=until_day
    )
