"""The eleven answers of one substance, counted; a missing answer is never guessed.

DSM-5 criteria in our own words; the tool proposes, a licensed person signs. Source:
INSTRUMENTS.md 0 (missing items) and 1 (dsm5_sud).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from daybridge.care.assessment.rules import (
    CRITERIA,
    NO_WITHDRAWAL,
    PRESCRIBABLE,
    TOLERANCE,
    WITHDRAWAL,
    Severity,
    counted,
    severity,
)


class Met(StrEnum):
    """The answer to one criterion."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"
    NOT_ASKED = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """What the answers come to; count and band are None while an answer is missing."""

    count: int | None
    band: Severity | None
    missing: tuple[int, ...]

    @property
    def status(self) -> str:
        """Return "complete" or "incomplete"."""
        return "incomplete" if self.missing else "complete"


def exempt(substance: str, *, as_prescribed: bool) -> frozenset[int]:
    """Return the places (0 to 10) of criteria that don't count for this substance.

    Tolerance and withdrawal under a medicine taken as prescribed; withdrawal from inhalants
    and hallucinogens.
    """
    places = (
        {TOLERANCE, WITHDRAWAL} if as_prescribed and substance in PRESCRIBABLE else set()
    )
    return frozenset(places | ({WITHDRAWAL} if substance in NO_WITHDRAWAL else set()))


def score(substance: str, answers: Sequence[str], *, as_prescribed: bool) -> Scored:
    """Return count and band of eleven answers, in the order of CRITERIA.

    A value outside the set or a wrong number of answers is refused. Not known and not asked
    leave the score open, unless the criterion does not count anyway.
    """
    if len(answers) != len(CRITERIA):
        raise ValueError(f"{len(CRITERIA)} answers are needed, not {len(answers)}.")
    given = [Met(answer) for answer in answers]
    skipped = exempt(substance, as_prescribed=as_prescribed)
    missing = tuple(
        place
        for place, answer in enumerate(given)
        if answer in {Met.NOT_KNOWN, Met.NOT_ASKED} and place not in skipped
    )
    if missing:
        return Scored(None, None, missing)
    met = [place for place, answer in enumerate(given) if answer is Met.YES]
    count = counted(substance, met, as_prescribed=as_prescribed)
    return Scored(count, severity(count), ())
