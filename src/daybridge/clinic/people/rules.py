"""People: ages, licences, who is in charge, dates and numbers as people write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import phonenumbers

SHORTEST_NUMBER = 4
WARN_DAYS = (7, 30, 90)
OLDEST_YEARS = 120
LONGEST_DATE = 40  # letters; nobody writes a longer one
_MONTH_NAMES = (
    "january enero",
    "february febrero",
    "march marzo",
    "april abril",
    "may mayo",
    "june junio",
    "july julio",
    "august agosto",
    "september septiembre setiembre",
    "october octubre",
    "november noviembre",
    "december diciembre",
)
_SHORTEST_MONTH = 3


class DateOrder(StrEnum):
    """How a date in figures with slashes is meant; a form declares it beside the field."""

    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"


class BadDate(ValueError):
    """The date can't be read; the message says how to write it."""


# what a state's register says of a licence
REGISTER_SAYS = (
    ("valid", "valid, as written here"), ("differs", "differs from what is written here"),
    ("action", "valid, with a board action or limit"), ("absent", "not in the register"),
)


class LicenceState(StrEnum):
    """How a licence stands on a day."""

    VALID = "valid"
    ENDS_IN_90 = "ends within 90 days"
    ENDS_IN_30 = "ends within 30 days"
    ENDS_IN_7 = "ends within 7 days"
    ENDED = "ended"
    NOT_YET = "not valid yet"


@dataclass(frozen=True, slots=True)
class Valid:
    """When a licence is valid, both days included, and whether it lets one be in charge."""

    first: date
    last: date
    may_be_in_charge: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be in charge, with their licences."""

    staff_id: int
    licences: tuple[Valid, ...]


def licence_state(valid: Valid, day: date) -> LicenceState:
    """Return how a licence stands on a day."""
    if day < valid.first:
        return LicenceState.NOT_YET
    left = (valid.last - day).days
    if left < 0:
        return LicenceState.ENDED
    warned = [days for days in WARN_DAYS if left <= days]
    return LicenceState(f"ends within {warned[0]} days") if warned else LicenceState.VALID


def may_be_in_charge(candidate: Candidate, day: date) -> bool:
    """Tell whether somebody holds a licence that day which lets them be in charge (S2)."""
    return any(
        one.may_be_in_charge and one.first <= day <= one.last for one in candidate.licences
    )


def in_charge(named: Sequence[Candidate], day: date) -> tuple[int, bool] | None:
    """Return who is in charge that day: the first licensed of professional, deputy, director.

    The second value is True when it is not the named professional (shown amber). None when
    nobody is licensed: a safety matter.
    """
    for place, candidate in enumerate(named):
        if may_be_in_charge(candidate, day):
            return candidate.staff_id, place > 0
    return None


class Standing(StrEnum):
    """In which place somebody is in charge, with the reason in words."""

    NAMED = "the named professional"
    DEPUTY = "the deputy: the named professional is not licensed that day"
    DIRECTOR = "the medical director: neither professional nor deputy is licensed that day"
    NOBODY = "nobody is licensed that day: name somebody now"


@dataclass(frozen=True, slots=True)
class InCharge:
    """Who is in charge on a day, and why it is them; None is a safety matter (S2)."""

    staff_id: int | None
    standing: Standing


def who_is_in_charge(
    named: Candidate | None, deputy: Candidate | None, director: Candidate | None, day: date
) -> InCharge:
    """Return who is in charge that day, with the reason: no stay is without one (S2)."""
    line = (
        (named, Standing.NAMED),
        (deputy, Standing.DEPUTY),
        (director, Standing.DIRECTOR),
    )
    for candidate, standing in line:
        if candidate is not None and may_be_in_charge(candidate, day):
            return InCharge(candidate.staff_id, standing)
    return InCharge(None, Standing.NOBODY)


def age(born: date, day: date) -> int:
    """Return the age in years; somebody born on 29 February has a birthday on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_minor(born: date, day: date, *, adult_from: int = 18) -> bool:
    """Tell whether somebody is younger than the programme's adult age."""
    return age(born, day) < adult_from


def read_date(
    text: str, *, today: date, order: DateOrder | None = DateOrder.MONTH_FIRST
) -> date:
    """Read a date of birth or another past date as people write it.

    2026-11-23, 11/23/2026 (in the declared order), 23 Nov 2026, Nov 23 2026, 23.11.2026
    (day first). Without a declared order slashes are read only if one reading is possible.
    A year needs four digits; a date in the future or before 120 years is refused.
    """
    plain = text.strip().casefold()
    found = _parts(plain, order) if len(plain) <= LONGEST_DATE else None
    if found is None:
        raise BadDate(f"Write the date like 1992-03-04, {_LIKE[order]}4 Mar 1992.")
    year, month, day = found
    if year < 100:
        raise BadDate("Write the year with four digits, like 1992.")
    try:
        value = date(year, month, day)
    except (ValueError, OverflowError):
        raise BadDate("That day does not exist. Look at day and month again.") from None
    if value > today:
        raise BadDate("That date lies in the future.")
    if value.year < today.year - OLDEST_YEARS:
        raise BadDate("That is more than 120 years ago. Look at the year again.")
    return value


_LIKE = {
    DateOrder.MONTH_FIRST: "03/04/1992 (month first) or ",
    DateOrder.DAY_FIRST: "04/03/1992 (day first) or ",
    None: "or with the month as a word: ",
}


def _parts(text: str, order: DateOrder | None) -> tuple[int, int, int] | None:
    """Return year, month, day as written; None when no form fits."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{2,4})", text):
        return _slashed(int(match[1]), int(match[2]), int(match[3]), order)
    if match := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2,4})", text):
        return int(match[3]), int(match[2]), int(match[1])
    words = text.replace(",", " ").replace(".", " ").replace(" de ", " ").split()
    return _worded(words) if len(words) == 3 else None


def _slashed(
    first: int, second: int, year: int, order: DateOrder | None
) -> tuple[int, int, int] | None:
    if order is DateOrder.MONTH_FIRST:
        return year, first, second
    if order is DateOrder.DAY_FIRST:
        return year, second, first
    if first == second or second > 12:
        return year, first, second
    return (year, second, first) if first > 12 else None


def _worded(words: list[str]) -> tuple[int, int, int] | None:
    if not words[2].isdecimal():
        return None
    for day, month in ((words[0], words[1]), (words[1], words[0])):
        number = _month(month)
        if day.isdecimal() and number is not None:
            return int(words[2]), number, int(day)
    return None


def _month(word: str) -> int | None:
    """Return the month that a word of three letters or more begins, in English or Spanish."""
    if len(word) < _SHORTEST_MONTH:
        return None
    for number, names in enumerate(_MONTH_NAMES, start=1):
        if any(name.startswith(word) for name in names.split()):
            return number
    return None


def digits(text: str) -> str:
    """Return the digits of a text if it looks like a telephone number, else nothing."""
    kept = re.sub(r"[\s().+\-/]", "", text)
    return kept if kept.isdecimal() and kept.isascii() else ""


def fold_contact(kind: str, value: str) -> str:
    """Return a number's national digits or an address in lower case: the same is the same."""
    if kind == "email":
        return value.strip().casefold()
    try:
        number = phonenumbers.parse(value, "US")
    except phonenumbers.NumberParseException:
        return digits(value) or value.strip().casefold()
    return str(phonenumbers.national_significant_number(number))


def is_same_contact(kind: str, stored: str, typed: str) -> bool:
    """Tell whether two writings are one telephone (country included) or one address."""
    if kind == "email":
        return stored.strip().lower() == typed.strip().lower()
    try:
        return bool(phonenumbers.parse(stored, "US") == phonenumbers.parse(typed, "US"))
    except phonenumbers.NumberParseException:
        return False
