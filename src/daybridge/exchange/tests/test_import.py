"""Importing clients: all or nothing, repeatable, marked as imported."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.cast import NOON
from tests.client_files import HEAD, big

from daybridge.access.gate import Refused
from daybridge.care.placement.commands import end_stay
from daybridge.care.placement.queries import stays_in_care
from daybridge.care.planning.queries import prescribed
from daybridge.clinic.people.queries_import import everybody
from daybridge.clinic.people.queries_search import search
from daybridge.clinic.tasks.queries import open_tasks
from daybridge.exchange.import_clients import import_clients

LINE = "{name},,1980-01-0{n},212 555 020{n},,en,iop,2026-11-0{n},,{primary},{charge},{hours},note {n}"
NORA, IRIS = "nora@clinic.example", "iris@clinic.example"


def file(*lines: str) -> bytes:
    return "\n".join((HEAD, *lines)).encode()


def line(n: int, *, name: str = "", primary: str = NORA, charge: str = "", hours: str = "9") -> str:
    return LINE.format(name=name or f"Person {n}", n=n, primary=primary, charge=charge, hours=hours)


def three() -> bytes:
    return file(*(line(n) for n in (3, 4, 5)))


def run(cast, content: bytes, *, dry_run: bool = False, **more):
    return import_clients(cast.helen, content, at=NOON, dry_run=dry_run, **more)


def test_a_dry_run_counts_and_writes_nothing(cast):
    before = everybody(cast.helen)

    outcome = run(cast, three(), dry_run=True)

    assert (outcome.added, outcome.problems) == (3, ())
    assert everybody(cast.helen) == before
    assert stays_in_care(cast.helen) == []


def test_an_imported_stay_is_marked_and_its_gaps_become_tasks_due_in_seven_days(cast):
    run(cast, three())

    stays = stays_in_care(cast.helen)
    tasks = [task for task in open_tasks(cast.nora, at=NOON) if task.title.startswith("Imported")]
    assert [stay.imported for stay in stays] == [True] * 3
    assert [stay.admitted_at.date() for stay in stays] == [date(2026, 11, n) for n in (3, 4, 5)]
    for word in ("evaluate", "views", "notes"):
        assert len([task for task in tasks if word in task.title]) == 3
    assert {task.due_at for task in tasks} == {NOON + timedelta(days=7)}
    assert {task.owner_id for task in tasks} == {cast.nora.user_id}


def test_an_imported_person_is_found_by_name_and_number(cast):
    run(cast, three())

    assert [hit.name for hit in search(cast.helen, words="person 4")] == ["Person 4"]
    assert [hit.name for hit in search(cast.helen, words="2125550205")] == ["Person 5"]


def test_the_hours_of_the_file_stand_where_the_board_reads_them(cast):
    run(cast, file(line(3, hours="10,5".replace(",", ".")), line(4, hours="")))

    by_name = {one.preferred_name: one.client_id for one in everybody(cast.helen)}
    hours = prescribed(cast.helen, of=by_name.values(), on=NOON.date())
    assert hours == {by_name["Person 3"]: Decimal("10.5")}


def test_the_same_file_again_adds_nobody(cast):
    run(cast, three())

    again = run(cast, three())

    assert (again.added, again.known, again.problems) == (0, 3, ())


def test_somebody_who_has_left_since_does_not_come_back_by_the_same_file(cast):
    run(cast, three())
    stay = stays_in_care(cast.helen)[0]
    end_stay(cast.helen, client_id=stay.client_id, reason="completed", words="",
             client_view="Good", way_back="Call", at=NOON + timedelta(hours=1))

    again = run(cast, three())

    assert (again.added, again.known) == (0, 3)
    assert len(stays_in_care(cast.helen)) == 2


def test_people_who_share_names_are_all_added(cast):
    """Names repeat in any clinic: birth date and number tell people apart."""
    outcome = run(cast, big(300))

    assert (outcome.added, outcome.known, outcome.problems) == (300, 0, ())
    assert len(stays_in_care(cast.helen)) == 300


def test_somebody_written_down_without_this_stay_is_an_error_of_the_row(cast):
    known = "Maria Delgado,,1992-03-04,,,es,iop,2026-11-03,,nora@clinic.example,,,"

    (problem,) = run(cast, file(line(4), known)).problems

    assert (problem.row, problem.column) == (3, "preferred_name")
    assert "written down here already" in problem.words


def test_a_person_twice_in_the_file_is_an_error_of_the_second_row(cast):
    (problem,) = run(cast, file(line(3), line(4), line(3, name="PERSON 3"))).problems

    assert problem.row == 4
    assert "The same person as row 2" in problem.words


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (line(6, primary="ghost@clinic.example"), "primary_counsellor", "ghost@clinic.example"),
        (line(6, charge="ghost@clinic.example"), "professional_in_charge", "Nobody of the staff"),
        (line(6, charge=IRIS), "professional_in_charge", "Iris Chan has no licence"),
        (line(6, primary=IRIS), "professional_in_charge", "Blank means the primary counsellor"),
        (line(6, primary="maria@home.example"), "primary_counsellor", "Nobody of the staff"),
        (line(6).replace("1980", "2016"), "birth_date", "Under 18"),
    ],
)
def test_one_bad_row_stops_the_whole_file(cast, row, column, words):
    outcome = run(cast, file(line(3), line(4), row))

    assert [(p.row, p.column) for p in outcome.problems] == [(4, column)]
    assert words in outcome.problems[0].words
    assert stays_in_care(cast.helen) == []


def test_whoever_stops_an_import_half_way_leaves_nothing(cast, monkeypatch):
    monkeypatch.setattr("daybridge.exchange.import_clients.BATCH", 1)

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(cast, three(), progress=stop)

    assert stays_in_care(cast.helen) == []


@pytest.mark.parametrize("first", ["sam", "nora", "osei", "vera", "quinn", "fay"])
def test_only_a_director_imports(cast, first):
    with pytest.raises(Refused):
        import_clients(cast.staff[first], three(), at=NOON, dry_run=True)


def test_who_is_imported_lands_with_the_team(cast):
    run(cast, file(line(3, charge="osei@clinic.example")))

    (stay,) = stays_in_care(cast.nora)
    assert stays_in_care(cast.osei)[0].stay_id == stay.stay_id
    assert stay.in_charge_id == cast.staff_ids["osei"]
    assert stays_in_care(cast.paul) == []
