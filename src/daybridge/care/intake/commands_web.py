"""The public page: anybody may ask for help; staff take it over."""

import uuid
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.intake.call import Call
from daybridge.care.intake.commands import take_inquiry
from daybridge.care.intake.models import HelpDesk, WebInquiry
from daybridge.care.intake.promise import DeskHours, call_back_by, minutes_until
from daybridge.care.intake.queries_slots import free_slot_ids, slot_starts
from daybridge.clinic.programme.queries import sites
from daybridge.clinic.tasks.commands import open_alert
from daybridge.kernel import text

MANY_FREE = 50


class TakenOver(ValueError):
    """Somebody else has taken this call for help already."""


@command(Can.ASK_FOR_HELP)
def ask_for_help(
    actor: Actor, /, *, contact_kind: str, contact: str, name: str = "",
    safe_call: bool = False, safe_text: bool = False, for_whom: str = "self",
    language: str = "en", words: str = "", wanted_time: datetime | None = None, at: datetime,
) -> uuid.UUID:
    """Keep a call for help from the public page; staff have a task to call back in time."""
    call_by = call_back_by(at, _desk_hours(), sites(actor)[0].zone)
    row = WebInquiry(
        name=text.tidy(name)[:120], contact_kind=contact_kind, contact=text.tidy(contact)[:254],
        safe_call=safe_call, safe_text=safe_text, for_whom=for_whom, language=language,
        words=text.tidy_lines(words), wanted_time=wanted_time, came_at=at, call_by=call_by,
    )
    row.save(force_insert=True)
    open_alert(
        actor, client_id=None, kind="task", title="Call back: asked for help on the web page",
        why="Open the intake desk. Use only the way of contact that the person called safe.",
        clock_minutes=minutes_until(at, call_by), source_kind="intake.web_inquiry",
        source_id=str(row.pk), at=at,
    )
    return row.pk


@command(Can.ANSWER_WEB_INQUIRY)
def take_over_web_inquiry(actor: Actor, /, *, web_id: uuid.UUID, at: datetime) -> int:
    """Turn a call for help from the web into a person and an inquiry; return its id.

    The clock runs from the moment the person wrote, not from this one. What they wrote is
    not asked again.
    """
    row = WebInquiry.objects.select_for_update().get(pk=web_id)
    if row.taken_at is not None:
        raise TakenOver("Somebody else has taken this already. It is on the waiting list.")
    own = row.for_whom == "self"
    by_phone = row.contact_kind == "phone"
    call = Call(
        came_by="web", asked_by="self" if own else "relative", language=row.language,
        name=row.name if own else "", asker_name="" if own else row.name,
        phone=row.contact if own and by_phone else "",
        email=row.contact if own and not by_phone else "",
        may_call=row.safe_call, may_text=row.safe_text,
        asker_phone="" if own else row.contact[:40], reason=row.words,
    )
    inquiry_id = take_inquiry(actor, call=call, slot_id=_slot_at(row.wanted_time, at),
                              first_contact_at=row.came_at, at=at)
    row.taken_at, row.taken_by_id, row.inquiry_id = at, actor.user_id, inquiry_id
    row.save(update_fields=["taken_at", "taken_by", "inquiry"])
    return inquiry_id


@command(Can.MANAGE_PROGRAMME)
def set_help_desk(
    actor: Actor, /, *, caller: str, call_back_minutes: int = 120, from_hour: int = 9,
    until_hour: int = 18, partner_for_minors: str = "", at: datetime,
) -> None:
    """Say what the public page promises: who calls, how soon, between which hours."""
    HelpDesk.objects.update_or_create(only=True, defaults={
        "caller": text.tidy(caller), "call_back_minutes": call_back_minutes,
        "from_hour": from_hour, "until_hour": until_hour,
        "partner_for_minors": text.tidy(partner_for_minors),
    })


def _desk_hours() -> DeskHours:
    desk = HelpDesk.objects.first()
    if desk is None:
        return DeskHours(120, 9, 18)
    return DeskHours(desk.call_back_minutes, desk.from_hour, desk.until_hour)


def _slot_at(wanted: datetime | None, at: datetime) -> int | None:
    """Return a free slot at the time the person chose, if it is still free."""
    if wanted is None:
        return None
    starts = slot_starts(free_slot_ids(at, how_many=MANY_FREE))
    return next((pk for pk, start in starts.items() if start == wanted), None)
