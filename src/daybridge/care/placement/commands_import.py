"""Admitting many people at once who are in care already, as a file says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.relate import join_teams, set_standings
from daybridge.care.placement.commands import NotYet
from daybridge.care.placement.models import InCharge, LevelPeriod, Stay
from daybridge.clinic.people.licensed import may_be_in_charge
from daybridge.clinic.people.queries import StaffRow, staff


@dataclass(frozen=True, slots=True)
class Admission:
    """A stay that began elsewhere, before Daybridge."""

    level: str
    admitted_at: datetime
    staff_id: int
    primary_user_id: int


@command(Can.ADMIT)
def admit_imported(
    actor: Actor, /, *, client_ids: list[int], admissions: Sequence[Admission], at: datetime
) -> None:
    """Write down stays that are under way; their mark lets them stand before S1 and W3.

    Who answers for them does so from now on: the file does not say who did before.
    """
    rows = {row.staff_id: row for row in staff(actor)}
    licensed = {pk for pk, row in rows.items() if may_be_in_charge(row, at.date())}
    if not {one.staff_id for one in admissions} <= licensed:
        raise NotYet("Choose somebody with a valid licence to be in charge.")
    stays = Stay.objects.bulk_create(
        Stay(client_id=pk, admitted_at=one.admitted_at, imported=True)
        for pk, one in zip(client_ids, admissions, strict=True)
    )
    pairs = list(zip(stays, admissions, strict=True))
    LevelPeriod.objects.bulk_create(
        LevelPeriod(client_id=stay.client_id, stay=stay, level=one.level,
                    from_at=one.admitted_at, why="imported")
        for stay, one in pairs
    )
    InCharge.objects.bulk_create(
        InCharge(client_id=stay.client_id, stay=stay, staff_id=one.staff_id, from_at=at)
        for stay, one in pairs
    )
    set_standings(actor, client_ids=client_ids, kind="in_care", at=at)
    join_teams(actor, client_ids=client_ids, teams=[_team(one, rows) for one in admissions], at=at)


def _team(one: Admission, rows: dict[int, StaffRow]) -> set[tuple[int, str]]:
    charge = rows[one.staff_id]
    supervisor = rows.get(charge.supervisor_id or 0)
    team = {(charge.user_id, "in_charge"), (one.primary_user_id, "primary")}
    return team | ({(supervisor.user_id, "supervises")} if supervisor else set())
