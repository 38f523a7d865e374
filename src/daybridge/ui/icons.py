"""Icons: Tabler's outline drawings (MIT), read from node_modules and put into the page.

An icon in the page needs no request, takes the colour of its text and stays sharp in print.
One is about 300 bytes before compression. The files themselves are never committed.
"""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

OUTLINE = Path("@tabler/icons/icons/outline")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_FRAME = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')


class UnknownIcon(LookupError):
    """No Tabler icon has this name."""


def icon_dir() -> Path:
    """Return the folder with one svg file per icon."""
    return Path(settings.NODE_MODULES) / OUTLINE


def icon_body(name: str) -> str:
    """Return what stands inside the icon's <svg> element.

    A missing icon stops a developer or a test (setting ICONS_STRICT, by default DEBUG);
    in the clinic the word beside it still stands, so the page goes on without it.
    """
    try:
        return _read(icon_dir(), name)
    except UnknownIcon:
        if getattr(settings, "ICONS_STRICT", settings.DEBUG):
            raise
        return ""


@lru_cache(maxsize=512)
def _read(folder: Path, name: str) -> str:
    if not _NAME.fullmatch(name):
        raise UnknownIcon(name)
    try:
        text = (folder / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UnknownIcon(name) from None
    found = _BODY.search(text)
    if found is None:
        raise UnknownIcon(name)
    return re.sub(r"\s*\n\s*", "", _FRAME.sub("", found[1])).strip()
