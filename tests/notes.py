"""Notes as steps that tests share: an individual session held, a note written and signed."""

from datetime import datetime, timedelta
from typing import Any

from daybridge.access.actors import Actor
from daybridge.access.relate import join_team
from daybridge.access.signatures import Signer
from daybridge.care.hours import rules as hours_rules
from daybridge.care.hours.commands import Line, take_attendance
from daybridge.care.notes.commands import Typed, begin_note, sign_note
from daybridge.care.planning.queries import plan_in_force
from daybridge.care.schedule.commands import book_single, open_session
from daybridge.care.schedule.queries import session
from tests import story

NORA = Signer("Nora Feld", "LCSW", "LCSW 1003, NY")
TALK = story.local(story.WEEK + timedelta(days=1), 10, 30)  # Tuesday 17 November, 10:30
HELD = TALK + timedelta(hours=1)


def held(cast: Any, person: Any, *, by: Actor | None = None, starts_at: datetime = TALK) -> int:
    """Book an hour alone with somebody and hold it; return the session."""
    leader, pk = by or cast.nora, person.client_id
    one = book_single(cast.sam, client_id=pk, leader_id=leader.user_id, room_id=None,
                      service="individual", starts_at=starts_at, minutes=60, at=story.MON)
    open_session(cast.nora, occurrence_id=one, at=starts_at)
    take_attendance(
        cast.nora, occurrence_id=one, client_ids=[pk], at=starts_at + timedelta(hours=1),
        version=session(cast.nora, occurrence_id=one).version,
        lines=[Line(pk, hours_rules.Attendance.ATTENDED, starts_at, starts_at + timedelta(hours=1))],
    )
    return one


def typed(kind: str = "phone", *, event_at: datetime = HELD, occurrence_id: int | None = None,
          cites: dict[str, list[str]] | None = None, **texts: str) -> Typed:
    """Return a note as it is typed."""
    return Typed(kind, occurrence_id, event_at, texts or {"data": "Rang in the evening."}, cites or {})


def objective_of(cast: Any, person: Any) -> str:
    """Return the key of the first objective of the plan in force."""
    plan = plan_in_force(cast.nora, client_id=person.client_id)
    return plan.problems[0].objectives[0].key


def signed(cast: Any, person: Any, one: Typed, *, by: Actor | None = None, at: datetime = HELD,
           signer: Signer = NORA) -> int:
    """Write a note and sign it; return its id."""
    actor, pk = by or cast.nora, person.client_id
    note_id = begin_note(actor, client_id=pk, typed=one, at=at)
    sign_note(actor, client_id=pk, note_id=note_id, signer=signer, version=1, at=at)
    return note_id


def taught(cast: Any, person: Any) -> Actor:
    """Put Iris, who is in training under Vera, on somebody's team."""
    from daybridge.clinic.people.commands_staff import name_deputy

    name_deputy(cast.helen, staff_id=cast.staff_ids["iris"], deputy_id=cast.staff_ids["nora"],
                supervisor_id=cast.staff_ids["vera"], at=story.MON)
    join_team(cast.helen, client_id=person.client_id, user_id=cast.iris.user_id, part="member",
              at=story.MON)
    return cast.iris
