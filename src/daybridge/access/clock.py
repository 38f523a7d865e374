"""The one clock of the gate.

In a demo database, and only there, the clock is the demo's own: the story's entry
times are then true to the story. Everywhere else it is the time of day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.conf import settings
from django.utils import timezone

_demo_time: ContextVar[datetime | None] = ContextVar("demo_time", default=None)


def now() -> datetime:
    """Return the moment of this request, job or step of the demo's story (UTC)."""
    return _demo_time.get() or _story_clock() or timezone.now()


def _story_clock() -> datetime | None:
    """Return the moment at which a demo's clock stands still, if somebody has stopped it.

    A file beside a demo database (`DATABASE.clock`) holds it: for tests and for teaching. A
    real database has no such file, and PostgreSQL refuses an identity from another time.
    """
    config = settings.DAYBRIDGE
    if config.kind != "demo":
        return None
    try:
        text = (config.home / f"{config.database}.clock").read_text()
    except OSError:
        return None
    return datetime.fromisoformat(text.strip())


@contextmanager
def demo_time(moment: datetime) -> Iterator[None]:
    """Let the demo's story take place at this moment.

    The caller (ops.demo) has made sure that the database is a demo database;
    the database itself refuses a back-dated identity anywhere else.
    """
    token = _demo_time.set(moment)
    try:
        yield
    finally:
        _demo_time.reset(token)
