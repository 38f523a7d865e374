"""Say who may join a group."""

from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.schedule.models_joining import SeriesJoining
from daybridge.care.schedule.rules import Joining


@command(Can.MANAGE_GROUPS)
def say_who_may_join(actor: Actor, /, *, series_id: int, rules: Joining, at: datetime) -> None:
    """Write what a group asks from now on. Who is in it already stays in it."""
    SeriesJoining.objects.update_or_create(series_id=series_id, defaults={
        "stages": sorted(rules.stages), "dual_only": rules.dual_only, "closed_after": rules.closed_after,
        "video_link": rules.video_link})
