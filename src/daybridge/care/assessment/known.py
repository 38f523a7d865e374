"""What the first contact has told already, so that it is not asked twice."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.access import clock
from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.care.intake.queries import inquiry, newest_inquiry_of
from daybridge.care.intake.rules import WORDS, Answer


@dataclass(frozen=True, slots=True)
class Known:
    """Answers of the first contact, with their source."""

    said_at: datetime
    reason: str
    answers: tuple[tuple[str, str], ...]


_WORDS = {Answer.YES: "yes", Answer.NO: "no", Answer.NOT_SAID: "did not want to say"}


def known_before(viewer: Actor, *, client_id: int) -> Known | None:
    """Return what the newest inquiry knows, or None if the viewer may not see one."""
    if not may(viewer, Can.SEE_INQUIRIES, client_id=client_id):
        return None
    number = newest_inquiry_of(viewer, client_id=client_id)
    if number is None:
        return None
    row = inquiry(viewer, client_id=client_id, inquiry_id=number, at=clock.now())
    answers = tuple((WORDS[question], _WORDS[answer]) for question, answer in row.answers.items()
                    if answer in _WORDS)
    last = tuple((f"Last {key}", words) for key, words in row.last_use.items() if words)
    return Known(row.first_contact_at, row.reason, answers + last)
