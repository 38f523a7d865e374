"""What changed between two versions of a plan: added, changed word by word, removed.

Problems and objectives are known again by their keys, so that moving one up is no change.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


class Change(StrEnum):
    """How one thing of the newer version stands to the older."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    SAME = "unchanged"


class Piece(NamedTuple):
    """Some words and whether both versions have them."""

    change: Change
    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """One labelled text of both versions, word by word."""

    label: str
    change: Change
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """A problem or an objective as it is compared: its key, labelled texts, what it holds."""

    key: str
    texts: Mapping[str, str]
    parts: Sequence["Thing"] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """A problem or an objective of either version, and what became of it."""

    key: str
    change: Change
    texts: tuple[Words, ...]
    parts: tuple["Changed", ...]


def by_words(old: str, new: str) -> tuple[Piece, ...]:
    """Return both texts as pieces: what both have, what is gone, what is new."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(Change.SAME, "".join(before[a:b])))
            continue
        found += [Piece(change, words) for change, words in (
            (Change.REMOVED, "".join(before[a:b])), (Change.ADDED, "".join(after[c:d]))) if words]
    return tuple(found)


def compare(old: Sequence[Thing], new: Sequence[Thing]) -> tuple[Changed, ...]:
    """Return every thing of both versions: the newer one's order, then what is gone."""
    before = {one.key: one for one in old}
    now = {one.key for one in new}
    return (*(_against(before.get(one.key), one) for one in new),
            *(_against(one, None) for one in old if one.key not in now))


def _against(old: Thing | None, new: Thing | None) -> Changed:
    texts = _texts(old.texts if old else {}, new.texts if new else {})
    parts = compare(old.parts if old else (), new.parts if new else ())
    one = new or old
    if one is None:
        raise ValueError("One of both versions has it.")
    if old is None or new is None:
        change = Change.ADDED if old is None else Change.REMOVED
    else:
        same = {one.change for one in texts} | {one.change for one in parts} <= {Change.SAME}
        change = Change.SAME if same else Change.CHANGED
    return Changed(one.key, change, texts, parts)


def _texts(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Words, ...]:
    found = []
    for label in dict.fromkeys([*new, *old]):
        before, after = old.get(label, ""), new.get(label, "")
        if not before and not after:
            continue
        change = Change.SAME if before == after else (
            Change.ADDED if not before else Change.CHANGED if after else Change.REMOVED)
        found.append(Words(label, change, by_words(before, after)))
    return tuple(found)
