"""Evaluation slots: offering, booking, and what came of it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.relate import join_team
from daybridge.care.intake.models import EvaluationBooking, EvaluationSlot
from daybridge.care.intake.queries_slots import next_free_slots, slot_is_free
from daybridge.care.intake.rows import SlotRow
from daybridge.clinic.programme.queries import rooms


class SlotTaken(ValueError):
    """The time is not free any more; `instead` holds the next free ones."""

    def __init__(self, instead: list[SlotRow]) -> None:
        super().__init__(
            "That time is not free any more. Take one of the next free times."
            if instead else "That time is not free any more, and no other is open yet. "
            "Open an evaluation time first."
        )
        self.instead = instead


class SlotClash(ValueError):
    """Evaluator or room is already taken at that time."""


@command(Can.MANAGE_SLOTS)
def open_slot(
    actor: Actor, /, *, room_id: int, evaluator_id: int, starts_at: datetime,
    ends_at: datetime, at: datetime,
) -> int:
    """Offer a time for an evaluation; evaluator and room can't be in two at once."""
    if ends_at <= starts_at:
        raise SlotClash("The evaluation must end after it begins.")
    video = {room.room_id for room in rooms(actor) if room.is_video}
    try:
        with transaction.atomic():
            return EvaluationSlot.objects.create(
                room_id=room_id, evaluator_id=evaluator_id, starts_at=starts_at,
                ends_at=ends_at, holds_room=room_id not in video,
            ).pk
    except IntegrityError as error:
        raise SlotClash(
            "The evaluator or the room has another evaluation then. Choose another time."
        ) from error


@command(Can.MANAGE_SLOTS)
def withdraw_slot(actor: Actor, /, *, slot_id: int, at: datetime) -> None:
    """Take back a time that nobody has booked."""
    if not slot_is_free(slot_id, at):
        raise SlotTaken([])
    EvaluationSlot.objects.filter(pk=slot_id).update(withdrawn_at=at)


@command(Can.BOOK)
def book_evaluation(actor: Actor, /, *, client_id: int, slot_id: int, at: datetime) -> int:
    """Book an evaluation; the evaluator joins the team. An earlier booking is given back."""
    slot = EvaluationSlot.objects.get(pk=slot_id)
    held = EvaluationBooking.objects.filter(client_id=client_id, state="booked").first()
    if held is not None and held.slot_id == slot_id:
        return held.pk
    try:
        with transaction.atomic():
            if not slot_is_free(slot_id, at):
                raise SlotTaken(next_free_slots(actor, at=at))
            if held is not None:
                held.state, held.settled_at = "cancelled", at
                held.save(update_fields=["state", "settled_at"])
            booking = EvaluationBooking.objects.create(
                client_id=client_id, slot=slot, booked_at=at)
    except IntegrityError as error:
        raise SlotTaken(next_free_slots(actor, at=at)) from error
    join_team(actor, client_id=client_id, user_id=slot.evaluator_id, part="member", at=at)
    return booking.pk


@command(Can.BOOK)
def mark_came(actor: Actor, /, *, client_id: int, booking_id: int, at: datetime) -> None:
    """Say that the person came to the evaluation."""
    _settle(client_id, booking_id, "came", at)


@command(Can.BOOK)
def mark_missed(actor: Actor, /, *, client_id: int, booking_id: int, at: datetime) -> None:
    """Say that the person did not come; the inquiry stays open and on the list."""
    _settle(client_id, booking_id, "missed", at)


@command(Can.BOOK)
def cancel_evaluation(
    actor: Actor, /, *, client_id: int, booking_id: int, at: datetime
) -> None:
    """Give the time back: somebody else may have it."""
    _settle(client_id, booking_id, "cancelled", at)


def _settle(client_id: int, booking_id: int, state: str, at: datetime) -> None:
    booking = EvaluationBooking.objects.select_for_update().get(
        pk=booking_id, client_id=client_id)
    if booking.state == "booked":
        booking.state, booking.settled_at = state, at
        booking.save(update_fields=["state", "settled_at"])
