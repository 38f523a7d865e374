"""How many years of school a page asks for: Flesch-Kincaid by textstat.

textstat would load a word list from the internet to count syllables; here they are counted by
groups of vowels, which for short everyday words comes out the same and needs no network.
"""

import re

from textstat.backend.counts import _count_syllables
from textstat.backend.metrics import flesch_kincaid_grade

ENDS = re.compile(r"[.?!:]$")
SILENT_END = re.compile(r"(?:[^laeiouy]es|(?<![td])ed|[^l]e)$")
GROUP = re.compile(r"[aeiouy]+")


class Syllables:
    """Stands where textstat expects its dictionary of sounds: one mark for each syllable."""

    def __getitem__(self, word: str) -> list[list[str]]:
        plain = re.sub(r"[^a-z]", "", word.lower())
        found = len(GROUP.findall(plain)) - bool(len(plain) > 3 and SILENT_END.search(plain))
        return [["1"] * max(found, 1)]


_count_syllables.get_cmudict = lambda lang: Syllables() if lang.startswith("en") else None


def sentences(texts: list[str]) -> str:
    """Join a page's pieces; what has no end of its own is a sentence all the same."""
    return " ".join(text if ENDS.search(text) else f"{text}." for text in texts)


def grade(texts: list[str]) -> float:
    """Return the grade of a page."""
    return float(flesch_kincaid_grade(sentences(texts), "en_US"))
