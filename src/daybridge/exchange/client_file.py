"""Reading a file of clients: columns and cells; each error with row, column, remedy. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from daybridge.clinic.people.rules import BadDate, is_minor, read_date
from daybridge.clinic.programme.rules import LEVELS
from daybridge.exchange import file_text
from daybridge.kernel import text

COLUMNS = (
    "preferred_name", "legal_name", "birth_date", "phone", "email", "language", "level",
    "admitted_on", "evaluated_on", "primary_counsellor", "professional_in_charge",
    "prescribed_hours", "notes",
)
ALIASES = {
    "name": "preferred_name", "first_name": "preferred_name", "client": "preferred_name",
    "full_name": "legal_name", "last_name": "legal_name", "surname": "legal_name",
    "dob": "birth_date", "date_of_birth": "birth_date", "birthday": "birth_date",
    "telephone": "phone", "mobile": "phone", "cell": "phone", "mail": "email",
    "level_of_care": "level", "admission": "admitted_on", "start_date": "admitted_on",
    "admission_date": "admitted_on", "evaluation": "evaluated_on", "counselor": "primary_counsellor",
    "counsellor": "primary_counsellor", "therapist": "primary_counsellor",
    "physician": "professional_in_charge", "hours": "prescribed_hours", "comment": "notes",
}
NEEDED = ("preferred_name", "level", "admitted_on", "primary_counsellor")
LONGEST = {"notes": 10_000}
LONGEST_OTHER = 255
MOST_ROWS = 50_000
MOST_BYTES = 10_000_000
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
    """The lines that can be used, every problem, the columns as they were understood."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    header: tuple[str, ...] = ()


class _Bad(ValueError):
    """A cell that can't be used."""


def read(content: bytes, *, today: date) -> Read:
    """Read a whole file; nothing is guessed, every problem is named."""
    try:
        rows = file_text.rows(content)
    except file_text.Unreadable as error:
        return Read((), (Problem(error.row, "", str(error)),))
    header = [_column(cell) for cell in rows[0]]
    wrong = _header_problems(header)
    if len(rows) - 1 > MOST_ROWS:
        wrong.append(Problem(MOST_ROWS + 2, "", f"More than {MOST_ROWS:,} rows: split the file."))
    if wrong:
        return Read((), tuple(wrong), tuple(header))
    return _lines(header, rows[1:], today)


def _column(cell: str) -> str:
    """Return a column's name as it was meant: “Birth date” is birth_date."""
    return re.sub(r"[\s_-]+", "_", cell.strip().casefold())


def _header_problems(header: list[str]) -> list[Problem]:
    if not set(header) & {*COLUMNS, *ALIASES}:
        return [Problem(1, "", f"The first line must name the columns: {', '.join(COLUMNS)}.")]
    unknown = [name for name in header if name not in COLUMNS]
    missing = [name for name in NEEDED if name not in header]
    twice = sorted({name for name in header if header.count(name) > 1 and name in COLUMNS})
    return [
        *(Problem(1, name, _unknown(name)) for name in unknown),
        *(Problem(1, name, "This column is needed: add it.") for name in missing),
        *(Problem(1, name, "This column stands twice: remove one.") for name in twice),
    ]


def _unknown(name: str) -> str:
    if not name:
        return "A column without a name: name it, or remove it."
    near = ALIASES.get(name) or next(iter(get_close_matches(name, COLUMNS, n=1)), "")
    meant = f" Is {near} meant?" if near else ""
    return f"Unknown column.{meant} Rename it, or remove it."


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
    return Read(tuple(lines), tuple(problems), tuple(header))


def _line(number: int, cells: dict[str, str], today: date) -> tuple[Line | None, list[Problem]]:
    values: dict[str, object] = {"row": number}
    problems = []
    for column in COLUMNS:
        try:
            values[column] = _value(column, cells.get(column, "").strip(), today)
        except (_Bad, BadDate) as error:
            problems.append(Problem(number, column, str(error)))
    born, admitted = values.get("birth_date"), values.get("admitted_on")
    if isinstance(born, date) and is_minor(born, today):
        problems.append(Problem(number, "birth_date", _MINOR))
    elif isinstance(born, date) and isinstance(admitted, date) and admitted < born:
        problems.append(Problem(number, "admitted_on", "Admitted before birth: mend one of them."))
    return (None if problems else Line(**values)), problems  # type: ignore[arg-type]


def _value(column: str, cell: str, today: date) -> object:
    _check(column, cell)
    if column in {"birth_date", "admitted_on", "evaluated_on"}:
        return _day(cell, today) if cell else None
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


_MINOR = (
    "Under 18. This programme treats adults: remove the row, and lead this person to the partner "
    "named for minors."
)
_OTHER_DATES = (
    (r"\d{5}", "This is a spreadsheet's day number: format the column as a date and save again."),
    (r"\d{8}|\d{4}/\d{1,2}/\d{1,2}", "Write the date with hyphens, like 1992-03-04."),
    (r"\d{4}-\d\d-\d\d[ t]\d.*", "Leave out the time of day: a date like 1992-03-04."),
    (r"[^\d]*|0000-00-00", "Leave the cell empty when the date is not known."),
)


def _day(cell: str, today: date) -> date:
    for form, words in _OTHER_DATES:
        if re.fullmatch(form, cell.casefold()):
            raise _Bad(words)
    return read_date(cell, today=today)


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
