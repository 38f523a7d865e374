"""Reading who needs an interpreter, and for which sessions one is booked."""

from dataclasses import dataclass
from datetime import date

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.care.schedule import queries
from daybridge.care.schedule.models_interpreter import Interpreter
from daybridge.clinic.people.queries_many import need_interpreters

NONE_BOOKED = "Needs an interpreter: none is booked."


@dataclass(frozen=True, slots=True)
class InterpreterRow:
    """Who was booked for a session."""

    language: str
    who: str
    reach: str
    how: str

    @property
    def words(self) -> str:
        """Return it as one line."""
        return f"{self.language}: {self.who}, {self.how}"


@dataclass(frozen=True, slots=True)
class ComingRow:
    """A coming session of a client, and who interprets it (None: nobody is booked)."""

    session: queries.SessionRow
    booked: InterpreterRow | None


@query(Can.SEE_SCHEDULE)
def interpreters_at(viewer: Actor, /, *, occurrence_id: int, of: set[int]) -> dict[int, str]:
    """Return, in words, who interprets a session for these clients, and for whom it is missing."""
    rows = Interpreter.objects.filter(occurrence_id=occurrence_id, client__in=of, ended_at=None)
    booked = {row.client_id: _row(row).words for row in rows}
    needed = need_interpreters(viewer, of=of) if may(viewer, Can.SEE_DEMOGRAPHICS) else set()
    return dict.fromkeys(needed, NONE_BOOKED) | booked


@query(Can.SEE_SCHEDULE)
def coming_with_interpreters(viewer: Actor, /, *, client_id: int, first: date, last: date) -> list[ComingRow]:
    """Return a client's sessions of some days with who interprets each, in order."""
    seats = queries.seats(viewer, first=first, last=last, of={client_id})
    held = queries.sessions_by_id(viewer, ids={seat.occurrence_id for seat in seats})
    rows = Interpreter.objects.filter(client_id=client_id, occurrence__in=held, ended_at=None)
    booked = {row.occurrence_id: _row(row) for row in rows}
    return [ComingRow(held[seat.occurrence_id], booked.get(seat.occurrence_id)) for seat in seats]


def _row(row: Interpreter) -> InterpreterRow:
    return InterpreterRow(row.language, row.who, row.reach, row.get_how_display())
