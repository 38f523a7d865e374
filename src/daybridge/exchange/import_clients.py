"""`daybridge import clients FILE.csv`: all rows or none, repeatable, with a dry run."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from django.db import connection, transaction

from daybridge.access import clock, identity
from daybridge.access.actors import Actor, system
from daybridge.access.policy import Role
from daybridge.care.placement.commands import admit
from daybridge.care.placement.queries import stay_of
from daybridge.clinic.people.commands import add_contact_point, register_client
from daybridge.clinic.people.queries import StaffRow, staff
from daybridge.clinic.people.queries_search import look_alikes
from daybridge.clinic.programme.queries import sites
from daybridge.clinic.tasks.commands import open_task
from daybridge.exchange.client_file import Line, Problem, Read, read

DUE = timedelta(days=7)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do."""

    added: int
    known: int
    problems: tuple[Problem, ...]


def main(argv: list[str]) -> int:
    """Import one file; print every problem, and return 1 when there is any."""
    parser = argparse.ArgumentParser(prog="daybridge import")
    parser.add_argument("what", choices=["clients"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="read and check, write nothing")
    parser.add_argument("--as", dest="email", help="the director who imports (default: the first)")
    options = parser.parse_args(argv)
    try:
        content = options.file.read_bytes()
    except OSError as error:
        sys.stderr.write(f"{options.file}: {error.strerror}.\n")
        return 1
    actor = _director(options.email)
    if actor is None:
        sys.stderr.write("No director has this address. Make one: daybridge createadmin.\n")
        return 1
    outcome = import_clients(actor, content, at=clock.now(), dry_run=options.dry_run, progress=_bar)
    for problem in outcome.problems:
        where = f"row {problem.row}, {problem.column}" if problem.column else f"row {problem.row}"
        sys.stderr.write(f"{where}: {problem.words}\n")
    verb = "would be added" if options.dry_run or outcome.problems else "added"
    sys.stdout.write(f"{outcome.added} {verb}, {outcome.known} already there, "
                     f"{len(outcome.problems)} problems.\n")
    return 1 if outcome.problems else 0


def import_clients(
    actor: Actor, content: bytes, *, at: datetime, dry_run: bool, progress: Progress | None = None
) -> Outcome:
    """Import a file in one transaction; with any problem, or in a dry run, nothing is written."""
    found = read(content, today=sites(actor)[0].day(at))
    people = {row.user_id: row for row in staff(actor)}
    by_email = {address: people[pk] for address, pk in _accounts() if pk in people}
    problems = [*found.problems, *_people_problems(found, by_email, at)]
    added = known = 0
    with transaction.atomic(), identity.acting(actor, at=at):
        for number, line in enumerate(found.lines if not problems else (), start=1):
            if _is_known(actor, line):
                known += 1
                continue
            _write(actor, line, by_email, at)
            added += 1
            if progress is not None:
                progress(number, len(found.lines))
        if dry_run:
            transaction.set_rollback(True)
    if problems:
        added = len(found.lines)
    return Outcome(added, known, tuple(problems))


def _people_problems(found: Read, by_email: dict[str, StaffRow], at: datetime) -> list[Problem]:
    problems = []
    for line in found.lines:
        if line.primary_counsellor not in by_email:
            problems.append(Problem(line.row, "primary_counsellor",
                                    "Nobody here has this address. Invite them first."))
        charge = line.professional_in_charge or line.primary_counsellor
        row = by_email.get(charge)
        if row is None or not any(
            one.may_be_in_charge and one.valid_from <= at.date() <= one.valid_until
            for one in row.licences
        ):
            problems.append(Problem(line.row, "professional_in_charge",
                                    "Needs somebody here with a valid licence: give their address."))
    return problems


def _is_known(actor: Actor, line: Line) -> bool:
    hits = look_alikes(actor, name=line.legal_name or line.preferred_name,
                       birth_date=line.birth_date, phone=line.phone)
    for hit in hits:
        same_name = hit.name.casefold() == line.preferred_name.casefold()
        stay = stay_of(actor, client_id=hit.client_id) if same_name else None
        if stay is not None and stay.ended_at is None:
            return True
    return False


def _write(actor: Actor, line: Line, by_email: dict[str, StaffRow], at: datetime) -> None:
    client_id = register_client(
        actor, preferred_name=line.preferred_name, legal_name=line.legal_name,
        birth_date=line.birth_date, language=line.language, at=at,
    )
    for kind, value in (("phone", line.phone), ("email", line.email)):
        if value:
            add_contact_point(actor, client_id=client_id, kind=kind, value=value, at=at)
    primary = by_email[line.primary_counsellor]
    charge = by_email[line.professional_in_charge or line.primary_counsellor]
    admitted = min(at, datetime.combine(line.admitted_on, time(17), UTC))
    admit(
        actor, client_id=client_id, level=line.level, staff_id=charge.staff_id, imported=True,
        primary_user_id=primary.user_id, decision_id=None, at=admitted,
    )
    _open_cases(actor, client_id, line, primary, at)


def _open_cases(actor: Actor, client_id: int, line: Line, primary: StaffRow, at: datetime) -> None:
    """Evaluation, both views, hours and notes of an imported stay become tasks due in 7 days."""
    evaluated = f"According to the file evaluated on {line.evaluated_on}. " if line.evaluated_on else ""
    hours = f"The file prescribes {line.prescribed_hours} h a week." if line.prescribed_hours else ""
    cases = (
        ("evaluation", "Imported: evaluate, or take over the evaluation", evaluated),
        ("views", "Imported: let client and clinician sign their views", ""),
        ("hours", "Imported: prescribe the hours", hours),
        ("notes", "Imported: read the notes of the file", line.notes),
    )
    for kind, title, why in cases:
        if kind in {"evaluation", "views"} or why:
            open_task(
                actor, client_id=client_id, title=title, why=why, due_at=at + DUE, at=at,
                source_kind=f"import.{kind}", source_id=str(client_id),
                assignee_user_id=primary.user_id,
            )


def _accounts() -> list[tuple[str, int]]:
    setup = system(Role.SETUP)
    with transaction.atomic(), identity.acting(setup), connection.cursor() as cursor:
        cursor.execute("SELECT email, id FROM access_user WHERE is_active ORDER BY id")
        return [(email.casefold(), pk) for email, pk in cursor.fetchall()]


def _director(email: str | None) -> Actor | None:
    setup = system(Role.SETUP)
    with transaction.atomic(), identity.acting(setup), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, roles, name FROM access_user WHERE is_active AND 'director' = ANY(roles) "
            "AND (%s::text IS NULL OR email = %s) ORDER BY id LIMIT 1", [email, email],
        )
        row = cursor.fetchone()
    return Actor(row[0], frozenset(Role(role) for role in row[1]), row[2]) if row else None


def _bar(done: int, total: int) -> None:
    if done % 50 == 0 or done == total:
        sys.stderr.write(f"\r{done} of {total}" + ("\n" if done == total else ""))
        sys.stderr.flush()

