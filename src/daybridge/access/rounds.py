"""Do the background jobs run? Asked by pages that would else call nothing a good sign."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.access import memory
from daybridge.access.round import Round


@dataclass(frozen=True, slots=True)
class Late:
    """A job that should have ended again: its name, its last end (None: it never ran)."""

    name: str
    since: datetime | None


def ended(name: str, *, at: datetime, late_at: datetime) -> None:
    """Note that a job has come to its end; in the transaction of its work."""
    Round.objects.update_or_create(name=name, defaults={"ended_at": at, "late_at": late_at})


def late(name: str, *, at: datetime) -> Late | None:
    """Return since when what this job finds is not known; None when it is known."""
    row = _known().get(name)
    if row is None:
        return Late(name, None)
    return Late(name, row.ended_at) if is_late(row.ended_at, row.late_at, at) else None


def standing_still(*, at: datetime) -> list[Late]:
    """Return every job that ran once and is late, the longest first."""
    rows = [row for row in _known().values() if is_late(row.ended_at, row.late_at, at)]
    return [Late(row.name, row.ended_at) for row in sorted(rows, key=lambda row: row.ended_at)]


def is_late(ended_at: datetime, late_at: datetime, at: datetime) -> bool:
    """Tell whether a job is late, also when the clock has been set back since."""
    return at > late_at or at < ended_at - (late_at - ended_at)


def _known() -> dict[str, Round]:
    return memory.once("rounds", lambda: {row.name: row for row in Round.objects.all()})
