"""The team decides in which stage of treatment a client is."""

from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.placement.commands import NotYet
from daybridge.care.placement.models import Stay
from daybridge.care.placement.models_stage import StagePeriod
from daybridge.care.placement.rules_stages import STAGES
from daybridge.kernel import text


@command(Can.CHANGE_STAY)
def decide_stage(actor: Actor, /, *, client_id: int, stage: int, why: str, at: datetime) -> int:
    """Write the stage that the team has decided on; the former one stays in the history."""
    if stage not in STAGES:
        raise NotYet("Choose one of the four stages.")
    words = text.tidy(why)
    if not words:
        raise NotYet("Write why, and who decided it: a client moves by a decision, never by the calendar.")
    stay = Stay.objects.select_for_update(no_key=True).get(client_id=client_id, ended_at=None)
    now = StagePeriod.objects.filter(stay=stay, until_at=None)
    if now.filter(stage=stage).exists():
        raise NotYet("They are in that stage already.")
    now.update(until_at=at)
    return StagePeriod.objects.create(
        client_id=client_id, stay=stay, stage=stage, why=words, from_at=at, decided_by_id=actor.user_id or 0,
    ).pk
