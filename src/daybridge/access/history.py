"""Row history, kept by database triggers: bulk writes and raw SQL are caught too."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def keeps_history() -> Callable[[M], M]:
    """Keep each former state of a row when it changes or goes."""
    tracked: Callable[[M], M] = pghistory.track(
        pghistory.UpdateEvent("before_change", row=pghistory.Old),
        pghistory.DeleteEvent("before_removal", row=pghistory.Old),
        append_only=True,
    )
    return tracked
