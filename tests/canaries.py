"""A word of its own for each client in each data class, and the ids that addresses need."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tests import canaries_documents, canaries_instruments, canaries_practices
from tests.canaries_medicine import MEDICINE, plant_medicine
from tests.canaries_notes import NOTE_WORDS, plant_notes
from tests.canaries_referrals import REFERRAL, plant_referrals

CANARIES: dict[str, dict[str, str]] = {
    "name": {"maria": "Maria Delgado", "andre": "Andre Novak", "jonah": "Jonah Whitlock"},
    "identity": {"maria": "Delgadolegal", "andre": "Novaklegal", "jonah": "Whitlocklegal"},
    "contact": {"maria": "555-0142", "andre": "555-0143", "jonah": "555-0144"},
    "demographics": {"maria": "Quakermaria", "andre": "Quakerandre", "jonah": "Quakerjonah"},
    "supporter": {
        "maria": "Supportermaria", "andre": "Supporterandre", "jonah": "Supporterjonah",
    },
    # planted by `plant`, through the whole path
    "inquiry": {"maria": "I want to stop before I lose my girls", "andre": "Andrecalledforhelp"},
    "assessment": {"maria": "I want my girls to wake up in my house"},
    "placement": {"maria": "I need to be home at night"},
    "plan": {"maria": "Get through Friday nights sober"},
    "outreach": {"maria": "Saidonthephone"},
    "task": {"maria": "Taskwordsmaria"},
    "message": {"maria": "Callmaria"},
    "payer": {"maria": "Payermaria"},
    "apart": {"maria": "Apartmaria"},
    "whereabouts": {"maria": "Videoplacemaria"},
    "referral": REFERRAL,
    **canaries_documents.CANARIES,
    **NOTE_WORDS,
    "instrument": {"maria": canaries_instruments.WORDS},
    **MEDICINE,
}


def plant(cast: Any) -> dict[str, Any]:
    """Bring Maria into a full week, with a missed session and a task; return her ids."""
    from daybridge.care.hours import rules
    from daybridge.care.hours.commands import Line, check_in, take_attendance
    from daybridge.care.intake.call import Call
    from daybridge.care.intake.commands import take_inquiry
    from daybridge.care.intake.queries import newest_inquiry_of
    from daybridge.care.retention.commands import record_attempt
    from daybridge.care.retention.queries import open_outreach
    from daybridge.care.schedule.commands import open_session
    from daybridge.care.schedule.queries import sessions
    from daybridge.clinic.people.queries import contact_of
    from daybridge.clinic.tasks.commands import open_task
    from daybridge.clinic.tasks.queries import tasks_of
    from tests import story

    groups = story.groups(cast)
    story.admitted(cast, cast.maria)
    story.join_groups(cast, cast.maria, groups.monday, groups.wednesday, groups.friday)
    take_inquiry(
        cast.sam, client_id=cast.andre.client_id, at=story.MON,
        call=Call("phone", name="Andre Novak", reason=CANARIES["inquiry"]["andre"]),
    )
    maria = cast.maria.client_id
    canaries_practices.plant(cast, maria, CANARIES["plan"]["maria"])
    one = sessions(cast.nora, first=story.WEEK, last=story.WEEK)[0]
    check_in(cast.nora, client_id=maria, occurrence_id=one.occurrence_id, at=one.starts_at)
    open_session(cast.nora, occurrence_id=one.occurrence_id, at=one.starts_at)
    take_attendance(
        cast.nora, occurrence_id=one.occurrence_id, client_ids=[maria], version=one.version + 1,
        lines=[Line(maria, rules.Attendance.UNKNOWN)], at=one.ends_at,
    )
    at = one.ends_at + timedelta(hours=1)
    _by_video(cast, maria, one.occurrence_id, at)
    (outreach,) = open_outreach(cast.nora, at=at)
    record_attempt(
        cast.nora, client_id=maria, outreach_id=outreach.outreach_id, channel="call", at=at,
        outcome="no answer", said=CANARIES["outreach"]["maria"], done=False,
    )
    open_task(
        cast.nora, client_id=maria, title="A task", why=CANARIES["task"]["maria"], due_at=at,
        source_kind="canary", source_id="1", assignee_user_id=cast.nora.user_id, at=at,
    )
    task = next(row for row in tasks_of(cast.nora, client_id=maria, at=at) if row.title == "A task")
    return {
        **canaries_documents.plant(cast, maria, at), **plant_referrals(cast, maria, at),
        **_payer_and_apart(cast, maria, at), **plant_notes(cast, cast.maria, at=at),
        "staff_id": cast.staff_ids["paul"],
        **canaries_instruments.plant_forms(cast, at),
        "user_id": cast.paul.user_id,
        **plant_medicine(cast, maria, at),
        "occurrence_id": one.occurrence_id, "series_id": groups.monday, "form": "canary",
        "outreach_id": outreach.outreach_id, "task_id": task.task_id,
        "message_id": _write_to(cast, maria, at), "web_id": uuid.uuid4(),
        "import_id": uuid.uuid4(), "search_id": uuid.uuid4(),
        "draw_id": 1, "language": "en", "section": "areas", "what": "contact", "measure_id": "L2",
        "key": "grace_minutes", "site_id": cast.site_id, "room_id": cast.rooms["Room 1"],
        "closure_id": 1, "token": "no-such-link",
        "slug": "matrix-model",
        "licence_id": 1, "fold_id": 1, "paper_id": uuid.uuid4(),
        "contact_id": contact_of(cast.sam, client_id=maria)[0].contact_id,
        "inquiry_id": {
            first: newest_inquiry_of(cast.sam, client_id=getattr(cast, first).client_id) or 0
            for first in ("maria", "andre", "jonah")
        },
    }


def _by_video(cast: Any, client_id: int, occurrence_id: int, at: datetime) -> None:
    from daybridge.care.hours.commands_video import note_whereabouts, plan_by_video
    from daybridge.care.hours.rules_video import Asked, Heard

    ids = {"client_id": client_id, "occurrence_id": occurrence_id}
    plan_by_video(cast.nora, **ids, link="", at=at)
    asked = Asked(CANARIES["whereabouts"]["maria"], "NY", "555-0142", Heard.ALONE)
    note_whereabouts(cast.nora, **ids, asked=asked, at=at)


def _write_to(cast: Any, client_id: int, at: datetime) -> uuid.UUID:
    from daybridge.clinic.messaging.commands import Note, queue
    from daybridge.clinic.messaging.rules import Via
    from daybridge.clinic.messaging.rules_words import Template

    note = Note(Template.CALL, {"name": CANARIES["message"]["maria"], "phone": "555-0100"}, at)
    return queue(cast.sam, client_id=client_id, via=Via.TEXT, note=note, language="en", at=at)


def _payer_and_apart(cast: Any, maria: int, at: datetime) -> dict[str, int]:
    """Give Maria a payer, and somebody of Nora's whom she must not meet."""
    from daybridge.access.relate import join_team
    from daybridge.care.placement.commands_payer import authorise
    from daybridge.care.schedule.commands_apart import keep_apart
    from daybridge.clinic.people.commands import register_client

    robin = register_client(cast.sam, preferred_name="Robin", at=at)
    join_team(cast.helen, client_id=robin, user_id=cast.nora.user_id or 0, part="member", at=at)
    keep_apart(cast.nora, client_ids=[maria, robin], reason=CANARIES["apart"]["maria"],
               from_day=at.date(), at=at)
    payer_id = authorise(
        cast.tess, client_id=maria, name=CANARIES["payer"]["maria"], number="A-1", level="iop",
        units=20, until=at.date(), at=at,
    )
    return {"payer_id": payer_id, "other_id": robin}


def arguments(cast: Any, ids: dict[str, Any], first: str, wanted: Sequence[str]) -> dict[str, Any]:
    """Return the arguments of an address about this client."""
    known = {**ids, "client_id": getattr(cast, first).client_id}
    known["inquiry_id"] = ids["inquiry_id"][first]
    missing = [name for name in wanted if name not in known]
    if missing:
        raise KeyError(f"Teach tests/canaries.py an id for {missing}.")
    return {name: known[name] for name in wanted}
