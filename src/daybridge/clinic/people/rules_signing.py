"""Whose notes need a second signature, and whose it is (S2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

# Licence kinds of people in training: they work under supervision and others sign with them.
# Source: own, from memory; states differ, so a programme also says it person by person.
TRAINEE_KINDS = frozenset((
    "cadc-i", "cadc-t", "casac-t", "lmsw", "lpc-a", "lpca", "lpc-i", "mhc-lp", "lmft-a", "amft",
    "apcc", "asw", "intern", "trainee", "student",
))


@dataclass(frozen=True, slots=True)
class Held:
    """A licence's kind and days, both included."""

    kind: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Signing:
    """What decides on a second signature: licences, credential, and what the supervisor said."""

    licences: tuple[Held, ...]
    credential: str = ""
    supervisor_signs: bool = False


def is_trainee_kind(kind: str) -> bool:
    """Tell whether a licence or credential is one of training."""
    return kind.strip().casefold() in TRAINEE_KINDS


def holds_own_licence(licences: Sequence[Held], day: date) -> bool:
    """Tell whether somebody holds a licence that day which lets them practise by themselves."""
    return any(
        one.first <= day <= one.last and not is_trainee_kind(one.kind) for one in licences
    )


def needs_cosign(who: Signing, day: date) -> bool:
    """Tell whether a note written that day needs a second signature.

    Yes when the supervisor signs for this person, and when licence or credential is one of
    training, unless a licence of their own is valid that day.
    """
    if who.supervisor_signs:
        return True
    in_training = is_trainee_kind(who.credential) or any(
        one.first <= day <= one.last and is_trainee_kind(one.kind) for one in who.licences
    )
    return in_training and not holds_own_licence(who.licences, day)
