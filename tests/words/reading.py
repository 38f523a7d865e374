"""What a page says: every text that is seen or read out, piece by piece."""

import re
from html.parser import HTMLParser

SAID = {"aria-label", "title", "placeholder", "alt", "label"}
NOT_WORDS = {"data-key", "data-draft", "data-person", "data-initials", "data-theme-choice", "data-theme-set",
             "data-bs-theme", "data-form", "data-allauth-onload"}
SILENT = {"script", "style", "svg"}
VOID = {"meta", "link", "input", "img", "br", "hr", "wbr", "path"}


class Reader(HTMLParser):
    """Collects the texts of a page in order; what is in another language is marked so."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self.texts: list[tuple[str, str]] = []  # (language, text)
        self.stack: list[tuple[str, str]] = []  # (tag, language)
        self.silent = 0

    @property
    def language(self) -> str:
        """Return the language of the place that is read."""
        return self.stack[-1][1] if self.stack else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read what stands in attributes, and go in."""
        known = {name: value or "" for name, value in attrs}
        language = known.get("lang", self.language)
        for name, value in known.items():
            if name in SAID or (name.startswith("data-") and name not in NOT_WORDS):
                self._say(language, value)
            if name == "value" and tag == "input" and known.get("type") in {"submit", "button"}:
                self._say(language, value)
        if tag in VOID:
            return
        self.stack.append((tag, language))
        self.silent += tag in SILENT

    def handle_endtag(self, tag: str) -> None:
        """Go out, also of what was left open inside."""
        while any(tag == one for one, _ in self.stack):
            last, _ = self.stack.pop()
            self.silent -= last in SILENT
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        """Read a text."""
        if not self.silent:
            self._say(self.language, data)

    def _say(self, language: str, text: str) -> None:
        tidy = " ".join(text.split())
        if re.search(r"[^\W\d_]{2}", tidy):
            self.texts.append((language, tidy))


def texts(page: str) -> list[tuple[str, str]]:
    """Return (language, text) of everything a page says."""
    reader = Reader()
    reader.feed(page)
    return reader.texts
