"""The rules' results in plain words, for and against. Pure."""

from dataclasses import dataclass

from daybridge.care.assessment.rules import ANCHORS, AREAS, BENEFITS, OTHER_FLAGS, UNSUITED
from daybridge.clinic.programme.rules import LEVELS

RECOMMENDED = {
    "incomplete": "No suggestion yet: an area is not rated",
    "withdrawal_management": "Withdrawal management first",
    "emergency": "Emergency care now",
    **{code: level.title for code, level in LEVELS.items()},
}
MODIFIERS = {
    "motivational_enhancement": "Work on motivation",
    "assertive_outreach": "Reach out actively",
    "family_and_housing_services": "Family and housing services",
    "integrated_psychiatric_care": "Psychiatric care in the programme",
    "medical_review": "Medical look first",
    "maud_moud_with_obstetrics_no_taper": "Medicine with obstetrics, no taper",
    "enhanced_hours_12_20": "12 to 20 hours a week",
    "unmet_need_escalate": "The indicated level stays open: look every day",
}
OPTIONS = (
    ("iop", "Day programme, home every evening", "9 h a week and more, usually three days"),
    ("php", "Full days (partial hospital)", "20 h a week and more, home every evening"),
    ("residential", "Live in (residential)", "Day and night, a bed elsewhere"),
    ("outpatient", "Some sessions a week", "Less than 9 h a week"),
)
STRONG = 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """What speaks for the suggestion and what against it, in words."""

    headline: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    comes_with: tuple[str, ...]


def weigh(
    recommended: str, ratings: dict[str, int | None], flags: tuple[str, ...],
    modifiers: tuple[str, ...],
) -> Weighed:
    """Say in words why the rules suggest this, and what makes it hard."""
    titles = {**BENEFITS, **UNSUITED, **OTHER_FLAGS}
    named = [titles[flag] for flag in flags if flag in titles and "unavailable" not in flag]
    rated = [
        f"{AREAS[area]}: {ANCHORS[area][rating].lower()}"
        for area in AREAS if (rating := ratings.get(area)) is not None and rating >= STRONG
    ]
    harder = [line for line in rated if line.startswith(AREAS["E"])]
    missing = [titles[flag] for flag in flags if "unavailable" in flag and flag in titles]
    return Weighed(
        RECOMMENDED.get(recommended, recommended),
        (*[line for line in rated if line not in harder], *named),
        (*harder, *missing),
        tuple(MODIFIERS.get(one, one) for one in modifiers),
    )
