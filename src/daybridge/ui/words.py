"""Small pieces of wording that templates ask for."""

import re
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

_TITLES = {"dr", "mr", "mrs", "ms", "mx", "prof"}

STAFF = {"full": "D j M, H:i", "date": "D j M", "time": "H:i"}
CLIENT = {
    "en": {"full": "l, F j, g:i A", "date": "l, F j", "time": "g:i A"},
    "es": {"full": r"l j \d\e F, g:i A", "date": r"l j \d\e F", "time": "g:i A"},
}

# A letter promised by UX.md wins; the others take their first free letter.
_PROMISED = {"Today": "t", "Clients": "c", "Hours": "h", "Principles": "p"}


def initials(name: str) -> str:
    """Return one or two capitals: first and last word, without a title before the name."""
    words = [w for w in re.findall(r"\w+", name) if w.lower() not in _TITLES]
    ends = dict.fromkeys((words[0], words[-1])) if words else ["?"]
    return "".join(word[0].upper() for word in ends)


def shielded(name: str, born: date | None = None) -> str:
    """Return initials and birth day ("M.D. 14"), for a screen that others can see."""
    letters = "".join(f"{letter}." for letter in initials(name))
    return f"{letters} {born.day}" if born else letters


def hours(minutes: float) -> str:
    """Return minutes as hours with one decimal and the unit: 165 is "2.8 h"."""
    return f"{minutes / 60:.1f} h"


def moment(value: date, *, part: str, client: bool, this_year: int) -> str:
    """Return a day or a moment in words; the year only if it is another one."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if not isinstance(value, datetime):
        part = "date"
    spoken = CLIENT.get(get_language() or "en", CLIENT["en"])
    pattern = (spoken if client else STAFF)[part]
    if part != "time" and value.year != this_year:
        pattern = pattern.replace("F j", "F j, Y").replace("j M", "j M Y")
        pattern = pattern.replace(r"\d\e F", r"\d\e F \d\e Y")
    return date_format(value, pattern)


def navigation_keys(labels: list[str]) -> list[str]:
    """Return one letter per label, pressed after g; no letter twice."""
    taken = {_PROMISED[label] for label in labels if label in _PROMISED}
    keys = []
    for label in labels:
        letters = [c for c in label.lower() if c.isascii() and c.isalpha()]
        key = _PROMISED.get(label) or next((c for c in letters if c not in taken), "")
        taken.add(key)
        keys.append(key)
    return keys
