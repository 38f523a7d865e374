"""Sending what is due. Never inside a transaction: the claim must be on record first."""

from daybridge.access import clock
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.clinic.messaging.channels import Gone, Later, Never, Unsure, channel
from daybridge.clinic.messaging.commands_deliver import (
    Letter,
    claim,
    mark_failed,
    mark_sent,
    mark_unsure,
)

MOST_A_RUN = 200
MESSENGER = system(Role.MESSENGER)


def send_due() -> int:
    """Claim, send and record, one message after the other; return how many were claimed."""
    for count in range(MOST_A_RUN):
        letter = claim(MESSENGER, at=clock.now())
        if letter is None:
            return count
        carry(letter)
    return MOST_A_RUN


def carry(letter: Letter) -> None:
    """Send one claimed message and write down what came of it."""
    one = letter.message_id
    try:
        reference = (channel(letter.via) or Gone()).send(letter.to, letter.subject, letter.body)
    except (Later, Never) as error:
        mark_failed(MESSENGER, message_id=one, error=str(error), at=clock.now(),
                    may_help=isinstance(error, Later))
    except Unsure as error:
        mark_unsure(MESSENGER, message_id=one, error=str(error), at=clock.now())
    else:
        mark_sent(MESSENGER, message_id=one, reference=reference, at=clock.now())
