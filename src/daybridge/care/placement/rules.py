"""Where treatment could take place: the rule table of the six-area aid, with its reasons.

Not the ASAM Criteria, and not validated: thresholds are our own proposal, which a physician
of the programme approves (rule set version). It recommends and explains; it never decides
(W3). Readiness never changes the level (P02). Source: INSTRUMENTS.md, section 2.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

RULE_SET = "six-area aid, version 1"
AREAS = ("W", "B", "M", "R", "C", "E")
PENDING = "pending_joint_decision"


class Level(StrEnum):
    """What the table can answer, from lightest to most urgent; incomplete is no level."""

    INCOMPLETE = "incomplete"
    OUTPATIENT = "outpatient"
    IOP = "iop"
    PHP = "php"
    RESIDENTIAL = "residential"
    WITHDRAWAL = "withdrawal_management"
    EMERGENCY = "emergency"


INTENSITY = {level: rank for rank, level in enumerate(Level)}
BENEFIT_FLAGS = (
    "dual_diagnosis",
    "daily_stress",
    "domestic_issues",
    "weak_support",
    "low_confidence",
)
FLAGS = frozenset(
    (
        "imminent_danger",
        "complicated_withdrawal_history",
        "severe_unstable_comorbidity",
        "toxic_environment",
        "safe_housing",
        "residential_unavailable",
        "php_unavailable",
        "pregnant_opioid",
        "step_down",
        "repeated_relapse",
        *BENEFIT_FLAGS,
    )
)


class BadInput(ValueError):
    """The ratings or flags can't be used; the message names which and what is allowed."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Ratings 0 to 4 of the six areas (None = not rated) and flags."""

    ratings: Mapping[str, int | None]
    flags: frozenset[str]

    def rating(self, area: str) -> int:
        """Return the rating of an area (0 when it is not rated: check first)."""
        return self.ratings.get(area) or 0

    @property
    def home(self) -> int:
        """Return E', the home as it counts: a confirmed recovery bed turns 3-4 into 2.

        Who answered that the environment is extremely toxic (W2) has said a 4.
        """
        raw = 4 if "toxic_environment" in self.flags else self.rating("E")
        return 2 if "safe_housing" in self.flags and raw >= 3 else raw

    @property
    def benefits(self) -> int:
        """Count the five other benefit flags of W1."""
        return sum(flag in self.flags for flag in BENEFIT_FLAGS)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the table says: recommended may differ from indicated when that can't be had."""

    recommended: Level
    indicated: Level
    reasons: tuple[str, ...]
    modifiers: tuple[str, ...]
    unsuited: bool
    decision: str = PENDING


def situation(ratings: Mapping[str, object], flags: Iterable[object]) -> Situation:
    """Check what was typed in and return it; unknown names and values are refused."""
    unknown = sorted(set(ratings) - set(AREAS))
    if unknown:
        raise BadInput(
            f"There is no area called {', '.join(map(str, unknown))}: use {' '.join(AREAS)}."
        )
    rated: dict[str, int | None] = {}
    for area in AREAS:
        value = ratings.get(area)
        if value is None:
            rated[area] = None
        elif type(value) is int and 0 <= value <= 4:
            rated[area] = value
        else:
            raise BadInput(f"Area {area} is rated 0 to 4, not {value!r}.")
    named = list(flags)
    strange = [flag for flag in named if not isinstance(flag, str) or flag not in FLAGS]
    if strange:
        raise BadInput(f"There is no flag called {', '.join(map(str, strange))}.")
    return Situation(rated, frozenset(map(str, named)))


def recommend(ratings: Mapping[str, object], flags: Iterable[object]) -> Recommendation:
    """Return what the rules suggest, with the reasons and what should come with it."""
    now = situation(ratings, flags)
    indicated, rule, locked = _indicated(now)
    recommended, substitutions, extra = _attainable(now, indicated, locked=locked)
    comes_first = indicated in {Level.EMERGENCY, Level.INCOMPLETE}  # before anything else
    return Recommendation(
        recommended=recommended,
        indicated=indicated,
        reasons=(rule, *substitutions),
        modifiers=() if comes_first else (*_modifiers(now), *extra),
        unsuited=locked,
    )


def _indicated(now: Situation) -> tuple[Level, str, bool]:
    """Return the first rule that holds: level, reason, and whether it is locked (W2)."""
    if "imminent_danger" in now.flags:
        return Level.EMERGENCY, "A0 imminent danger", False
    beyond = [area for area in "WBM" if now.rating(area) == 4]
    if beyond:
        return Level.EMERGENCY, f"A1 {beyond[0]}=4", False
    if any(now.ratings.get(area) is None for area in AREAS):
        return Level.INCOMPLETE, "A2 area not rated", False
    level, rule = _by_safety(now)
    if level is not None:
        return level, rule, level is Level.RESIDENTIAL
    return *_by_need(now), False


def _by_safety(now: Situation) -> tuple[Level | None, str]:
    """Return what must come before need: withdrawal, and the signs of W2."""
    w, complicated = now.rating("W"), "complicated_withdrawal_history" in now.flags
    if w == 3 or (w == 2 and complicated):
        return Level.WITHDRAWAL, "A3"
    if "severe_unstable_comorbidity" in now.flags:
        return Level.RESIDENTIAL, "A4 W2: very severe co-occurring disorder"
    if now.home == 4:
        return Level.RESIDENTIAL, "A5 W2: extremely toxic environment"
    return None, ""


def _by_need(now: Situation) -> tuple[Level, str]:
    chance, home = now.rating("C"), now.home
    table = (
        (chance == 4 and home == 3, Level.RESIDENTIAL, "A6 C=4 with E=3"),
        (now.rating("M") == 3, Level.PHP, "A7 M=3"),
        (now.rating("B") == 3, Level.PHP, "A8 B=3"),
        (chance == 4, Level.PHP, "A9 C=4"),
        (chance == 3 and home == 3, Level.PHP, "A10 C=3 with E=3"),
        (now.rating("W") == 2, Level.PHP, "A11 W=2"),
        (max(now.rating("M"), chance, home) >= 2, Level.IOP, "A12 M, C or E >=2"),
        (
            not now.flags.isdisjoint({"step_down", "repeated_relapse"}),
            Level.IOP,
            "A13 step-down or repeated relapse",
        ),
        (now.benefits >= 2, Level.IOP, "A14 two or more W1 criteria"),
    )
    for holds, level, rule in table:
        if holds:
            return level, rule
    return Level.OUTPATIENT, "A15 default"


def _attainable(
    now: Situation, indicated: Level, *, locked: bool
) -> tuple[Level, tuple[str, ...], tuple[str, ...]]:
    """Return the nearest level that can be had (U1, U2); never silently lighter."""
    level, why, extra = indicated, [], []
    if level is Level.RESIDENTIAL and "residential_unavailable" in now.flags:
        if locked:
            return level, (), ("unmet_need_escalate",)
        level = Level.PHP
        why.append("U1 residential not attainable")
    if level is Level.PHP and "php_unavailable" in now.flags:
        if now.rating("M") < 3 and now.rating("B") < 3 and now.rating("W") < 2:
            level = Level.IOP
            why.append("U2 PHP not attainable")
            extra.append("enhanced_hours_12_20")
            if now.rating("C") == 4:
                extra.append("unmet_need_escalate")
        else:
            extra.append("unmet_need_escalate")
    return level, tuple(why), tuple(extra)


def _modifiers(now: Situation) -> tuple[str, ...]:
    table = (
        (now.rating("R") >= 2, "motivational_enhancement"),
        (now.rating("R") >= 3, "assertive_outreach"),
        (now.rating("E") >= 2, "family_and_housing_services"),
        (
            now.rating("M") >= 2 or "dual_diagnosis" in now.flags,
            "integrated_psychiatric_care",
        ),
        (now.rating("W") >= 1 or now.rating("B") >= 2, "medical_review"),
        ("pregnant_opioid" in now.flags, "maud_moud_with_obstetrics_no_taper"),
    )
    return tuple(name for holds, name in table if holds)


@dataclass(frozen=True, slots=True)
class Limits:
    """The day, and when an authorisation is flagged: days before its end, units left."""

    on: date
    days: int
    units: int


def runs_out(units: int, used: int, until: date | None, limits: Limits) -> tuple[str, ...]:
    """Return why an authorisation needs a look, in words; no units means they are not counted."""
    words = []
    if until is not None:
        days = (until - limits.on).days
        if days < 0:
            words.append("is over")
        elif days <= limits.days:
            words.append("ends today" if days == 0 else f"ends in {days} {_plural('day', days)}")
    left = max(0, units - used)
    if units and left <= limits.units:
        words.append("no units left" if left == 0 else f"{left} {_plural('unit', left)} left")
    return tuple(words)


def _plural(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"
