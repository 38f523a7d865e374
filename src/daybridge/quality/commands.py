"""Freezing the months that are over."""

from datetime import date, datetime
from math import isfinite
from zoneinfo import ZoneInfo

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.schedule.queries import zone
from daybridge.quality.listing import EVERYTHING
from daybridge.quality.measure import Measure
from daybridge.quality.models import FrozenValue
from daybridge.quality.trend import of_month
from daybridge.quality.windows import freezes_at, month_before


@command(Can.FREEZE_MEASURES)
def freeze(actor: Actor, /, *, at: datetime) -> int:
    """Freeze last month's value of every measure, from its fifth day on; twice is once.

    Runs every day, so that a machine that slept on the fifth day catches up.
    """
    here = zone(actor)
    month = month_before(at.astimezone(here).date())
    if at < freezes_at(month, here):
        return 0
    done = set(FrozenValue.objects.filter(month=month).values_list("measure", flat=True))
    rows = [
        _row(actor, one, month, here, at)
        for kept in EVERYTHING for one in kept.figures
        if one.read and not one.is_state and one.id not in done
    ]
    FrozenValue.objects.bulk_create(rows)
    return len(rows)


def _row(actor: Actor, one: Measure, month: date, here: ZoneInfo, at: datetime) -> FrozenValue:
    found = of_month(actor, one, month, here)
    low, high = found.interval or (None, None)
    share = found.share
    return FrozenValue(
        measure=one.id, version=one.version, month=month, value=_finite(found.value),
        low=_finite(low), high=_finite(high), numerator=share.numerator if share else None,
        denominator=found.cases, frozen_at=at,
    )


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None
