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


def test_semicolons_are_understood():
    assert read(file(GOOD.replace(",", ";"), head=HEAD.replace(",", ";")), today=TODAY).problems == ()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"), (b"\xff\xe9\x00", "UTF-8"), (file(head="preferred_name,shoe_size"), "Unknown"),
        (file(head="preferred_name"), "needed"), (file(head=HEAD + ",level"), "twice"),
        (file('"open'), "quotation"), (file(GOOD + ",,,"), "More cells"),
        (file(GOOD.replace("1992-03-04", "2015-03-04")), "Under 18"),
        (file(GOOD.replace("1992-03-04", "04.33.1992")), "does not exist"),
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
