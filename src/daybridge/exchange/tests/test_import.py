"""Importing clients: all or nothing, repeatable, marked as imported."""

from tests.cast import NOON

from daybridge.care.placement.queries import stays_in_care
from daybridge.clinic.tasks.queries import open_tasks
from daybridge.exchange.client_file import COLUMNS
from daybridge.exchange.import_clients import import_clients

HEAD = ",".join(COLUMNS)
LINE = "{name},,1980-01-0{n},212 555 020{n},,en,iop,2026-11-0{n},,nora@clinic.example,{charge},9,note {n}"


def file(*lines: str) -> bytes:
    return "\n".join((HEAD, *lines)).encode()


def three(charge: str = "") -> bytes:
    return file(*(LINE.format(name=f"Person {n}", n=n, charge=charge) for n in (3, 4, 5)))


def test_a_dry_run_counts_and_writes_nothing(cast):
    outcome = import_clients(cast.helen, three(), at=NOON, dry_run=True)

    assert (outcome.added, outcome.problems) == (3, ())
    assert stays_in_care(cast.helen) == []


def test_an_imported_stay_is_marked_and_its_gaps_become_tasks(cast):
    import_clients(cast.helen, three(), at=NOON, dry_run=False)

    stays = stays_in_care(cast.helen)
    titles = {task.title for task in open_tasks(cast.nora, at=NOON)}
    assert [stay.imported for stay in stays] == [True] * 3
    assert any("evaluate" in title for title in titles)
    assert any("views" in title for title in titles)


def test_the_same_file_again_adds_nobody(cast):
    import_clients(cast.helen, three(), at=NOON, dry_run=False)

    again = import_clients(cast.helen, three(), at=NOON, dry_run=False)

    assert (again.added, again.known) == (0, 3)


def test_one_bad_row_stops_the_whole_file(cast):
    bad = three() + b"\n" + LINE.format(name="X", n=6, charge="iris@clinic.example").encode()

    outcome = import_clients(cast.helen, bad, at=NOON, dry_run=False)

    assert [(p.row, p.column) for p in outcome.problems] == [(5, "professional_in_charge")]
    assert stays_in_care(cast.helen) == []
