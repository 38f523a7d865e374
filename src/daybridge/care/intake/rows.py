"""What intake's queries return: plain frozen rows."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.care.intake import rules


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A free time for an evaluation."""

    slot_id: int
    starts_at: datetime
    ends_at: datetime
    room: str
    evaluator_id: int
    evaluator: str


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A client's evaluation time and what came of it."""

    booking_id: int
    client_id: int
    state: str
    starts_at: datetime
    room: str
    evaluator: str


@dataclass(frozen=True, slots=True)
class HurdleRow:
    """Something in the way."""

    hurdle_id: int
    what: str
    owner: str
    named_at: datetime
    due_at: datetime
    answered_at: datetime | None
    how: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Somebody who has asked for help and is not yet admitted."""

    inquiry_id: int
    client_id: int
    name: str
    priority: rules.Priority
    state: str
    first_contact_at: datetime
    days: float
    unasked: int
    next_step: str
    booking: BookingRow | None
    hurdles: tuple[HurdleRow, ...]
    help_due_at: datetime
    help_overdue: bool


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A contact or a piece of help, as a line of the inquiry's story."""

    at: datetime
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class InquiryRow:
    """Everything about one inquiry."""

    inquiry_id: int
    client_id: int
    state: str
    came_by: str
    asked_by: str
    asker_name: str
    asker_relation: str
    asker_phone: str
    reason: str
    language: str
    first_contact_at: datetime
    contacts: int
    questions: int
    answers: dict[rules.Question, rules.Answer]
    last_use: dict[str, str]
    priority: rules.Priority
    hurdles: tuple[HurdleRow, ...]
    story: tuple[EntryRow, ...]
    booking: BookingRow | None
    help_due_at: datetime
    help_overdue: bool
    closed_at: datetime | None
    closed_reason: str
    alternative: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class Seats:
    """Evaluation times free today and until the end of the week."""

    today: int
    week: int


@dataclass(frozen=True, slots=True)
class ClockRow:
    """The clocks of one inquiry, from the first contact."""

    inquiry_id: int
    first_contact_at: datetime
    evaluated_at: datetime | None
    admitted_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class EndedRow:
    """Somebody who was not admitted: why, what instead, who looked at it."""

    inquiry_id: int
    client_id: int
    name: str
    closed_at: datetime
    reason: str
    alternative: str
    reviewer: str
