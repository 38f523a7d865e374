"""The alliance check: filled by the client alone (P04)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.instruments.commands_sheet import ALLIANCE
from daybridge.clinic.tasks.commands import open_task

TALK_ABOUT = {"talk_about_it", "below_36_discuss"}
TALK_WITHIN = timedelta(days=7)


@command(Can.FILL_ALLIANCE)
def begin_check(
    actor: Actor, /, *, client_id: int, name: str, language: str, at: datetime
) -> int:
    """Begin the check, or go on with the one begun."""
    return ALLIANCE.begin(actor, client_id=client_id, name=name, language=language, by="self",
                          mode="screen", at=at)


@command(Can.FILL_ALLIANCE)
def answer_check(
    actor: Actor, /, *, client_id: int, response_id: int, item: str, typed: Sequence[str],
    version: int, at: datetime,
) -> None:
    """Save one answer (nothing typed: skipped)."""
    ALLIANCE.hear(actor, client_id=client_id, response_id=response_id, item=item, typed=typed,
                  version=version, at=at)


@command(Can.FILL_ALLIANCE)
def finish_check(actor: Actor, /, *, client_id: int, response_id: int, at: datetime) -> None:
    """Finish the check. A low line opens a task that says no more than "ask"."""
    scored = ALLIANCE.end(actor, client_id=client_id, response_id=response_id, at=at)
    if scored.flags or scored.band in TALK_ABOUT:
        open_task(
            actor, client_id=client_id, title="Ask how it is going",
            why="What would make this more useful? Talk about it within 7 days.",
            due_at=at + TALK_WITHIN, source_kind="instruments.alliance",
            source_id=str(client_id), assignee_user_id=None, at=at,
        )


@command(Can.FILL_ALLIANCE)
def set_check_aside(actor: Actor, /, *, client_id: int, response_id: int, at: datetime) -> None:
    """Set a begun check aside."""
    ALLIANCE.set_aside(actor, client_id=client_id, response_id=response_id, at=at)
