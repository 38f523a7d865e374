"""Notes with words of their own: one signed that waits for Vera, a draft, one kept apart, one in doubt."""

from datetime import datetime
from typing import Any

NOTE_WORDS = {
    "note": {"maria": "Notewordsmaria"},
    "counselling_note": {"maria": "Keptapartmaria"},
}


def plant_notes(cast: Any, person: Any, *, at: datetime) -> dict[str, int]:
    """Write Nora's notes about somebody; return the signed one."""
    from daybridge.care.notes.commands import begin_note, keep_apart
    from daybridge.care.notes.commands_withdraw import withdraw_note
    from daybridge.clinic.programme.commands import change_setting
    from tests.notes import NORA, objective_of, signed, typed

    pk = person.client_id
    change_setting(cast.helen, key="cosign_sample", value=100, source="test", effective_on=at.date(),
                   looked_at_by="", looked_at_on=None, at=at)
    doubtful = signed(cast, person, typed(event_at=at, data="About somebody else."), at=at)
    withdraw_note(cast.vera, client_id=pk, note_id=doubtful, why="Another person's.", at=at)
    cites = {"data": [objective_of(cast, person)]}
    one = signed(cast, person, at=at, one=typed(
        event_at=at, data=NOTE_WORDS["note"]["maria"], plan="Rings again on Wednesday.", cites=cites))
    begin_note(cast.nora, client_id=pk, typed=typed("crisis", event_at=at, data="Draftwordsmaria"), at=at)
    keep_apart(cast.nora, client_id=pk, words=NOTE_WORDS["counselling_note"]["maria"], event_at=at,
               signer=NORA, at=at)
    return {"note_id": one}
