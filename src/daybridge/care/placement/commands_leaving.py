"""Somebody leaves the programme: clients are handed over before the account ends."""

from datetime import date, datetime

from daybridge.access.accounts import end_account
from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.relate import join_team, leave_all_teams
from daybridge.care.placement.commands import NotYet, put_in_charge
from daybridge.care.placement.queries import in_charge_of, staff_by_id
from daybridge.clinic.people.commands_staff import mark_left
from daybridge.clinic.people.queries_ties import clients_of


@command(Can.MANAGE_ACCOUNTS)
def part_with(
    actor: Actor, /, *, staff_id: int, in_charge_to: int | None, primary_to: int | None,
    on: date, at: datetime,
) -> None:
    """Hand over the clients of somebody who leaves and end the account, all or nothing."""
    rows = staff_by_id(actor)
    leaver = rows.get(staff_id)
    if leaver is None:
        raise NotYet("This person has left already.")
    if leaver.user_id == actor.user_id:
        raise NotYet("You can't end your own account. Ask another director.")
    charges = in_charge_of(actor, staff_id=staff_id)
    primaries = clients_of(actor, user_id=leaver.user_id, part="primary")
    if charges and (in_charge_to not in rows or in_charge_to == staff_id):
        raise NotYet("Choose who is in charge of these clients from now on.")
    if primaries and (primary_to not in rows or primary_to == staff_id):
        raise NotYet("Choose the primary counsellor of these clients from now on.")
    for client_id in charges:
        put_in_charge(actor, client_id=client_id, staff_id=in_charge_to or 0, at=at)
    for client_id in primaries:
        join_team(actor, client_id=client_id, user_id=rows[primary_to or 0].user_id,
                  part="primary", at=at)
    leave_all_teams(actor, user_id=leaver.user_id, at=at)
    mark_left(actor, staff_id=staff_id, on=on, at=at)
    end_account(actor, user_id=leaver.user_id, at=at)
