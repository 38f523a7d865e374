"""All instruments: read from their files once, each checked; a bad file is named, the rest works."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from daybridge.care.instruments.definition import BadDefinition, instrument
from daybridge.care.instruments.rules_shape import Instrument, Item, Option

FOLDER = Path(__file__).parent / "data"
LARGEST_FILE = 1_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file, and where in it."""

    file: str
    words: str

    def __str__(self) -> str:
        return f"{self.file}: {self.words}"


@dataclass(frozen=True, slots=True)
class Library:
    """The instruments that can be used, and what is wrong with the others."""

    instruments: Mapping[str, Instrument]
    problems: tuple[Problem, ...]

    def get(self, name: str) -> Instrument:
        """Return an instrument by its name or another name of it; KeyError when there is none."""
        if name in self.instruments:
            return self.instruments[name]
        for found in self.instruments.values():
            if name in found.aliases:
                return found
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Pack:
    """Words of a published form in one language, with where they come from (sha256)."""

    instrument: str
    language: str
    source: str
    digest: str
    copyright: str
    items: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]


@cache
def load() -> Library:
    """Return the library that ships with the program."""
    return read(sorted(FOLDER.glob("*.json")))


def read(paths: Iterable[Path]) -> Library:
    """Read definition files; each mistake is kept with the file's name."""
    found: dict[str, Instrument] = {}
    problems: list[Problem] = []
    taken: set[str] = set()
    for path in paths:
        try:
            one = read_one(path)
        except BadDefinition as error:
            problems += [Problem(path.name, words) for words in error.problems]
            continue
        names = {one.name, *one.aliases}
        if names & taken:
            problems.append(Problem(path.name, f"the name {one.name} is taken"))
            continue
        taken |= names
        found[one.name] = one
    return Library(found, tuple(problems))


def read_one(path: Path) -> Instrument:
    """Read one definition file; raise BadDefinition with every mistake in it."""
    found = instrument(_json(path))
    if found.name != path.stem:
        raise BadDefinition([f"name: must be {path.stem}, like the file"])
    return found


def questionnaire(name: str) -> dict[str, Any]:
    """Return the FHIR R4 Questionnaire of an instrument, without our scoring."""
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    content.pop("daybridge")
    return content


def with_text(instrument: Instrument, pack: Pack) -> Instrument:
    """Return the instrument with the published words of one language in place of our labels."""
    items = tuple(_with_words(item, pack) for item in instrument.items)
    languages = {**instrument.languages, pack.language: "published"}
    return replace(instrument, items=items, languages=languages, pack_digest=pack.digest)


def _with_words(item: Item, pack: Pack) -> Item:
    if item.link_id not in pack.items:
        return item
    labels = pack.options.get(item.link_id, {})
    options = tuple(_with_label(option, labels, pack.language) for option in item.options)
    words = {**item.words, pack.language: pack.items[item.link_id]}
    full_in = item.full_in | {pack.language}
    return replace(item, words=words, options=options, full_in=full_in)


def _with_label(option: Option, labels: Mapping[str, str], language: str) -> Option:
    label = labels.get(str(option.value))
    return option if label is None else replace(option, words={**option.words, language: label})


def _json(path: Path) -> object:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadDefinition([f"the file: larger than {LARGEST_FILE} bytes"])
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadDefinition([f"the file: {error.strerror or error}"]) from None
    except (ValueError, RecursionError) as error:
        if isinstance(error, BadDefinition):
            raise
        raise BadDefinition([f"the file: is not JSON in UTF-8 ({error})"]) from None
