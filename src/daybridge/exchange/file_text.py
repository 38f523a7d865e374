"""From the bytes of a file to rows of cells: what it is, its encoding, its separator. Pure."""

import csv
import io
import re

SEPARATORS = (",", ";", "\t")
_SAVE = "In the spreadsheet choose “CSV UTF-8” when saving."
_KINDS = {
    b"PK\x03\x04": "This is a workbook, not a CSV file.",
    b"\xd0\xcf\x11\xe0": "This is an old Excel workbook, not a CSV file.",
    b"%PDF": "This is a PDF, not a CSV file.",
}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT = 200


class Unreadable(ValueError):
    """The file as a whole can't be used; the row where it shows, and what to do."""

    def __init__(self, words: str, *, row: int = 1) -> None:
        super().__init__(words)
        self.row = row


def decode(content: bytes) -> str:
    """Return the text of a file: UTF-8 with or without its mark, or UTF-16 with its mark.

    Other encodings are not guessed: a wrong guess spoils names without a word.
    """
    for beginning, words in _KINDS.items():
        if content.startswith(beginning):
            raise Unreadable(f"{words} {_SAVE}")
    try:
        if content[:2] in _UTF16_MARKS:
            return content.decode("utf-16")
        if b"\0" in content[:_LOOKED_AT] and content[:_LOOKED_AT].count(b"\0") > 1:
            raise Unreadable(f"The file is UTF-16 without its mark. {_SAVE}")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(_not_utf8(content, error), row=_row_of(content, error)) from None


def _row_of(content: bytes, error: UnicodeDecodeError) -> int:
    return content[: error.start].count(b"\n") + 1 if error.encoding == "utf-8" else 1


def _not_utf8(content: bytes, error: UnicodeDecodeError) -> str:
    """Name the place, and the word as Windows would read it: people know it again."""
    if error.encoding != "utf-8":
        return f"The file is UTF-16 and cut off. {_SAVE}"
    around = content[max(0, error.start - 30) : error.start + 30].decode("cp1252", "replace")
    word = next((w for w in re.findall(r"[^\s,;\"]+", around) if not w.isascii()), "")
    shown = f" It looks like an older Windows file: “{word}”." if word else ""
    return f"This row is not UTF-8.{shown} {_SAVE}"


def rows(content: bytes) -> list[list[str]]:
    """Return the cells of a file, row by row; the first row names the columns."""
    words = decode(content)
    if not words.strip():
        raise Unreadable("The file is empty. Its first line names the columns.")
    first = words.splitlines()[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(words, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise Unreadable(f"A quotation mark is wrong: {error}. Save the file again as CSV.") from None
