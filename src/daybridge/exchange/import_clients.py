"""Importing clients from a file: checked whole, then all rows or none, repeatable.

The check reads and writes nothing; its counts are what the import would do. The import is
one transaction, worked in batches through the commands of each domain.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from daybridge.access import identity
from daybridge.access.actors import Actor, system
from daybridge.access.capabilities import Can
from daybridge.access.gate import require
from daybridge.access.models import User
from daybridge.access.policy import Role
from daybridge.care.placement.commands_import import Admission, admit_imported
from daybridge.care.placement.queries import StaySpan, stays_by_client
from daybridge.care.planning.commands_import import carry_hours
from daybridge.care.schedule.queries import zone
from daybridge.clinic.people.commands_import import (
    Newcomer,
    add_contact_points,
    register_clients,
)
from daybridge.clinic.people.licensed import may_be_in_charge
from daybridge.clinic.people.queries import StaffRow, staff
from daybridge.clinic.people.queries_import import everybody
from daybridge.clinic.people.rules import fold_contact
from daybridge.clinic.tasks.commands import NewTask, open_tasks
from daybridge.exchange.client_file import Line, Problem, Read, read
from daybridge.exchange.same_person import Known, Traits, traits

DUE = timedelta(days=7)
BATCH = 250
LOCK = 421_743
Progress = Callable[[int, int], None]


class Busy(ValueError):
    """Another import is writing at this moment."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do."""

    added: int
    known: int
    problems: tuple[Problem, ...]
    header: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _House:
    """Who works here, by the address they sign in with, and the clock on the wall."""

    people: Mapping[str, StaffRow]
    zone: ZoneInfo
    day: date


def import_clients(
    actor: Actor, content: bytes, *, at: datetime, dry_run: bool, progress: Progress | None = None
) -> Outcome:
    """Import a file in one transaction; with any problem, or in a dry run, nothing is written.

    `progress` hears of done and total after each batch; what it raises undoes everything.
    """
    with transaction.atomic(), identity.acting(actor, at=at):
        require(actor, Can.IMPORT_CLIENTS)
        if not dry_run:
            _take_turn()
        house = _house(actor, at)
        found = read(content, today=house.day)
        new, problems = _compare(actor, found, house)
        known = len(found.lines) - len(new)
        if not (problems or dry_run):
            _write_all(actor, new, house, at, progress)
    ordered = tuple(sorted(problems, key=lambda one: one.row))
    return Outcome(len(new), known, ordered, found.header)


def _take_turn() -> None:
    """Let one import write at a time: two at once would not see each other's people."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if cursor.fetchone() != (True,):
            raise Busy("Another import is running. Wait until it is done, then start this again.")


def _house(actor: Actor, at: datetime) -> _House:
    by_user = {row.user_id: row for row in staff(actor)}
    accounts = User.objects.filter(is_active=True).values_list("email", "pk")
    people = {email.casefold(): by_user[pk] for email, pk in accounts if email and pk in by_user}
    here = zone(actor)
    return _House(people, here, at.astimezone(here).date())


def _compare(actor: Actor, found: Read, house: _House) -> tuple[list[Line], list[Problem]]:
    """Return the lines of people not here yet, and what is wrong with any line."""
    problems = [*found.problems, *_staff_problems(found.lines, house)]
    records = Known(
        traits(one.client_id, one.preferred_name, one.legal_names, one.birth_date, one.contacts)
        for one in everybody(actor)
    )
    rows, here, new = Known(), dict[int, list[int]](), []
    for line in found.lines:
        mine = _traits(line)
        twins = rows.find(mine)
        if twins:
            problems.append(Problem(line.row, "preferred_name", _TWICE.format(row=twins[0])))
        rows.add(mine)
        here[line.row] = records.find(mine)
    stays = stays_by_client(actor, of={pk for found_ids in here.values() for pk in found_ids})
    for line in found.lines:
        of_person = [stay for pk in here[line.row] for stay in stays.get(pk, ())]
        if not here[line.row]:
            new.append(line)
        elif not _has_this_stay(line, of_person, house.zone):
            problems.append(Problem(line.row, "preferred_name", _WITHOUT_STAY))
    return new, problems


_TWICE = (
    "The same person as row {row}: remove one of the two. If they are two people, give both "
    "their birth dates."
)
_WITHOUT_STAY = (
    "This person is written down here already, without this stay: admit them on their chart, "
    "and remove the row."
)


def _has_this_stay(line: Line, stays: Sequence[StaySpan], here: ZoneInfo) -> bool:
    return any(
        one.ended_at is None or one.admitted_at.astimezone(here).date() == line.admitted_on
        for one in stays
    )


def _traits(line: Line) -> Traits:
    contacts = [fold_contact(kind, value) for kind, value in _contacts(line).items() if value]
    return traits(line.row, line.preferred_name, [line.legal_name], line.birth_date, contacts)


def _contacts(line: Line) -> dict[str, str]:
    return {"phone": line.phone, "email": line.email}


def _staff_problems(lines: Sequence[Line], house: _House) -> list[Problem]:
    problems = []
    for line in lines:
        for column in ("primary_counsellor", "professional_in_charge"):
            address = getattr(line, column)
            if address and address not in house.people:
                problems.append(Problem(line.row, column, _nobody(address)))
        charge = house.people.get(line.professional_in_charge or line.primary_counsellor)
        if charge is not None and not may_be_in_charge(charge, house.day):
            problems.append(Problem(line.row, "professional_in_charge", _unlicensed(charge, line)))
    return problems


def _nobody(address: str) -> str:
    return f"Nobody of the staff signs in as {address}. Invite them first, or mend the address."


def _unlicensed(row: StaffRow, line: Line) -> str:
    blank = "" if line.professional_in_charge else "Blank means the primary counsellor, but "
    return (
        f"{blank}{row.name} has no licence valid today that lets them be in charge. Give the "
        "address of somebody who has, or enter the licence first."
    )


def _write_all(
    actor: Actor, lines: Sequence[Line], house: _House, at: datetime, progress: Progress | None
) -> None:
    for first in range(0, len(lines), BATCH):
        batch = lines[first : first + BATCH]
        with identity.acting(actor, at=at):  # signed anew: a long import outlives a signature
            _write(actor, batch, house, at)
        if progress is not None:
            progress(first + len(batch), len(lines))


def _write(actor: Actor, lines: Sequence[Line], house: _House, at: datetime) -> None:
    ids = register_clients(actor, at=at, newcomers=[
        Newcomer(one.preferred_name, one.legal_name, one.birth_date, one.language) for one in lines
    ])
    add_contact_points(actor, client_ids=ids, contacts=[_contacts(one) for one in lines], at=at)
    admit_imported(
        actor, client_ids=ids, admissions=[_admission(one, house, at) for one in lines], at=at
    )
    tasks = [
        task for pk, one in zip(ids, lines, strict=True)
        for task in _open_cases(pk, one, house.people[one.primary_counsellor])
    ]
    open_tasks(actor, client_ids=ids, tasks=tasks, due_at=at + DUE, at=at)
    _carry_hours(actor, dict(zip(ids, lines, strict=True)), house.day, at)
    with connection.cursor() as cursor:  # PostgreSQL's own guards speak now, not at the end
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _admission(line: Line, house: _House, at: datetime) -> Admission:
    noon = datetime.combine(line.admitted_on, time(12), house.zone)
    charge = house.people[line.professional_in_charge or line.primary_counsellor]
    primary = house.people[line.primary_counsellor]
    return Admission(line.level, min(at, noon), charge.staff_id, primary.user_id)


def _open_cases(client_id: int, line: Line, primary: StaffRow) -> list[NewTask]:
    """Evaluation, both views and notes of an imported stay become tasks."""
    evaluated = (
        f"According to the file evaluated on {line.evaluated_on}." if line.evaluated_on else ""
    )
    cases = [
        ("evaluation", "Imported: evaluate, or take over the evaluation", evaluated),
        ("views", "Imported: let client and clinician sign their views", ""),
    ]
    if line.notes:
        cases.append(("notes", "Imported: read the notes of the file", line.notes))
    return [
        NewTask(client_id, title, why, f"import.{kind}", primary.user_id)
        for kind, title, why in cases
    ]


def _carry_hours(actor: Actor, lines: Mapping[int, Line], day: date, at: datetime) -> None:
    """Let the file's hours stand where the hours board reads them, from today on."""
    hours = {pk: one.prescribed_hours for pk, one in lines.items() if one.prescribed_hours}
    importer = system(Role.IMPORTER)
    if hours:
        with identity.acting(importer, at=at):
            carry_hours(
                importer, client_ids=list(hours), hours=list(hours.values()), from_day=day,
                by_user_id=actor.user_id or 0, at=at,
            )
