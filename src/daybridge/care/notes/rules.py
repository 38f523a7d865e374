"""What a note needs, when it is due, who reads it besides its author."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class Section(StrEnum):
    """The four lines of a progress note, in their order."""

    DATA = "data"
    ASSESSMENT = "assessment"
    RESPONSE = "response"
    PLAN = "plan"


class Kind(StrEnum):
    """What a note is about."""

    INDIVIDUAL = "individual"
    FAMILY = "family"
    PEER = "peer"
    MEDICAL = "medical"
    PHONE = "phone"
    CRISIS = "crisis"
    COUNSELLING = "counselling"


TITLES = {
    Kind.INDIVIDUAL: "Individual session", Kind.FAMILY: "Family session",
    Kind.PEER: "Session with a peer", Kind.MEDICAL: "Medical visit", Kind.PHONE: "Phone contact",
    Kind.CRISIS: "Crisis contact", Kind.COUNSELLING: "Counselling note, kept apart",
}
SECTION_TITLES = {
    Section.DATA: "Data", Section.ASSESSMENT: "Assessment", Section.RESPONSE: "Response",
    Section.PLAN: "Plan",
}
# services of a session that a note of its own documents; group notes are another matter
KIND_OF_SERVICE = {
    "individual": Kind.INDIVIDUAL, "family": Kind.FAMILY, "family_without_client": Kind.FAMILY,
    "peer": Kind.PEER, "medical": Kind.MEDICAL,
}
CONTACTS = (Kind.PHONE, Kind.CRISIS, Kind.INDIVIDUAL, Kind.FAMILY, Kind.PEER, Kind.MEDICAL)
SESSION = "session-"  # how the editor names a session, before its id
TRAINEE, SAMPLE = "trainee", "sample"
COPIED_FROM = 40  # letters: shorter lines are alike by chance
MACRO_NAME = re.compile(r"[a-z][a-z0-9]{0,23}")
_MACRO = re.compile(r"(?<![\w.])\.([a-z][a-z0-9]{0,23})(?![\w])")
_HASH_RANGE = 16**12


def lacks(texts: Mapping[str, str]) -> list[str]:
    """Return what a note still needs before it is signed, in words."""
    if not texts.get(Section.DATA, "").strip():
        return ["Write what happened (data). Then sign."]
    return []


def due_at(over_at: datetime, hours: int) -> datetime:
    """Return until when a note is signed: so many hours after the session or contact."""
    return over_at + timedelta(hours=hours)


def is_overdue(due: datetime, now: datetime) -> bool:
    """Tell whether a note, or a co-signature, is late."""
    return now > due


def is_late_entry(over_at: datetime, begun_at: datetime, hours: int) -> bool:
    """Tell whether a note was begun after it was due: it then shows both times."""
    return begun_at > due_at(over_at, hours)


def in_sample(seed: str, note_id: int, percent: int) -> bool:
    """Tell whether a supervisor reads this note: the same note always gets the same answer.

    The seed is secret, so that nobody knows beforehand which of their notes is read.
    """
    digest = hashlib.sha256(f"{seed}:note:{note_id}".encode()).hexdigest()
    return int(digest[:12], 16) * 100 < percent * _HASH_RANGE


def why_cosigned(*, licensed: bool, sampled: bool) -> str:
    """Return why somebody else signs too ("" when nobody does)."""
    if not licensed:
        return TRAINEE
    return SAMPLE if sampled else ""


def expand(text: str, macros: Mapping[str, str]) -> str:
    """Write out each `.name` that stands alone; unknown names stay as they were typed.

    A macro inside a macro is not written out: what one sees is what one wrote.
    """
    return _MACRO.sub(lambda found: macros.get(found[1], found[0]), text)


def is_copy(text: str, former: str) -> bool:
    """Tell whether a line says the same as a former one, spaces aside."""
    mine, theirs = " ".join(text.split()), " ".join(former.split())
    return len(mine) >= COPIED_FROM and mine == theirs
