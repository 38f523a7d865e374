"""The clinical record of the bench: forms and notes of each template, and one client's two years.

The chart, the forms and the plan editor are timed on a client with 104 weeks of sessions,
forms and notes; everybody else has a form, a note and what the demo gives them.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from daybridge.access.relate import join_team
from daybridge.access.signatures import Signer
from daybridge.care.instruments.commands import answer, begin, finish
from daybridge.care.notes.commands import Typed, begin_note, sign_note
from daybridge.care.planning.queries import plan_in_force
from daybridge.ops.bench.clone import Row, Templates, Writer
from daybridge.ops.demo_house import House, moment

WEEKS = 104
WEEKLY = ("instruments_response", "instruments_answer", "notes_noteindex", "notes_note")
HOUR = timedelta(hours=1)


def write_record(house: House, client_id: int, at: datetime) -> None:
    """Fill a PHQ-9 with somebody and sign a note that cites the plan, as their supervisor."""
    vera = house.staff["vera"]
    with moment(house.staff["helen"], at):
        join_team(house.staff["helen"], client_id=client_id, user_id=vera.user_id or 0, part="member", at=at)
    with moment(vera, at):
        one = begin(vera, client_id=client_id, name="phq9", at=at)
        for item in range(1, 10):
            answer(vera, client_id=client_id, response_id=one, item=str(item), typed=[str(item % 3)],
                   version=0, at=at)
        finish(vera, client_id=client_id, response_id=one, at=at)
        plan = plan_in_force(vera, client_id=client_id)
        keys = [step.key for problem in (plan.problems if plan else ()) for step in problem.objectives]
        words = {"data": "Rang before the weekend.", "plan": "Again on Friday."}
        typed = Typed("phone", None, at - HOUR, words, {"data": keys[:1]})
        note = begin_note(vera, client_id=client_id, typed=typed, at=at)
        sign_note(vera, client_id=client_id, note_id=note, signer=Signer(vera.name), version=1, at=at)


def two_years(
    writer: Writer, source: Templates, template: int, client: str, users: Mapping[str, int],
    last: timedelta,
) -> None:
    """Write a form and a note of every week of two years; `last` moves the template's to the newest."""
    def keep(_table: str, _row: Row) -> None:
        """Nothing of them ends."""

    for week in range(WEEKS):
        for table, row in source.copy(template, users, last - timedelta(weeks=week), keep):
            if table in WEEKLY:
                writer.add(table, {**row, "client_id": client})
