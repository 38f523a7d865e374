"""A single session of Maria that says on what it stands: known to those who may read her plan."""

from datetime import timedelta
from typing import Any


def plant(cast: Any, client_id: int, word: str) -> int:
    """Book a session three weeks on and say, with the canary's word, why it stands on no practice."""
    from daybridge.care.schedule.commands import book_single
    from daybridge.care.schedule.commands_practice import name_session_practice
    from tests import story

    one = book_single(
        cast.helen, client_id=client_id, leader_id=cast.nora.user_id or 0, room_id=cast.rooms["Office 3"],
        service="individual", starts_at=story.local(story.WEEK + timedelta(days=22), 16), minutes=30,
        at=story.MON,
    )
    name_session_practice(cast.nora, client_id=client_id, occurrence_id=one, why_none=word, at=story.MON)
    return one
