"""Letters from templates: only what the consent names is filled in, gaps are shown to the writer.

A template is a file of `data/letters`: paragraphs with `{fields}`, in English and Spanish. Every
field is bound to a data class. A paragraph stands only when the consent covers each of its fields
and the record holds a value for each. Adding a letter takes one file.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from daybridge.access.policy import DataClass
from daybridge.documents.rules import IMPLIED, Kind

HOME = Path(__file__).parent / "data" / "letters"
TYPST = Path(__file__).parent / "data" / "letter.typ"
FIELD = re.compile(r"\{(\w+)\}")
D = DataClass

# field: (its data class, what it is called to the writer)
FIELDS: dict[str, tuple[DataClass, str]] = {
    "name": (D.NAME, "the name"),
    "legal_name": (D.IDENTITY, "the legal name"),
    "born": (D.IDENTITY, "the date of birth"),
    "admitted": (D.STAY, "the first day"),
    "level": (D.STAY, "the level of care"),
    "ended": (D.STAY, "the last day"),
    "first": (D.ATTENDANCE, "the first day of the count"),
    "last": (D.ATTENDANCE, "the last day of the count"),
    "came": (D.ATTENDANCE, "sessions the client came to"),
    "planned": (D.ATTENDANCE, "sessions in that time"),
    "hours": (D.ATTENDANCE, "hours present"),
    "times": (D.SCHEDULE, "the times to come in the next days"),
    "goals": (D.PLAN, "the goals of the plan"),
    "reasons": (D.ASSESSMENT, "the client's own reasons"),
}
NOT_CONSENTED = "the consent does not name it"
NOT_RECORDED = "nothing is on record"


@dataclass(frozen=True, slots=True)
class Letter:
    """A template: number, title and paragraphs by language, for which recipients."""

    number: int
    titles: Mapping[str, str]
    paragraphs: tuple[Mapping[str, str], ...]
    kinds: frozenset[Kind]

    @property
    def title(self) -> str:
        """Return the title for staff."""
        return self.titles["en"]


@dataclass(frozen=True, slots=True)
class Filled:
    """A letter with its values: the paragraphs that stand, the classes in it, the gaps."""

    title: str
    paragraphs: tuple[str, ...]
    classes: frozenset[DataClass]
    gaps: tuple[tuple[str, tuple[str, ...]], ...]  # why, and what is left out for it


class BadTemplate(ValueError):
    """A letter's file can't be used; the message names file and fault."""


@lru_cache(maxsize=1)
def letters() -> dict[int, Letter]:
    """Return the letters, each checked; a file with a fault is named."""
    found = {}
    for path in sorted(HOME.glob("*.toml")):
        one = read(path.name, path.read_text())
        found[one.number] = one
    return found


def read(name: str, text: str) -> Letter:
    """Read a letter's file, or say what is wrong with it."""
    try:
        data = tomllib.loads(text)
        one = Letter(
            int(data["number"]), data["title"], tuple(data["paragraph"]),
            frozenset(Kind(kind) for kind in data["kinds"]),
        )
        texts = [paragraph[language] for paragraph in one.paragraphs for language in ("en", "es")]
        _ = one.titles["en"], one.titles["es"]
    except (KeyError, TypeError, ValueError) as error:
        raise BadTemplate(f"{name}: {error}") from None
    unknown = {field for words in texts for field in FIELD.findall(words)} - set(FIELDS)
    if unknown:
        raise BadTemplate(f"{name}: no such field: {', '.join(sorted(unknown))}")
    return one


def classes_of(letter: Letter) -> frozenset[DataClass]:
    """Return every data class that a letter can hold."""
    return frozenset(
        FIELDS[field][0] for words in letter.paragraphs for field in FIELD.findall(words["en"]))


def fill(
    letter: Letter, values: Mapping[str, str], allowed: frozenset[DataClass], language: str
) -> Filled:
    """Fill in what the consent allows and the record holds; the rest becomes a gap."""
    allowed |= IMPLIED
    stand, used, gaps = [], set(IMPLIED), dict[str, str]()
    for paragraph in letter.paragraphs:
        words = paragraph[language]
        lacking = {}
        for field in FIELD.findall(words):
            data, _ = FIELDS[field]
            if data not in allowed:
                lacking[field] = NOT_CONSENTED
            elif not values.get(field):
                lacking[field] = NOT_RECORDED
        if lacking:
            gaps |= lacking
            continue
        used |= {FIELDS[field][0] for field in FIELD.findall(words)}
        stand.append(FIELD.sub(lambda match: values[match[1]], words))
    return Filled(
        letter.titles[language], tuple(stand), frozenset(used),
        tuple((why, tuple(FIELDS[field][1] for field in gaps if gaps[field] == why))
              for why in dict.fromkeys(gaps.values())),
    )
