"""The programme's choices: what can be set, its unit, default and source; levels of care.

A default stands until the programme enters its own value with a source and a date; nobody
has looked at a default until somebody qualified says so (`looked_at_by`).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import available_timezones

from daybridge.clinic.programme.choices_referrals import REFERRALS


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing the programme may set: meaning, unit, allowed range, default and its source."""

    key: str
    meaning: str
    unit: str
    default: int
    lowest: int
    highest: int
    source: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level of care: hours a day and a week, both ends included; None = no bound."""

    code: str
    title: str
    plain_title: str
    day_hours: tuple[Decimal | None, Decimal | None]
    week_hours: tuple[Decimal | None, Decimal | None]
    prescribed_hours: Decimal
    source: str


_MISSION = "MISSION L1-L3: joint policy statement on intensive outpatient programmes"
_H = Decimal

LEVELS = {
    level.code: level
    for level in (
        Level(
            "outpatient",
            "Outpatient",
            "Some sessions a week",
            (_H(2), _H(3)),
            (None, _H("8.9")),
            _H(3),
            _MISSION,
        ),
        Level(
            "iop",
            "Intensive outpatient (IOP)",
            "Day programme, home every evening",
            (_H(3), _H("5.9")),
            (_H(6), _H(30)),
            _H(9),
            _MISSION,
        ),
        Level(
            "php",
            "Partial hospital (PHP)",
            "Full days",
            (_H(6), None),
            (_H(20), None),
            _H(20),
            f"{_MISSION}; 20 h: payers' level 2.5 (from memory)",
        ),
        Level(
            "residential",
            "Residential",
            "Live in",
            (_H(4), _H(6)),
            (None, None),
            _H(28),
            _MISSION,
        ),
    )
}
PROGRAMME_LEVELS = ("outpatient", "iop", "php")

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

CHOICES = {
    choice.key: choice
    for choice in (
        Choice(
            "iop_week_hours",
            "Contact hours a week that IOP stands for",
            "hours",
            9,
            6,
            30,
            "Tradition: three 3-hour sessions; SAMHSA Advisory 2021 (at least 9 for adults)",
        ),
        Choice(
            "php_day_hours",
            "A day with this many hours is PHP",
            "hours",
            6,
            4,
            10,
            _MISSION,
        ),
        Choice(
            "breaks_count",
            "Breaks of up to 10 minutes an hour count (1) or not (0)",
            "yes or no",
            1,
            0,
            1,
            "Own default; payers differ",
        ),
        Choice(
            "grace_minutes",
            "Minutes of grace at a session's edges",
            "minutes",
            5,
            0,
            15,
            "Own default",
        ),
        Choice(
            "week_starts_on",
            "First day of the week (0 = Monday)",
            "weekday",
            0,
            0,
            6,
            "Own default",
        ),
        Choice(
            "full_plan_days",
            "Full plan signed after admission",
            "days",
            7,
            1,
            30,
            "Own; Washington, Nebraska, Ohio differ",
        ),
        Choice(
            "plan_review_days",
            "Plan looked at again",
            "days",
            30,
            7,
            90,
            "Washington, Nebraska: 30 days",
        ),
        Choice(
            "group_size",
            "Clients in a counselling group",
            "clients",
            12,
            4,
            20,
            "States 12-16 (from memory)",
        ),
        Choice(
            "caseload",
            "Clients a counsellor at IOP",
            "clients",
            15,
            5,
            40,
            "States 15-35 (from memory)",
        ),
        Choice("idle_minutes", "Minutes until the screen locks", "minutes", 10, 2, 30, "Own default"),
        Choice(
            "silent_days",
            "Days without a presence after which a stay counts as ended",
            "days",
            14,
            7,
            30,
            "Own; MEASURES L5",
        ),
        Choice(
            "interim_hours",
            "Interim help while waiting",
            "hours",
            48,
            4,
            120,
            "45 CFR 96.126 for injecting and pregnant people, for all here (own)",
        ),
        Choice(
            "quiet_from",
            "No text messages from this hour",
            "hour",
            21,
            18,
            23,
            "47 CFR 64.1200(c)(1): no calls after 21:00 where the person is",
        ),
        Choice(
            "quiet_until",
            "No text messages until this hour",
            "hour",
            8,
            6,
            10,
            "47 CFR 64.1200(c)(1): no calls before 8:00 where the person is",
        ),
        Choice(
            "adult_from",
            "Adults are people from this age",
            "years",
            18,
            16,
            21,
            "Own default; 42 CFR 2.14 refers to state law",
        ),
        Choice(
            "payer_days",
            "An authorisation is flagged this long before it ends",
            "days",
            14,
            3,
            60,
            "Own default",
        ),
        *(Choice(*line) for line in REFERRALS),
        Choice("payer_units", "An authorisation is flagged when this many units are left",
               "units", 6, 1, 30, "Own default"),
        Choice("stay_days", "The normal stay", "days", 90, 28, 365, "NIDA principles; MISSION L5"),
        Choice("note_hours", "An individual note is signed after the session", "hours", 24, 4, 168,
               "Own default; Washington: before the next session of its type"),
        Choice("cosign_hours", "A note that needs it is co-signed after its signature", "hours", 72, 12,
               336, "Own default; billing waits for both"),
        Choice("cosign_sample", "Of every 100 notes of licensed staff, a supervisor reads", "notes", 10,
               0, 100, "Own default; all notes of trainees are read"),
        Choice("es_texts_read", "The Spanish texts were read by a named person (1) or not (0)",
               "yes or no", 0, 0, 1, "Drafted by machine; counts once somebody has looked at it"),
    )
}


class OutOfRange(ValueError):
    """The value is not one the programme may set."""


def choice(key: str) -> Choice:
    """Return what may be set under this key."""
    if key not in CHOICES:
        raise OutOfRange(f"There is no setting called {key}.")
    return CHOICES[key]


def check_value(key: str, value: int) -> int:
    """Return the value, or say which values are allowed."""
    found = choice(key)
    if not found.lowest <= value <= found.highest:
        raise OutOfRange(
            f"{found.meaning}: {found.lowest} to {found.highest} {found.unit}, not {value}."
        )
    return value


def value_on(day: date, history: list[tuple[date, int]], key: str) -> int:
    """Return the value in force on a day: the newest not later than it, or the default."""
    in_force = [(start, value) for start, value in history if start <= day]
    return max(in_force)[1] if in_force else CHOICES[key].default


def is_zone(name: str) -> bool:
    """Tell whether the world knows this time zone."""
    return name in available_timezones()


def word(key: str, value: int) -> str:
    """Return a value as people say it: a weekday by name, a switch as yes or no."""
    unit = choice(key).unit
    if unit == "weekday":
        return WEEKDAYS[value]
    if unit == "yes or no":
        return "yes" if value else "no"
    return f"{value}:00" if unit == "hour" else f"{value} {unit}"
