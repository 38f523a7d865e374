"""What to do at once when an evaluation finds an emergency. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Emergency:
    """What was found and the first steps, in words for staff."""

    key: str
    title: str
    steps: str
    minutes: int


STEPS = {
    "W": Emergency("W", "Withdrawal or intoxication rated 4: life at risk now",
                   "Call 911. Stay with the person. Naloxone if opioids are possible. Tell the "
                   "physician on call which substance, how much and when.", 5),
    "B": Emergency("B", "Body and health rated 4: needs a hospital now",
                   "Call 911. Stay with the person. Have medicines and allergies at hand. "
                   "Tell the physician on call.", 5),
    "M": Emergency("M", "Emotion, behaviour, thinking rated 4: danger, or unable to care for self",
                   "Don't leave the person alone. 988 is at hand; 911 if life is at risk. A "
                   "clinician and the physician on call come now.", 5),
    "imminent_danger": Emergency("imminent_danger", "In imminent danger",
                                 "Stay with the person. Call 911 if life is at risk. Bring them to "
                                 "a safe room and tell the on-call clinician.", 5),
    "self_harm": Emergency("self_harm", "Thoughts of self-harm",
                           "Don't leave the person alone. Ask about plan and means. 988 is at "
                           "hand; 911 if life is at risk. A clinician talks with them now.", 5),
}
AREAS_WITH_EMERGENCIES = frozenset("WBM")


def of_area(area: str, rating: int, before: int | None) -> list[Emergency]:
    """Return the emergency that a rating newly shows, if it does."""
    is_new = rating == 4 and before != 4  # noqa: PLR2004 - the top of the scale
    return [STEPS[area]] if is_new and area in AREAS_WITH_EMERGENCIES else []


def of_answer(key: str, answer: str, before: str) -> list[Emergency]:
    """Return the emergency that an answer newly shows, if it does."""
    return [STEPS[key]] if key in STEPS and answer == "yes" and before != "yes" else []
