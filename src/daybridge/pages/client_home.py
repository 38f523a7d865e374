"""The client's first page: what is today, my week, my reasons, what to sign."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from daybridge.access import clock
from daybridge.access.actors import ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.access.queries import own_client
from daybridge.care.assessment.queries import reasons_of
from daybridge.care.hours.queries import week_start
from daybridge.care.hours.queries_board import hours_board
from daybridge.care.hours.queries_video import video_links
from daybridge.care.placement.queries import decision_of, papers_of, stay_of
from daybridge.care.planning.queries import plan_in_force, plan_in_work
from daybridge.care.schedule.queries import SeatRow, SessionRow, seats, sessions_by_id, zone
from daybridge.care.schedule.rules import Service
from daybridge.clinic.people.queries import name_of
from daybridge.clinic.programme.queries import house
from daybridge.pages.instruments import small_things

SERVICES = {
    Service.GROUP: _("Group"), Service.EDUCATION: _("Class"), Service.INDIVIDUAL: _("Talk"),
    Service.FAMILY: _("Family talk"), Service.FAMILY_WITHOUT_CLIENT: _("Talk with your family"),
    Service.PEER: _("Talk with a peer"), Service.MEDICAL: _("Medical visit"),
    Service.COLLECTION: _("Visit at the desk"), Service.RECREATION: _("Free time together"),
}


@page(Can.SEE_PLAN, to=(Side.CLIENT,))
def client_home(request: ActorRequest) -> HttpResponse:
    """Show a client's own day and week."""
    viewer, at = request.actor, clock.now()
    client_id = own_client(viewer)
    if client_id is None:
        raise Http404
    local = at.astimezone(zone(viewer))
    rows = seats(viewer, first=local.date(), last=local.date() + timedelta(days=7), of={client_id})
    ahead = [row for row in rows if row.ends_at > at]
    held = sessions_by_id(viewer, ids={row.occurrence_id for row in ahead})
    links = video_links(viewer, client_id=client_id, of=set(held))
    week = week_start(viewer, day=local.date())
    board = hours_board(viewer, week=week, at=at, client_id=client_id)
    decision = decision_of(viewer, client_id=client_id)
    stay = stay_of(viewer, client_id=client_id)
    context = {
        "client": name_of(viewer, client_id=client_id), "local": local, "house": house(viewer),
        "next": [(*_named(row, held[row.occurrence_id]), links.get(row.occurrence_id))
                 for row in ahead][:6],
        "row": board.rows[0] if board.rows else None,
        "reasons": reasons_of(viewer, client_id=client_id)[:2], "stay": stay,
        "papers": [row for row in papers_of(viewer, client_id=client_id) if not row.signed_at]
        if stay and not stay.ended_at else [],
        "plan": plan_in_work(viewer, client_id=client_id), "client_id": client_id,
        "small": small_things(viewer, client_id=client_id, at=at),
        "in_force": plan_in_force(viewer, client_id=client_id),
        "view": decision is not None and decision.client_view is None,
    }
    return render(request, "pages/client_home.html", context)


def _named(seat: SeatRow, held: SessionRow) -> tuple[SeatRow, SessionRow, str]:
    """Return a seat with its session and what that is called: its own title, or its kind."""
    return seat, held, held.title or str(SERVICES[Service(held.service)])
