"""Reading a file of clients: every kind of bad input is named, nothing is guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.exchange.client_file import COLUMNS, read

TODAY = date(2026, 11, 16)
HEAD = ",".join(COLUMNS)
GOOD = (
    "Maria,María D.,1992-03-04,212 555 0142,m@home.example,es,iop,2026-11-02,,"
    "nora@clinic.example,,9,Likes mornings"
)


def file(*lines: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *lines)).encode()


def test_a_good_line_is_read():
    (line,) = read(file(GOOD), today=TODAY).lines

    assert (line.preferred_name, line.birth_date, line.level) == ("Maria", date(1992, 3, 4), "iop")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_spreadsheets_write(encoding):
    assert read(f"{HEAD}\n{GOOD}".encode(encoding), today=TODAY).problems == ()


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separators_are_understood(mark):
    found = read(file(GOOD.replace(",", mark), head=HEAD.replace(",", mark)), today=TODAY)

    assert found.problems == ()
    assert len(found.lines) == 1


def test_column_names_may_be_written_as_people_write_them():
    head = HEAD.replace("_", " ").title()

    assert read(file(GOOD, head=head), today=TODAY).problems == ()


@pytest.mark.parametrize(
    ("name", "meant"),
    [("birthdate", "birth_date"), ("DOB", "birth_date"), ("counselor", "primary_counsellor"),
     ("primary counselor", "primary_counsellor"), ("prescribed hrs", "prescribed_hours")],
)
def test_an_unknown_column_is_named_with_the_nearest_known_one(name, meant):
    (problem,) = read(file(head=f"{HEAD},{name}"), today=TODAY).problems

    assert problem.row == 1
    assert f"Is {meant} meant?" in problem.words


def test_an_older_windows_file_is_named_by_row_and_word():
    plain = GOOD.replace("María", "Maria")
    content = "\n".join((HEAD, plain, GOOD)).encode("cp1252")

    (problem,) = read(content, today=TODAY).problems

    assert problem.row == 3
    assert "María" in problem.words


def test_a_notes_cell_of_two_lines_counts_as_one_row():
    two = GOOD.replace("Likes mornings", '"Likes\nmornings"')

    first, second = read(file(two, GOOD), today=TODAY).lines

    assert (first.row, second.row) == (2, 3)
    assert first.notes == "Likes\nmornings"


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr("daybridge.exchange.client_file.MOST_ROWS", 1)

    (problem,) = read(file(GOOD, GOOD), today=TODAY).problems

    assert "split the file" in problem.words


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"), (b"\xff\xe9\x00", "UTF-8"), (file(head="preferred_name,shoe_size"), "Unknown"),
        (file(head="preferred_name"), "needed"), (file(head=HEAD + ",level"), "twice"),
        (file('"open'), "quotation"), (file(GOOD + ",,,"), "More cells"),
        (file(GOOD.replace("1992-03-04", "2015-03-04")), "Under 18"),
        (file(GOOD.replace("1992-03-04", "04.33.1992")), "does not exist"),
        (file(GOOD.replace("1992-03-04", "25/12/1992")), "does not exist"),
        (file(GOOD.replace("1992-03-04", "33667")), "day number"),
        (file(GOOD.replace("1992-03-04", "1992/03/04")), "hyphens"),
        (file(GOOD.replace("1992-03-04", "19920304")), "hyphens"),
        (file(GOOD.replace("1992-03-04", "1992-03-04 00:00:00")), "time of day"),
        (file(GOOD.replace("1992-03-04", "unknown")), "empty when"),
        (file(GOOD.replace("1992-03-04", "0000-00-00")), "empty when"),
        (file(GOOD.replace("1992-03-04", "1492-03-04")), "120 years"),
        (file(GOOD.replace("2026-11-02", "1990-01-01")), "before birth"),
        (file(GOOD.replace(",9,", ",many,")), "number like"),
        (file(GOOD.replace(",es,", ",fr,")), "Use one of"),
        (b"PK\x03\x04 rest", "workbook"), (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0", "workbook"),
        (file(GOOD).decode().encode("utf-16-le"), "UTF-16 without its mark"),
        (b"\xff\xfea", "cut off"),
        (b"Maria,Delgado\n1,2", "name the columns"),
        (file(head=HEAD + ","), "without a name"),
        (file(GOOD.replace("1992-03-04", "3/4/92")), "four digits"),
        (file(GOOD.replace("2026-11-02", "2027-01-01")), "future"),
        (file(GOOD.replace(",iop,", ",spa,")), "Use one of"),
        (file(GOOD.replace(",9,", ",-1,")), "more than 0"),
        (file(GOOD.replace(",9,", ",nan,")), "more than 0"),
        (file(GOOD.replace("Maria", "\0aria")), "NUL"),
        (file(GOOD.replace("Maria", "M" * 300)), "Too long"),
        (file(GOOD.replace("Maria,", ",")), "needed"),
    ],
)
def test_bad_input_is_named_with_a_remedy(content, word):
    found = read(content, today=TODAY)

    assert found.lines == ()
    assert any(word in problem.words for problem in found.problems)


@given(st.binary(max_size=400))
def test_garbage_never_breaks_the_reader(content):
    read(content, today=TODAY)
    read(HEAD.encode() + b"\n" + content, today=TODAY)
