"""Somebody leaves the programme: clients are handed over before the account ends."""

from datetime import date, datetime

from daybridge.access.accounts import end_account
from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.relate import join_team, leave_all_teams
from daybridge.care.placement.commands import NotYet, put_in_charge
from daybridge.care.placement.queries import in_charge_of, staff_by_id
from daybridge.clinic.people.commands_staff import mark_left, supervise
from daybridge.clinic.people.queries import StaffRow
from daybridge.clinic.people.queries_signing import supervisions
from daybridge.clinic.people.queries_ties import clients_of
from daybridge.clinic.tasks.commands import hand_over_all
from daybridge.clinic.tasks.queries import tasks_by_name


@command(Can.MANAGE_ACCOUNTS)
def part_with(
    actor: Actor, /, *, staff_id: int, in_charge_to: int | None, primary_to: int | None,
    supervisor_to: int | None = None, on: date, at: datetime,
) -> None:
    """Hand over the clients of somebody who leaves and end the account, all or nothing.

    Open tasks by name go to the new primary counsellor, or to who is in charge.
    """
    rows = staff_by_id(actor)
    leaver = rows.get(staff_id)
    if leaver is None:
        raise NotYet("This person has left already.")
    if leaver.user_id == actor.user_id:
        raise NotYet("You can't end your own account. Ask another director.")
    others = set(rows) - {staff_id}
    charges = in_charge_of(actor, staff_id=staff_id)
    primaries = clients_of(actor, user_id=leaver.user_id, part="primary")
    if charges and in_charge_to not in others:
        raise NotYet("Choose who is in charge of these clients from now on.")
    if primaries and primary_to not in others:
        raise NotYet("Choose the primary counsellor of these clients from now on.")
    for client_id in charges:
        put_in_charge(actor, client_id=client_id, staff_id=in_charge_to or 0, at=at)
    for client_id in primaries:
        join_team(actor, client_id=client_id, user_id=rows[primary_to or 0].user_id,
                  part="primary", at=at)
    _pass_on_tasks(actor, leaver, rows.get(primary_to or in_charge_to or 0), at)
    _pass_on_supervision(actor, staff_id, supervisor_to if supervisor_to in others else None, on, at)
    leave_all_teams(actor, user_id=leaver.user_id, at=at)
    mark_left(actor, staff_id=staff_id, on=on, at=at)
    end_account(actor, user_id=leaver.user_id, at=at)


def _pass_on_tasks(actor: Actor, leaver: StaffRow, heir: StaffRow | None, at: datetime) -> None:
    tasks = tasks_by_name(actor, user_id=leaver.user_id, at=at)
    if not tasks:
        return
    if heir is None:
        raise NotYet("Choose who takes the open tasks of this person.")
    for client_id in sorted({task.client_id for task in tasks if task.client_id}):
        join_team(actor, client_id=client_id, user_id=heir.user_id, part="member", at=at)
    hand_over_all(actor, user_id=leaver.user_id, to_user_id=heir.user_id, at=at)


def _pass_on_supervision(
    actor: Actor, staff_id: int, supervisor_to: int | None, on: date, at: datetime
) -> None:
    supervised = [row for row in supervisions(actor, on=on) if row.supervisor_id == staff_id]
    if supervised and supervisor_to is None:
        raise NotYet("Choose who supervises, and signs with, these people from now on.")
    for row in supervised:
        heir = supervisor_to if supervisor_to != row.staff_id else None
        supervise(actor, staff_id=row.staff_id, supervisor_id=heir, from_day=on,
                  signs_for=row.signs_for, at=at)
