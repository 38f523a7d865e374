"""What a demo clinic says while its story is still being loaded.

One line in a file beside the demo database (`DATABASE.filling`): the process that lives the
story writes it, every page may read it. A real database has no such file.
"""

from contextlib import suppress
from pathlib import Path

from django.conf import settings


def tell(words: str) -> None:
    """Say how far the loading has come."""
    _path().write_text(words)


def forget() -> None:
    """Say nothing more: the story is up to now, or nobody is loading it."""
    _path().unlink(missing_ok=True)


def words() -> str:
    """Return how far the loading has come; empty when nothing is loading."""
    if settings.DAYBRIDGE.kind != "demo":
        return ""
    with suppress(OSError):
        return _path().read_text()
    return ""


def _path() -> Path:
    config = settings.DAYBRIDGE
    home: Path = config.home
    return home / f"{config.database}.filling"
