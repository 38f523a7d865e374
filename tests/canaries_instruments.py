"""Forms of Maria for the canary data: one that she filled, one begun, an alliance check begun."""

from datetime import datetime
from typing import Any

WORDS = "Wentwellmaria"
ALLIANCE_WORDS = "Alliancemaria"


def plant_forms(cast: Any, at: datetime) -> dict[str, Any]:
    """Fill forms as Maria and with her; return the ids that addresses need."""
    from daybridge.care.instruments.commands import answer, begin, finish
    from daybridge.care.instruments.commands_alliance import answer_check, begin_check

    maria = {"client_id": cast.maria.client_id, "at": at}
    me = cast.maria.account
    one = begin(me, **maria, name="weekly_check", language="en")
    answer(me, **maria, response_id=one, item="went_well", typed=[WORDS], version=0)
    finish(cast.nora, **maria, response_id=one)
    begun = begin(me, **maria, name="ruler", language="en")
    check = begin_check(me, **maria, name="session_check", language="en")
    answer_check(me, **maria, response_id=check, item="understood", typed=["9"], version=0)
    return {"response_id": one, "begun_id": begun, "check_id": check, "instrument": "ruler"}


def measured(cast: Any, client_id: int, on: list[datetime]) -> None:
    """Let Nora fill the PHQ-9 with a client on these days, better each time; once with a hole."""
    from daybridge.care.instruments.commands import answer, begin, finish

    for number, at in enumerate(on):
        one = begin(cast.nora, client_id=client_id, name="phq9", at=at)
        for item in range(1, 9 if number == 1 else 10):
            typed = [str(max(0, 3 - number - item // 4))]
            answer(cast.nora, client_id=client_id, response_id=one, item=str(item), typed=typed,
                   version=0, at=at)
        finish(cast.nora, client_id=client_id, response_id=one, at=at)
