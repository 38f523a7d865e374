"""The rules' results as the client reads them: plain, about me, in my language."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from daybridge.care.placement.words import STRONG, Weighed

RECOMMENDED = {
    "incomplete": _("No advice yet: we have not talked about all of it"),
    "withdrawal_management": _("Come off drugs or drink with care first"),
    "emergency": _("Help right now, in an emergency room"),
    "outpatient": _("Some sessions a week"),
    "iop": _("Day programme, home every evening"),
    "php": _("Full days (partial hospital)"),
    "residential": _("Live in (residential)"),
}
AREAS = {
    "W": _("Coming off drugs or drink"), "B": _("My body and my health"),
    "M": _("My mood and my thoughts"), "R": _("What I want and what is in the way"),
    "C": _("The pull to use"), "E": _("My home"),
}
NEEDS = {2: _("I need some help"), 3: _("I need a lot of help"), 4: _("I need help now")}
FLAGS = {
    "step_down": _("I just came out of full-time care"),
    "residential_unavailable": _("I can't live in: cost, work or family"),
    "dual_diagnosis": _("My mood or mind needs care too"),
    "repeated_relapse": _("I tried before and went back to use"),
    "daily_stress": _("I have a lot of stress each day"),
    "domestic_issues": _("There is trouble at home"),
    "weak_support": _("I have few people to lean on"),
    "low_confidence": _("I doubt that I can do it"),
    "severe_unstable_comorbidity": _("My mood or mind is not steady now"),
    "toxic_environment": _("My home is not safe for me"),
    "imminent_danger": _("I am in danger now"),
    "complicated_withdrawal_history": _("I was very ill when I stopped before"),
    "safe_housing": _("I have a bed in a recovery home"),
    "php_unavailable": _("I can't come for full days"),
    "pregnant_opioid": _("I am pregnant"),
}
COMES_WITH = {
    "motivational_enhancement": _("Talks about what I want"),
    "assertive_outreach": _("We call you and come to you"),
    "family_and_housing_services": _("Help with family and a home"),
    "integrated_psychiatric_care": _("A doctor for mood and mind"),
    "medical_review": _("A doctor looks first"),
    "maud_moud_with_obstetrics_no_taper": _("Medicine that is safe for you and the baby"),
    "enhanced_hours_12_20": _("12 to 20 hours a week"),
    "unmet_need_escalate": _("We keep looking for a bed each day"),
}


def weigh_for_me(
    recommended: str, ratings: dict[str, int | None], flags: tuple[str, ...],
    modifiers: tuple[str, ...],
) -> Weighed:
    """Say the same as `weigh`, without ratings and names of rules."""
    rated = {
        area: f"{gettext(title)}: {gettext(NEEDS[rating])}"
        for area, title in AREAS.items() if (rating := ratings.get(area) or 0) >= STRONG
    }
    home = [rated.pop("E")] if "E" in rated else []
    missing = [gettext(FLAGS[flag]) for flag in flags if "unavailable" in flag and flag in FLAGS]
    named = [gettext(FLAGS[flag]) for flag in flags if "unavailable" not in flag and flag in FLAGS]
    return Weighed(
        gettext(RECOMMENDED[recommended]), (*rated.values(), *named), (*home, *missing),
        tuple(gettext(COMES_WITH[one]) for one in modifiers if one in COMES_WITH),
    )
