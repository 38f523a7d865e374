"""Reading the group room's one form: a line for each client."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from daybridge.care.hours.commands import CannotTake, Line
from daybridge.care.hours.room import Seat
from daybridge.care.hours.rules import Attendance
from daybridge.care.schedule.queries_free import HeldRow
from daybridge.kernel.minutes import elapsed
from daybridge.kernel.typed import whole

PRESENT = {"here", "late", "early"}
ABSENCES = {
    "excused": Attendance.EXCUSED, "unexcused": Attendance.UNEXCUSED, "unknown": Attendance.UNKNOWN,
    "billable": Attendance.ABSENT_BILLABLE,
}
CHOSEN = ("state-", "absence-")  # what the form's fields that one ticks or picks begin with


def lines_from(sent: Mapping[str, str], one: HeldRow) -> list[Line]:
    """Return a line for each client that the form names, or say which one is wrong."""
    ids = [name.removeprefix("state-") for name in sent if name.startswith("state-")]
    if not ids:
        raise CannotTake("Say for each client: here, late, left early or missing.")
    return [_line(pk, sent, one) for name in ids if (pk := whole(name))]


def fields_of(seats: Iterable[Seat]) -> dict[str, str]:
    """Return what is saved as the room's fields."""
    reasons = {kind: word for word, kind in ABSENCES.items()}
    found: dict[str, str] = {}
    for seat in seats:
        if seat.saved is not None:
            missing = seat.state == "missing"
            found |= {
                f"state-{seat.client_id}": seat.state,
                f"late-{seat.client_id}": str(seat.late or ""),
                f"early-{seat.client_id}": str(seat.early or ""),
                f"absence-{seat.client_id}":
                    reasons.get(Attendance(seat.saved.kind), "unknown") if missing else "unknown",
            }
    return found


def labels_of(seats: Iterable[Seat]) -> dict[str, str]:
    """Return what the room's fields are called."""
    parts = {"state": "presence", "late": "minutes late", "early": "minutes left early",
             "absence": "why missing"}
    return {f"{key}-{seat.client_id}": f"{seat.name}: {word}"
            for seat in seats for key, word in parts.items()}


def _line(client_id: int, sent: Mapping[str, str], one: HeldRow) -> Line:
    state = sent.get(f"state-{client_id}", "")
    reason = sent.get(f"why-{client_id}", "")
    if state == "missing":
        kind = ABSENCES.get(sent.get(f"absence-{client_id}", "unknown"), Attendance.UNKNOWN)
        return Line(client_id, kind, reason=reason)
    if state not in PRESENT:
        raise CannotTake("One client has no answer yet: here, late, left early or missing.")
    length = elapsed(one.starts_at, one.ends_at)
    late = _minutes(sent.get(f"late-{client_id}", ""), length) if state == "late" else 0
    early = _minutes(sent.get(f"early-{client_id}", ""), length) if state in {"early", "late"} else 0
    if late + early >= length:
        raise CannotTake(f"Late and early together leave nothing of {length} minutes.")
    kind = Attendance.NOT_BILLABLE if sent.get(f"unpaid-{client_id}") else Attendance.ATTENDED
    return Line(
        client_id, kind, one.starts_at + timedelta(minutes=late),
        one.ends_at - timedelta(minutes=early), reason,
    )


def _minutes(sent: str, most: int) -> int:
    minutes = whole(sent)
    if sent.strip() not in {"", "0"} and not 0 < minutes <= most:
        raise CannotTake(f"Minutes can be 0 to {most}.")
    return minutes
