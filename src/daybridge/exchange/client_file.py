"""Reading a file of clients: columns, encodings, dates; each error with row, column, remedy. Pure."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from daybridge.clinic.people.rules import BadDate, is_minor, read_date
from daybridge.clinic.programme.rules import LEVELS
from daybridge.kernel import text

COLUMNS = (
    "preferred_name", "legal_name", "birth_date", "phone", "email", "language", "level",
    "admitted_on", "evaluated_on", "primary_counsellor", "professional_in_charge",
    "prescribed_hours", "notes",
)
NEEDED = ("preferred_name", "level", "admitted_on", "primary_counsellor")
LONGEST = {"notes": 10_000}
LONGEST_OTHER = 255
MOST_ROWS = 50_000
LANGUAGES = ("en", "es")
MOST_HOURS = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong where, and what to do. Row 1 is the line of column names."""

    row: int
    column: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One client of the file, read."""

    row: int
    preferred_name: str
    legal_name: str
    birth_date: date | None
    phone: str
    email: str
    language: str
    level: str
    admitted_on: date
    evaluated_on: date | None
    primary_counsellor: str
    professional_in_charge: str
    prescribed_hours: Decimal | None
    notes: str


@dataclass(frozen=True, slots=True)
class Read:
    """The lines that can be used, and every problem."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]


class _Bad(ValueError):
    """A cell that can't be used."""


def decode(content: bytes) -> str:
    """Return the text of a file: UTF-8 with or without mark, or UTF-16 with its mark."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    return content.decode("utf-8-sig")


def read(content: bytes, *, today: date) -> Read:
    """Read a whole file; nothing is guessed, every problem is named."""
    try:
        words = decode(content)
    except UnicodeDecodeError:
        return _only("The file is not UTF-8. In the spreadsheet choose “CSV UTF-8” when saving.")
    if not words.strip():
        return _only("The file is empty. Its first line names the columns.")
    separator = ";" if words.splitlines()[0].count(";") > words.splitlines()[0].count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(words, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        return _only(f"A quotation mark is wrong: {error}. Save the file again as CSV.")
    header = [cell.strip().casefold() for cell in rows[0]]
    wrong = _header_problems(header)
    if wrong:
        return Read((), tuple(wrong))
    if len(rows) > MOST_ROWS:
        return _only(f"More than {MOST_ROWS} rows: split the file.")
    return _lines(header, rows[1:], today)


def _only(words: str) -> Read:
    return Read((), (Problem(1, "", words),))


def _header_problems(header: list[str]) -> list[Problem]:
    unknown = [name for name in header if name not in COLUMNS]
    missing = [name for name in NEEDED if name not in header]
    twice = sorted({name for name in header if header.count(name) > 1})
    return [
        *(Problem(1, name, "Unknown column: remove or rename it.") for name in unknown),
        *(Problem(1, name, "This column is needed: add it.") for name in missing),
        *(Problem(1, name, "This column stands twice: remove one.") for name in twice),
    ]


def _lines(header: list[str], rows: Iterable[list[str]], today: date) -> Read:
    lines, problems = [], list[Problem]()
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            problems.append(Problem(number, "", "More cells than columns: a comma too many?"))
            continue
        padded = [*cells, *[""] * (len(header) - len(cells))]
        line, wrong = _line(number, dict(zip(header, padded, strict=True)), today)
        problems += wrong
        if line is not None:
            lines.append(line)
    return Read(tuple(lines), tuple(problems))


def _line(number: int, cells: dict[str, str], today: date) -> tuple[Line | None, list[Problem]]:
    values: dict[str, object] = {"row": number}
    problems = []
    for column in COLUMNS:
        try:
            values[column] = _value(column, cells.get(column, "").strip(), today)
        except (_Bad, BadDate) as error:
            problems.append(Problem(number, column, str(error)))
    born = values.get("birth_date")
    if isinstance(born, date) and is_minor(born, today):
        problems.append(Problem(number, "birth_date", "Under 18: lead to the named partner."))
    return (None if problems else Line(**values)), problems  # type: ignore[arg-type]


def _value(column: str, cell: str, today: date) -> object:
    _check(column, cell)
    if column in {"birth_date", "admitted_on", "evaluated_on"}:
        return read_date(cell, today=today) if cell else None
    if column == "level":
        return _one_of(cell.casefold(), tuple(LEVELS))
    if column == "language":
        return _one_of(cell.casefold() or "en", LANGUAGES)
    if column == "prescribed_hours":
        return _hours(cell)
    if column in {"primary_counsellor", "professional_in_charge", "email"}:
        return cell.casefold()
    return text.tidy_lines(cell) if column == "notes" else text.tidy(cell)


def _check(column: str, cell: str) -> None:
    if "\0" in cell:
        raise _Bad("A character that can't be stored (NUL): remove it.")
    if len(cell) > LONGEST.get(column, LONGEST_OTHER):
        raise _Bad(f"Too long: at most {LONGEST.get(column, LONGEST_OTHER)} characters.")
    if not cell and column in NEEDED:
        raise _Bad("This cell is needed.")


def _one_of(cell: str, allowed: tuple[str, ...]) -> str:
    if cell not in allowed:
        raise _Bad(f"Use one of: {', '.join(allowed)}.")
    return cell


def _hours(cell: str) -> Decimal | None:
    if not cell:
        return None
    try:
        hours = Decimal(cell.replace(",", "."))
    except InvalidOperation:
        raise _Bad("Hours a week: a number like 9 or 10.5.") from None
    if not (hours.is_finite() and 0 < hours <= MOST_HOURS):
        raise _Bad("Hours a week are more than 0 and at most 60.")
    return hours.quantize(Decimal("0.1"))
