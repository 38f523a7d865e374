"""Reading who takes part by video, and what was asked."""

from dataclasses import dataclass
from datetime import datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.care.hours.models_video import VideoCheck, VideoSeat
from daybridge.care.hours.rules_video import Asked, Heard, is_valid_there
from daybridge.care.schedule.queries import SessionRow
from daybridge.clinic.people.queries import staff


@dataclass(frozen=True, slots=True)
class CheckRow:
    """What was asked, when and by whom."""

    asked: Asked
    asked_at: datetime
    asked_by_id: int


@query(Can.SEE_ARRIVALS)
def video_at(viewer: Actor, /, *, occurrence_id: int) -> dict[int, CheckRow | None]:
    """Return who takes part in a session by video, with what was asked (None: nothing yet)."""
    planned = VideoSeat.objects.filter(occurrence_id=occurrence_id, ended_at=None)
    ids = list(planned.values_list("client_id", flat=True))
    if not ids or not may(viewer, Can.SEE_WHEREABOUTS):
        return dict.fromkeys(ids)
    rows = VideoCheck.objects.filter(occurrence_id=occurrence_id, client__in=ids)
    checks = {row.client_id: CheckRow(
        Asked(row.place, row.state, row.call_back, Heard(row.heard), row.licence), row.asked_at,
        row.asked_by_id) for row in rows}
    return {pk: checks.get(pk) for pk in ids}


@query(Can.SEE_ARRIVALS)
def video_links(viewer: Actor, /, *, client_id: int, of: set[int]) -> dict[int, str]:
    """Return the addresses of those of these sessions in which a client takes part by video."""
    rows = VideoSeat.objects.filter(client_id=client_id, occurrence__in=of, ended_at=None)
    return dict(rows.values_list("occurrence_id", "link"))


@query(Can.SEE_STAFF)
def licence_there(viewer: Actor, /, *, session: SessionRow, state: str) -> str:
    """Return whose licence covers a session with a client in a state: the leader's, or who supervises them.

    Who has licences of their own is covered by those alone. Empty when nobody's is valid there that day.
    """
    rows = {row.staff_id: row for row in staff(viewer)}
    leader = next((row for row in rows.values() if row.user_id == session.leader_id), None)
    if leader is None:
        return ""
    who = leader if leader.licences else rows.get(leader.supervisor_id or 0)
    if who is None or not is_valid_there(who.licences, state, session.day):
        return ""
    return who.line if who is leader else f"{who.line}, who supervises"
