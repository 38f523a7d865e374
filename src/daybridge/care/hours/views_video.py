"""A session by video: the address, and what is asked each time before it begins."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.hours import rules_video as rules
from daybridge.care.hours.commands_video import NotAsked, come_in_person, note_whereabouts, plan_by_video
from daybridge.care.hours.queries_video import CheckRow, video_at, video_links
from daybridge.care.schedule.queries import SessionRow, session
from daybridge.care.schedule.queries_joining import joining_of
from daybridge.care.schedule.rules import NO_RULES
from daybridge.clinic.people.queries import contact_of, name_of, staff_names

HEARD = (
    (rules.Heard.ALONE, "Alone: nobody can hear"),
    (rules.Heard.AGREED, "Somebody can hear, and the client wants that"),
    (rules.Heard.HEARD, "Somebody can hear"),
)


@page(Can.SEE_ARRIVALS)
def by_video(request: ActorRequest, client_id: int, occurrence_id: int) -> HttpResponse:
    """Plan it, ask what is to be asked, or note that they come in person."""
    if request.method != "POST":
        return _show(request, client_id, occurrence_id)
    ids = {"client_id": client_id, "occurrence_id": occurrence_id}
    actor, at, sent = request.actor, clock.now(), request.POST
    try:
        if sent.get("do") == "in_person":
            come_in_person(actor, **ids, at=at)
        elif sent.get("do") == "plan":
            plan_by_video(actor, **ids, link=sent.get("link", ""), at=at)
        else:
            asked = rules.Asked(sent.get("place", ""), sent.get("state", ""), sent.get("call_back", ""),
                                _heard(sent.get("heard", "")))
            note_whereabouts(actor, **ids, asked=asked, at=at)
    except NotAsked as error:
        return _show(request, client_id, occurrence_id, str(error))
    return redirect("hours:by_video", client_id, occurrence_id)


def _heard(sent: str) -> rules.Heard:
    if sent not in list(rules.Heard):
        raise NotAsked("Ask who can hear them, and choose an answer.")
    return rules.Heard(sent)


def _show(request: ActorRequest, client_id: int, occurrence_id: int, error: str = "") -> HttpResponse:
    viewer = request.actor
    held, at = session(viewer, occurrence_id=occurrence_id), video_at(viewer, occurrence_id=occurrence_id)
    check = at.get(client_id)
    link = video_links(viewer, client_id=client_id, of={occurrence_id}).get(occurrence_id)
    context = {
        "client": name_of(viewer, client_id=client_id), "session": held, "planned": client_id in at,
        "link": _link(viewer, held) if link is None else link, "error": error, "heard": HEARD,
        "states": rules.STATES, "check": check,
        "lacks": rules.why_not_counted(check.asked, held.service) if check else "",
        "by": staff_names(viewer, user_ids={check.asked_by_id}).get(check.asked_by_id, "") if check else "",
        "sent": request.POST if error else _filled(viewer, client_id, check),
        "may_ask": may(viewer, Can.ASK_WHEREABOUTS, client_id=client_id),
        "may_plan": may(viewer, Can.CHECK_IN, client_id=client_id),
    }
    return render(request, "hours/by_video.html", context, status=422 if error else 200)


def _link(viewer: Actor, held: SessionRow) -> str:
    """Return the group's own video room, to begin with."""
    if held.series_id is None or not may(viewer, Can.SEE_GROUPS):
        return ""
    return joining_of(viewer, series_ids=[held.series_id]).get(held.series_id, NO_RULES).video_link


def _filled(viewer: Actor, client_id: int, check: CheckRow | None) -> dict[str, str]:
    """Return what the fields hold: what was asked; else the number on record, to be confirmed."""
    if check is not None:
        return {"place": check.asked.place, "state": check.asked.state, "call_back": check.asked.call_back,
                "heard": check.asked.heard}
    if not may(viewer, Can.SEE_CONTACT, client_id=client_id):
        return {}
    phones = [one.value for one in contact_of(viewer, client_id=client_id) if one.kind == "phone"]
    return {"call_back": phones[0]} if phones else {}
