"""The initial evaluation: criteria counted, areas rated, what is still missing (S1, W1, W2).

DSM-5 criteria in our own words: diagnosis is a clinician's act, the tool proposes. The six
areas are our own aid, not the ASAM Criteria. Source: INSTRUMENTS.md 1 and 2.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SCORER_VERSION = 1
OUTSIDE_VALID = timedelta(days=30)

CRITERIA = (
    "Took more, or for longer, than intended",
    "Wants to cut down, or tried and did not manage",
    "Much time goes to getting, using or getting over it",
    "Craving, a strong urge",
    "Duties at work, school or home not met because of use",
    "Goes on although it causes or worsens trouble with people",
    "Gave up or reduced activities that matter",
    "Uses where it is physically dangerous",
    "Goes on knowing that it causes or worsens a bodily or mental problem",
    "Needs more for the same effect (tolerance)",
    "Withdrawal, or uses to avoid it",
)
TOLERANCE, WITHDRAWAL = 9, 10
SUBSTANCES = {
    "alcohol": "Alcohol",
    "opioid": "Opioids",
    "cannabis": "Cannabis",
    "sedative": "Sedatives",
    "cocaine": "Cocaine",
    "stimulant": "Amphetamines and other stimulants",
    "hallucinogen": "Hallucinogens",
    "inhalant": "Inhalants",
    "other": "Other",
}
PRESCRIBABLE = frozenset({"opioid", "sedative", "stimulant"})
NO_WITHDRAWAL = frozenset({"inhalant", "hallucinogen"})


class Severity(StrEnum):
    """Bands of the criteria count (DSM-5)."""

    NONE = "none"
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


AREAS = {
    "W": "Intoxication and withdrawal",
    "B": "Body and health",
    "M": "Emotion, behaviour, thinking",
    "R": "Readiness, wishes and barriers",
    "C": "Chance of use",
    "E": "Home and surroundings",
}
ANCHORS = {
    "W": (
        "None, none expected",
        "Mild discomfort, no treatment",
        "Likely or moderate; manageable at home with daily checks and a sober adult",
        "Marked, or high chance of complication; monitoring day and night",
        "Life at risk now",
    ),
    "B": (
        "Well",
        "Stable condition under care",
        "Active problem, planned medical visits",
        "Nurse or doctor most days",
        "Needs hospital now",
    ),
    "M": (
        "Steady",
        "Mild, no effect on attending",
        "Clear symptoms; can take part, safe between sessions",
        "Symptoms break daily life or taking part; daily contact needed",
        "Danger, or unable to care for self",
    ),
    "R": (
        "Wants it, plan in hand",
        "Willing, some doubts",
        "Mixed, attends if barriers go",
        "Sees no problem; attends under pressure",
        "Wants none of it",
    ),
    "C": (
        "Skills used, long stretches without use",
        "Occasional urges, copes",
        "Lapses likely without structure",
        "Uses most weeks in spite of care",
        "Can't stay off between contacts, with serious danger",
    ),
    "E": (
        "Supportive",
        "Mostly supportive",
        "Little support or some strain",
        "Use, conflict or instability at home",
        "Abuse, dealing, no safe place",
    ),
}
BENEFITS = {
    "step_down": "Just released from residential treatment or partial hospital",
    "residential_unavailable": "Needs intensive treatment, can't afford or attend residential",
    "dual_diagnosis": "A mental disorder beside substance use",
    "repeated_relapse": "Several attempts and returns to use",
    "daily_stress": "Heavy daily stress",
    "domestic_issues": "Serious trouble at home: abuse, others who use, no work",
    "weak_support": "No established social support",
    "low_confidence": "Little confidence in own recovery",
}
UNSUITED = {
    "severe_unstable_comorbidity": "Very severe, unstable mental disorder",
    "toxic_environment": "Extremely toxic environment",
}
OTHER_FLAGS = {
    "imminent_danger": "In imminent danger",
    "complicated_withdrawal_history": "Seizure or delirium in an earlier withdrawal",
    "safe_housing": "A bed in a recovery residence is confirmed",
    "php_unavailable": "Can't attend partial hospital",
    "pregnant_opioid": "Pregnant, with opioid use disorder",
}
NEED_DOMAINS = (
    "use",
    "medical",
    "mental",
    "family",
    "legal",
    "work",
    "housing",
    "culture and language",
    "trauma",
    "food",
    "transport",
)
FULL = 4


@dataclass(frozen=True, slots=True)
class State:
    """What an evaluation holds so far: what has been answered."""

    rated_substances: Collection[str]
    medical_answered: bool
    mental_answered: bool
    areas: Mapping[str, int | None]
    criteria: Mapping[str, str]


def counted(substance: str, met: Collection[int], *, as_prescribed: bool) -> int:
    """Count the criteria met (0 to 11).

    Tolerance and withdrawal don't count for a medicine taken as prescribed; withdrawal does
    not exist for inhalants and hallucinogens.
    """
    counting = set(met) & set(range(len(CRITERIA)))
    if as_prescribed and substance in PRESCRIBABLE:
        counting -= {TOLERANCE, WITHDRAWAL}
    if substance in NO_WITHDRAWAL:
        counting -= {WITHDRAWAL}
    return len(counting)


def severity(count: int) -> Severity:
    """Return the band: 0-1 none, 2-3 mild, 4-5 moderate, 6 and more severe."""
    if not 0 <= count <= len(CRITERIA):
        raise ValueError(f"0 to {len(CRITERIA)} criteria, not {count}")
    if count < 2:
        return Severity.NONE
    if count < 4:
        return Severity.MILD
    return Severity.MODERATE if count < 6 else Severity.SEVERE


def missing(state: State) -> list[tuple[str, str]]:
    """Return what S1 still lacks: the section to open, and the words; empty when complete."""
    lacks = []
    if not state.rated_substances:
        lacks.append(("substances", "Severity: no substance is rated yet"))
    if not state.medical_answered:
        lacks.append(("medical", "Medical conditions: not answered yet"))
    if not state.mental_answered:
        lacks.append(("mental", "Mental conditions: not answered yet"))
    lacks += [
        ("areas", f"{title}: not rated yet")
        for area, title in AREAS.items()
        if state.areas.get(area) is None
    ]
    lacks += [
        ("criteria", f"{title}: not answered yet")
        for key, title in {**BENEFITS, **UNSUITED}.items()
        if not state.criteria.get(key)
    ]
    return lacks


def emergencies(
    areas: Mapping[str, int | None], *, in_danger: bool, self_harm: bool
) -> list[str]:
    """Return what calls for emergency steps now, in words."""
    found = [f"{AREAS[area]} is rated 4" for area in "WBM" if areas.get(area) == FULL]
    if in_danger:
        found.append("In imminent danger")
    if self_harm:
        found.append("Thoughts of self-harm")
    return found


def may_take_over(evaluated_on: date, today: date) -> bool:
    """Tell whether an outside evaluation is recent enough (30 days) to be taken over."""
    return timedelta() <= today - evaluated_on <= OUTSIDE_VALID


def why_not_take_over(evaluated_on: date, today: date, *, reviewed: bool) -> list[str]:
    """Return why an outside evaluation can't be taken over; empty when it can (S1)."""
    reasons = []
    if evaluated_on > today:
        reasons.append("Its date lies in the future.")
    elif not may_take_over(evaluated_on, today):
        reasons.append("It is older than 30 days: evaluate again.")
    if not reviewed:
        reasons.append("A licensed person here has not looked at it yet.")
    return reasons
