"""People: ages, licences, who is in charge, dates and numbers as people write them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import phonenumbers

SHORTEST_NUMBER = 4
WARN_DAYS = (7, 30, 90)
OLDEST_YEARS = 120
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene",
            "feb",
            "mar",
            "apr abr",
            "may",
            "jun",
            "jul",
            "aug ago",
            "sep set",
            "oct",
            "nov",
            "dec dic",
        ),
        start=1,
    )
    for name in names.split()
}


class BadDate(ValueError):
    """The date can't be read; the message says how to write it."""


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
    return any(one.may_be_in_charge and one.first <= day <= one.last for one in candidate.licences)


def in_charge(named: Sequence[Candidate], day: date) -> tuple[int, bool] | None:
    """Return who is in charge that day: the first licensed of professional, deputy, director.

    The second value is True when it is not the named professional (shown amber). None when
    nobody is licensed: a safety matter.
    """
    for place, candidate in enumerate(named):
        if may_be_in_charge(candidate, day):
            return candidate.staff_id, place > 0
    return None


def age(born: date, day: date) -> int:
    """Return the age in years; somebody born on 29 February has a birthday on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_minor(born: date, day: date, *, adult_from: int = 18) -> bool:
    """Tell whether somebody is younger than the programme's adult age."""
    return age(born, day) < adult_from


def read_date(text: str, *, today: date) -> date:
    """Read a date of birth or another past date as people write it.

    2026-11-23, 11/23/2026 (month first), 23 Nov 2026, Nov 23 2026, 23.11.2026 (day first).
    A year needs four digits; a date in the future or before 120 years is refused.
    """
    found = _parts(text.strip().casefold())
    if found is None:
        raise BadDate("Write the date like 1992-03-04, 03/04/1992 (month first) or 4 Mar 1992.")
    year, month, day = found
    if year < 100:
        raise BadDate("Write the year with four digits, like 1992.")
    try:
        value = date(year, month, day)
    except ValueError:
        raise BadDate("That day does not exist. Look at day and month again.") from None
    if value > today:
        raise BadDate("That date lies in the future.")
    if value.year < today.year - OLDEST_YEARS:
        raise BadDate("That is more than 120 years ago. Look at the year again.")
    return value


def _parts(text: str) -> tuple[int, int, int] | None:
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{2,4})", text):
        return int(match[3]), int(match[1]), int(match[2])
    if match := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2,4})", text):
        return int(match[3]), int(match[2]), int(match[1])
    words = text.replace(",", " ").replace(".", " ").replace(" de ", " ").split()
    if len(words) == 3:
        if words[0].isdecimal() and words[1][:3] in _MONTHS and words[2].isdecimal():
            return int(words[2]), _MONTHS[words[1][:3]], int(words[0])
        if words[0][:3] in _MONTHS and words[1].isdecimal() and words[2].isdecimal():
            return int(words[2]), _MONTHS[words[0][:3]], int(words[1])
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


def numbers_like(values: Iterable[str]) -> list[str]:
    """Return the folded numbers, each once."""
    return sorted({fold_contact("phone", value) for value in values if value})
