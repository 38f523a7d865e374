"""Opening the emergency card: only after help was called, on record, said to the team."""

from datetime import datetime

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.policy import Role
from daybridge.access.relate import let_see_card
from daybridge.care.hours.queries_card import FOR, emergency_card, help_was_called
from daybridge.care.schedule.queries import zone
from daybridge.clinic.tasks.commands import open_alert

LOOK_WITHIN = 24 * 60  # minutes


class NoCall(ValueError):
    """Nobody has called help; the message says what to do first."""


@command(Can.OPEN_CARD)
def open_card(actor: Actor, /, *, client_id: int, at: datetime) -> None:
    """Open a client's emergency card for thirty minutes; opened twice is once."""
    if not help_was_called(actor, client_id=client_id, at=at):
        raise NoCall("Call help first. The card opens for thirty minutes after a call.")
    if emergency_card(actor, client_id=client_id, at=at) is not None:
        return
    sessions = system(Role.SESSIONS)
    with identity.acting(sessions, at=at):
        let_see_card(sessions, client_id=client_id, user_id=actor.user_id or 0, until=at + FOR,
                     reason="help was called here", at=at)
        local = at.astimezone(zone(sessions))
        open_alert(
            sessions, client_id=client_id, kind="task", source_kind="emergency_card",
            source_id=f"{client_id}-{actor.user_id}-{at:%Y%m%d%H%M}", clock_minutes=LOOK_WITHIN,
            title=f"Emergency card opened by {actor.name}",
            why=f"At {local:%H:%M}, for thirty minutes, after help was called: allergies, seizures, helpers. "
                "Look whether it was needed.", at=at)
