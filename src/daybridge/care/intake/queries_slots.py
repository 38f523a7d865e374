"""Reading evaluation times: which are free, who has one."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.db import connection

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.intake.models import EvaluationBooking, EvaluationSlot
from daybridge.care.intake.rows import BookingRow, Seats, SlotRow
from daybridge.clinic.people.queries import StaffRow, staff_by_user
from daybridge.clinic.programme.queries import sites


@query(Can.SEE_SCHEDULE)
def bookings_of(viewer: Actor, /, *, client_ids: list[int]) -> dict[int, BookingRow]:
    """Return each client's newest evaluation booking that was not cancelled."""
    rows = EvaluationBooking.objects.filter(client_id__in=client_ids).exclude(
        state="cancelled").select_related("slot__room").order_by("booked_at", "pk")
    newest = {row.client_id: row for row in rows}
    people = staff_by_user(viewer, user_ids={r.slot.evaluator_id for r in newest.values()})
    return {
        client: BookingRow(row.pk, client, row.state, row.slot.starts_at, row.slot.room.name,
                           staff_line(people, row.slot.evaluator_id))
        for client, row in newest.items()
    }


@query(Can.SEE_SLOTS)
def next_free_slots(viewer: Actor, /, *, at: datetime, how_many: int = 6) -> list[SlotRow]:
    """Return the next free evaluation times."""
    rows = EvaluationSlot.objects.filter(
        pk__in=free_slot_ids(at, how_many=how_many)
    ).select_related("room").order_by("starts_at", "pk")
    found = list(rows)
    people = staff_by_user(viewer, user_ids={row.evaluator_id for row in found})
    return [SlotRow(row.pk, row.starts_at, row.ends_at, row.room.name, row.evaluator_id,
                    staff_line(people, row.evaluator_id)) for row in found]


@query(Can.SEE_SLOTS)
def seats(viewer: Actor, /, *, at: datetime) -> Seats:
    """Return how many evaluation times are free today and until Sunday night."""
    zone = sites(viewer)[0].zone
    today = at.astimezone(zone).date()
    tonight = datetime.combine(today + timedelta(days=1), time(), tzinfo=zone)
    sunday = datetime.combine(today + timedelta(days=7 - today.weekday()), time(), tzinfo=zone)
    with connection.cursor() as cursor:
        cursor.execute("SELECT intake_free_count(%s, %s), intake_free_count(%s, %s)",
                       [at, tonight, at, sunday])
        row = cursor.fetchone()
    return Seats(row[0], row[1])


def free_slot_ids(at: datetime, *, how_many: int) -> list[int]:
    """Return free slots, soonest first, whoever booked the others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT intake_free_slots(%s, %s)", [at, how_many])
        return [row[0] for row in cursor.fetchall()]


def slot_starts(slot_ids: list[int]) -> dict[int, datetime]:
    """Return when these slots begin, soonest first."""
    rows = EvaluationSlot.objects.filter(pk__in=slot_ids).order_by("starts_at", "pk")
    return dict(rows.values_list("pk", "starts_at"))


def slot_is_free(slot_id: int, at: datetime) -> bool:
    """Tell whether a slot can be booked now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT intake_slot_is_free(%s, %s)", [slot_id, at])
        return bool(cursor.fetchone()[0])


def staff_line(people: Mapping[int, StaffRow], user_id: int | None) -> str:
    """Return a person's name with the credential, or nothing."""
    return people[user_id].line if user_id is not None and user_id in people else ""
