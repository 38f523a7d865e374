"""What a note needs, when it is due, who reads it besides its author."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
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
    GROUP = "group"
    COUNSELLING = "counselling"


TITLES = {
    Kind.INDIVIDUAL: "Individual session", Kind.FAMILY: "Family session",
    Kind.PEER: "Session with a peer", Kind.MEDICAL: "Medical visit", Kind.PHONE: "Phone contact",
    Kind.CRISIS: "Crisis contact", Kind.GROUP: "Group session",
    Kind.COUNSELLING: "Counselling note, kept apart",
}
SECTION_TITLES = {
    Section.DATA: "Data", Section.ASSESSMENT: "Assessment", Section.RESPONSE: "Response",
    Section.PLAN: "Plan",
}
# services of a session that one note documents; a group has a shared part and a line each
KIND_OF_SERVICE = {
    "individual": Kind.INDIVIDUAL, "family": Kind.FAMILY, "family_without_client": Kind.FAMILY,
    "peer": Kind.PEER, "medical": Kind.MEDICAL,
}
GROUP_SERVICES = frozenset({"group", "education"})
PARTICIPATION = (
    ("active", "took an active part"), ("listened", "listened, spoke when asked"),
    ("held_back", "held back"), ("supported", "needed support"),
)
AWAY = "Did not attend."
_LETTERS = re.compile(r"[^\W\d_]+")
_PARTICLES = frozenset({"de", "del", "la", "las", "los", "da", "dos", "van", "von", "der", "san"})
# names that are words as well: only with a capital letter, like names of two letters
_ALSO_WORDS = frozenset({
    "april", "art", "bill", "carol", "dawn", "faith", "grace", "hope", "joy", "june", "mark", "may", "rose",
    "will", "angel", "cruz", "luz", "paz", "rosa", "sol", "blanca", "page", "young", "long", "rich", "pat"})
_SHORTEST_NAME, _SHORT_NAME = 2, 3  # letters
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


def names_in(line: str, others: Iterable[str]) -> list[str]:
    """Return the names of other members that a line holds, as they were typed, each once.

    Each part of a name counts, with or without accents, in small letters too, and with an s behind it;
    two letters, or what is a word as well ("will"), only with a capital. Rather one flag too many:
    the author can say that somebody else is meant. Nicknames that nobody wrote down are not known.
    """
    known = {part for name in others for part in name_parts(name)}
    words = _LETTERS.findall(_composed(line))
    return list(dict.fromkeys(word for word in words if _is_name(word, known)))


def name_parts(name: str) -> set[str]:
    """Return the parts of a name by which somebody is known, in small letters without accents."""
    parts = {plain(word) for word in _LETTERS.findall(_composed(name))}
    return {part for part in parts if len(part) >= _SHORTEST_NAME} - _PARTICLES


def _is_name(word: str, known: set[str]) -> bool:
    for part in (plain(word), plain(word).removesuffix("s")):
        needs_capital = len(part) < _SHORT_NAME or part in _ALSO_WORDS
        if part in known and (word[:1].isupper() or not needs_capital):
            return True
    return False


def _composed(text: str) -> str:
    """Return a text in which a letter and its accent are one."""
    return unicodedata.normalize("NFKC", text)


def plain(word: str) -> str:
    """Return a word in small letters without its accents."""
    split = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))


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
