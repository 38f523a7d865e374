"""Say who may join a group, and how many."""

from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.schedule.commands import DoesNotFit
from daybridge.care.schedule.models import Occurrence, Series
from daybridge.care.schedule.models_joining import SeriesJoining
from daybridge.care.schedule.queries import all_series, zone
from daybridge.care.schedule.rules import Joining


@command(Can.MANAGE_GROUPS)
def say_who_may_join(actor: Actor, /, *, series_id: int, rules: Joining, at: datetime) -> None:
    """Write what a group asks from now on. Who is in it already stays in it."""
    SeriesJoining.objects.update_or_create(series_id=series_id, defaults={
        "stages": sorted(rules.stages), "dual_only": rules.dual_only, "closed_after": rules.closed_after,
        "video_link": rules.video_link})


@command(Can.MANAGE_GROUPS)
def change_seats(actor: Actor, /, *, series_id: int, capacity: int, at: datetime) -> None:
    """Give a group more or fewer seats from now on; nobody who has one loses it."""
    today = at.astimezone(zone(actor)).date()
    row = next(one for one in all_series(actor, on=today) if one.series_id == series_id)
    if capacity < row.members:
        raise DoesNotFit(f"{row.members} people have a place in it. End places first, or keep more seats.")
    Series.objects.filter(pk=series_id).update(capacity=capacity)
    Occurrence.objects.filter(series_id=series_id, state="planned", day__gte=today).update(capacity=capacity)
