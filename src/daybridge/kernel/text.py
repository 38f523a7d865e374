"""Text as people type it: tidied for storing, folded for searching.

Nothing is lost that a person meant: accents, apostrophes and right-to-left letters stay.
Invisible characters that hide a name from a search are left out of the search words only.
"""

import unicodedata

from confusable_homoglyphs import confusables

_INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Cn"}
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'", "‘": "'"})
_WHOLE_LETTERS = str.maketrans(  # letters of names whose stroke is no accent to Unicode
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
    }
)


def tidy(text: str) -> str:
    """Return one line without NUL, doubled spaces or spaces at the ends."""
    return " ".join(text.replace("\0", "").split())


def tidy_lines(text: str) -> str:
    """Return several lines without NUL and spaces at the ends."""
    return "\n".join(line.rstrip() for line in text.replace("\0", "").splitlines()).strip()


def fold(text: str) -> str:
    """Return text for comparing: no case, no accents, no invisible characters."""
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    kept = (
        letter
        for letter in unicodedata.normalize("NFKD", plain)
        if unicodedata.category(letter) not in _INVISIBLE
        and not unicodedata.combining(letter)
    )
    return "".join(kept).translate(_APOSTROPHES).translate(_WHOLE_LETTERS)


def words(text: str) -> list[str]:
    """Return the folded words of a name, each once; O'Brien is found as obrien and brien."""
    found: dict[str, None] = {}
    spaced = "".join(
        " " if unicodedata.category(c) == "Zs" or c in "\n\t\r" else c for c in text
    )
    for word in fold(spaced).split():
        parts = [part for part in _split(word) if part]
        for piece in ("".join(parts), *(parts if len(parts) > 1 else [])):
            if piece:
                found.setdefault(piece[:255], None)
    return list(found)


def _split(word: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in word).split()


def skeleton(word: str) -> str:
    """Return how a word looks: Cyrillic а and Latin a are the same, and so are l, 1 and I."""
    looks = []
    for letter in fold(word):
        found = confusables.is_confusable(letter, greedy=True)
        twins = [twin["c"] for twin in found[0]["homoglyphs"]] if found else []
        latin = [twin for twin in twins if len(twin) == 1 and twin.isascii()]
        looks.append(letter if letter.isascii() else min(latin, default=letter).casefold())
    return "".join(looks).translate(str.maketrans("1|0", "llo"))
