"""The emergency card: allergies, seizures, whom to call, for who stands beside somebody in need.

Anybody on site may open it for thirty minutes after help was called, on record. Source: SECURITY.md,
"emergency card".
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.access.policy import Role
from daybridge.access.queries import card_open_until
from daybridge.care.assessment.queries_needs import with_criterion
from daybridge.care.intake.queries import seizure_answer
from daybridge.care.medicines.queries import Allergies, allergies_of
from daybridge.clinic.people.queries import SupporterRow, supporters_of
from daybridge.clinic.tasks.queries import tasks_of

FOR = timedelta(minutes=30)
HELP, TITLE = "help_here", "Needs help here"  # a call for help among the alerts
BEFORE = "complicated_withdrawal_history"


@dataclass(frozen=True, slots=True)
class Card:
    """What somebody needs to know in the next minutes; what nobody has asked says so."""

    until: datetime
    allergies: Allergies
    seizure: str  # as answered at the first contact
    seizure_asked_at: datetime | None
    seizure_before: bool | None  # as the evaluation says
    helpers: tuple[SupporterRow, ...]


@query(Can.OPEN_CARD)
def help_was_called(viewer: Actor, /, *, client_id: int, at: datetime) -> bool:
    """Tell whether help was called for a client in the last thirty minutes, by whomever."""
    sessions = system(Role.SESSIONS)
    with identity.acting(sessions, at=at):
        return any(one.title.startswith(TITLE) and at - one.opened_at < FOR
                   for one in tasks_of(sessions, client_id=client_id, at=at))


@query(Can.OPEN_CARD)
def emergency_card(viewer: Actor, /, *, client_id: int, at: datetime) -> Card | None:
    """Return the card while the viewer has it open; None otherwise."""
    sessions, me = system(Role.SESSIONS), viewer.user_id or 0
    with identity.acting(sessions, at=at):
        until = card_open_until(sessions, client_id=client_id, user_id=me, at=at)
    if until is None:
        return None
    reader = system(Role.EMERGENCY)
    with identity.acting(reader, at=at):
        answer, asked_at = seizure_answer(reader, client_id=client_id)
        return Card(
            until, allergies_of(reader, client_id=client_id), answer, asked_at,
            with_criterion(reader, of={client_id}, key=BEFORE).get(client_id),
            tuple(one for one in supporters_of(reader, client_id=client_id) if one.phone))
