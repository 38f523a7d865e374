"""The corpus of nasty strings (tests/data/nasty.json)."""

import json
from pathlib import Path
from urllib.parse import quote_plus

ALWAYS = ("long text", "nul", "right to left and zero width", "html", "only spaces", "newlines")


def _text(entry: str | dict) -> str:
    return entry if isinstance(entry, str) else entry["repeat"] * entry["times"]


CORPUS = {
    name: _text(entry)
    for name, entry in json.loads(
        (Path(__file__).parents[1] / "data" / "nasty.json").read_text()
    ).items()
}
OTHERS = [name for name in CORPUS if name not in ALWAYS]


def chosen(number: int, how_many: int) -> list[str]:
    """Return the strings for the n-th form: those every form meets, and a share of the rest."""
    start = number * how_many
    return [*ALWAYS, *(OTHERS[(start + i) % len(OTHERS)] for i in range(how_many))]


def body(fields: list[tuple[str, str]]) -> bytes:
    """Return a form's body as a browser (or somebody with a script) sends it."""
    return "&".join(
        f"{quote_plus(name)}={quote_plus(value.encode('utf-8', 'surrogatepass'))}"
        for name, value in fields
    ).encode()
