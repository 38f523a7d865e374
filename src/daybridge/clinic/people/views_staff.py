"""What is done about a licence, a supervisor, a deputy: each a form of the staff page."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.clinic.people import commands_staff as commands
from daybridge.clinic.people import queries
from daybridge.clinic.programme.queries import sites
from daybridge.kernel import text
from daybridge.kernel.typed import day, whole

LONGEST_LICENCE, LONGEST_STATE, LONGEST_SOURCE, LONGEST_WORDS = 40, 2, 200, 300
BACK = "pages:staff"


@page(Can.MANAGE_STAFF)
@require_POST
def add_licence(request: ActorRequest) -> HttpResponse:
    """Add a licence."""
    sent = request.POST
    first, last = day(sent.get("first")), day(sent.get("last"))
    if first is None or last is None or last < first:
        return send_again(request, "Give the first and the last valid day; the last is not before the first.")
    staff_id = whole(sent.get("staff"))
    if staff_id not in {row.staff_id for row in queries.staff(request.actor)}:
        return send_again(request, "Choose who has the licence.")
    kind, number, state = (text.tidy(sent.get(name, "")) for name in ("kind", "number", "state"))
    if not kind or max(len(kind), len(number)) > LONGEST_LICENCE or len(state) > LONGEST_STATE:
        return send_again(
            request, "Write the kind of licence; kind and number have at most 40 letters, the state 2."
        )
    commands.add_licence(
        request.actor, staff_id=staff_id, kind=kind, number=number, state=state.upper(),
        valid_from=first, valid_until=last, may_be_in_charge=sent.get("in_charge") != "no",
        at=clock.now(),
    )
    return redirect(BACK)


@page(Can.MANAGE_STAFF)
@require_POST
def renew(request: ActorRequest, licence_id: int) -> HttpResponse:
    """Note that the renewal of a licence is under way, since today or an earlier day."""
    _known_licence(request, licence_id)
    at = clock.now()
    today = sites(request.actor)[0].day(at)
    on = day(request.POST.get("renewal_on")) if request.POST.get("renewal_on") else today
    if on is None or on > today:
        return send_again(request, "Give the day on which the renewal was sent, not later than today.")
    commands.start_renewal(request.actor, licence_id=licence_id, on=on, at=at)
    return redirect(BACK)


@page(Can.MANAGE_STAFF)
@require_POST
def look_up(request: ActorRequest, licence_id: int) -> HttpResponse:
    """Record what the state's register says about a licence."""
    _known_licence(request, licence_id)
    source, words = request.POST.get("source", ""), request.POST.get("words", "")
    if len(source) > LONGEST_SOURCE or len(words) > LONGEST_WORDS:
        return send_again(request, "The register has at most 200 letters, the words 300. Make them shorter.")
    try:
        commands.check_licence(
            request.actor, licence_id=licence_id, found=request.POST.get("found", ""), source=source,
            words=words, at=clock.now(),
        )
    except commands.NotKept as error:
        return send_again(request, str(error))
    return redirect(BACK)


@page(Can.MANAGE_STAFF)
@require_POST
def relations(request: ActorRequest, staff_id: int) -> HttpResponse:
    """Name deputy and supervisor of somebody from today on, and whether the supervisor signs too."""
    at = clock.now()
    rows = {row.staff_id for row in queries.staff(request.actor)}
    if staff_id not in rows:
        raise Http404
    deputy, supervisor = (whole(request.POST.get(name)) for name in ("deputy", "supervisor"))
    if not {one for one in (deputy, supervisor) if one} <= rows - {staff_id}:
        return send_again(request, "Choose somebody else who works here.")
    try:
        commands.name_deputy(request.actor, staff_id=staff_id, deputy_id=deputy or None, at=at)
        commands.supervise(
            request.actor, staff_id=staff_id, supervisor_id=supervisor or None,
            signs_for=bool(request.POST.get("signs_for")),
            from_day=sites(request.actor)[0].day(at), at=at,
        )
    except commands.NotKept as error:
        return send_again(request, str(error))
    return redirect(BACK)


def _known_licence(request: ActorRequest, licence_id: int) -> None:
    rows = queries.staff(request.actor)
    if licence_id not in {one.licence_id for row in rows for one in row.licences}:
        raise Http404
