"""Taking a withdrawal scale; what is critical opens an alert the moment it is saved."""

from collections.abc import Mapping
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.instruments.rules_shape import OutOfSet
from daybridge.care.medical import scales
from daybridge.care.medical.commands import NotPossible
from daybridge.care.medical.models import Scale, Struck
from daybridge.clinic.tasks.commands import open_alert
from daybridge.kernel import text


@command(Can.RECORD_MEDICAL)
def record_scale(
    actor: Actor, /, *, client_id: int, kind: str, points: Mapping[str, int],
    seen_at: datetime | None = None, at: datetime,
) -> int:
    """Write down the points of a scale; with an item not looked at it has no total.

    The alert goes to whoever takes it first, within the minutes the scale's file says.
    """
    when = seen_at or at
    if when > at:
        raise NotPossible("The scale lies in the future. Give the time it was taken.")
    if not points:
        raise NotPossible("Give the points of at least one item.")
    try:
        scored = scales.score(kind, points)
    except OutOfSet as error:
        raise NotPossible(str(error)) from error
    row = Scale.objects.create(
        client_id=client_id, kind=kind, points=dict(points), total=scored.total, band=scored.band,
        scored_by=scored.scorer, seen_at=when, by_id=actor.user_id, entered_at=at,
    )
    if scored.critical:
        gravest = min(scored.critical, key=lambda one: one.minutes)
        open_alert(
            actor, client_id=client_id, title="Withdrawal: a physician now",
            why=" ".join(step for one in scored.critical for step in one.steps),
            clock_minutes=gravest.minutes, source_kind="withdrawal scale", source_id=str(row.pk), at=at,
        )
    return row.pk


@command(Can.RECORD_MEDICAL)
def strike_scale(actor: Actor, /, *, client_id: int, scale_id: int, why: str, at: datetime) -> None:
    """Say that a scale was entered by mistake: it no longer counts, and stays on record."""
    words = text.tidy(why)[:200]
    if not words:
        raise NotPossible("Say in a few words why it was a mistake.")
    row = Scale.objects.get(pk=scale_id, client_id=client_id)
    if not Struck.objects.filter(scale=row).exists():
        Struck.objects.create(client_id=client_id, scale=row, why=words, by_id=actor.user_id, entered_at=at)
