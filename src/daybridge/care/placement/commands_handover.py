"""Somebody is away from now on: whom they answer for is handed over, and given back (S2)."""

from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.relate import join_team, leave_team
from daybridge.care.placement.commands import NotYet, put_in_charge
from daybridge.care.placement.queries import in_charge_of, staff_by_id
from daybridge.care.placement.queries_handover import stood_in_for
from daybridge.clinic.people.commands_staff import note_absence, note_return
from daybridge.clinic.people.queries_signing import absences
from daybridge.clinic.people.queries_ties import clients_of, handed_over
from daybridge.clinic.tasks.commands import hand_over_all
from daybridge.clinic.tasks.queries import tasks_by_name


@command(Can.MANAGE_STAFF)
def stand_in(
    actor: Actor, /, *, staff_id: int, stand_in_id: int, in_charge_to: int | None,
    expected_on: date | None, at: datetime,
) -> None:
    """Hand over everything of somebody who is away from now on, all or nothing.

    Open stays go to a licensed person, the primary counsellor's part and open tasks by name
    to who stands in, who also signs in their place. PostgreSQL refuses a stay without a
    licensed professional in charge, so there is no minute without one.
    """
    rows = staff_by_id(actor)
    _refuse(set(rows), set(absences(actor)), staff_id, stand_in_id)
    if expected_on is not None and expected_on <= at.date():
        raise NotYet("The day of return lies after today. Leave it empty if nobody knows.")
    charges = in_charge_of(actor, staff_id=staff_id)
    if charges and (in_charge_to not in rows or in_charge_to == staff_id):
        raise NotYet("Choose who is in charge of these clients from now on.")
    away, other = rows[staff_id].user_id, rows[stand_in_id].user_id
    about = {task.client_id for task in tasks_by_name(actor, user_id=away, at=at) if task.client_id}
    for client_id in charges:
        put_in_charge(actor, client_id=client_id, staff_id=in_charge_to or 0, stands_in=True, at=at)
    for client_id in clients_of(actor, user_id=away, part="primary"):
        leave_team(actor, client_id=client_id, user_id=away, part="primary", at=at)
        join_team(actor, client_id=client_id, user_id=other, part="primary", at=at)
        about.discard(client_id)
    for client_id in sorted(about):
        join_team(actor, client_id=client_id, user_id=other, part="member", at=at)
    hand_over_all(actor, user_id=away, to_user_id=other, at=at)
    note_absence(actor, staff_id=staff_id, stand_in_id=stand_in_id, expected_on=expected_on, at=at)


def _refuse(staff: set[int], away: set[int], staff_id: int, stand_in_id: int) -> None:
    if not {staff_id, stand_in_id} <= staff or staff_id == stand_in_id:
        raise NotYet("Choose who stands in.")
    if staff_id in away:
        raise NotYet("This person is away already. Note the return first, then hand over anew.")
    if stand_in_id in away:
        raise NotYet("Who stands in is away as well. Choose somebody who is here.")


@command(Can.MANAGE_STAFF)
def come_back(actor: Actor, /, *, staff_id: int, at: datetime) -> None:
    """Give back what was handed over and is still there; what others did meanwhile stays theirs."""
    absence = absences(actor).get(staff_id)
    if absence is None:
        raise NotYet("This person is not away.")
    rows = staff_by_id(actor)
    for client_id in stood_in_for(actor, staff_id=staff_id, since=absence.from_at):
        put_in_charge(actor, client_id=client_id, staff_id=staff_id, at=at)
    other = rows.get(absence.stand_in_id)
    if other is not None:
        mine = rows[staff_id].user_id
        for client_id in handed_over(
            actor, user_id=mine, to_user_id=other.user_id, part="primary", when=absence.from_at
        ):
            leave_team(actor, client_id=client_id, user_id=other.user_id, part="primary", at=at)
            join_team(actor, client_id=client_id, user_id=mine, part="primary", at=at)
    note_return(actor, staff_id=staff_id, at=at)
