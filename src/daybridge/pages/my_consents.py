"""The client's own page: who may know what, who looked, letting a supporter in."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from daybridge.access import clock
from daybridge.access.actors import ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.access.policy import DataClass
from daybridge.access.queries import own_client
from daybridge.access.queries_looks import looks_at
from daybridge.clinic.people.queries import SupporterRow, name_of, staff_by_user, supporters_of
from daybridge.clinic.programme.queries import house
from daybridge.documents import commands_consent as commands
from daybridge.documents import queries, rules, wording
from daybridge.documents.forms import ShareForm
from daybridge.documents.rules import Kind, Offer, Purpose
from daybridge.kernel.typed import whole
from daybridge.pages.consents import end_of, shown

# the jobs of a clinic; a job written otherwise stays as it was written
JOBS = {
    "director": _("director"), "clinical supervisor": _("clinical supervisor"),
    "counsellor": _("counsellor"), "counsellor in training": _("counsellor in training"),
    "physician": _("physician"), "nurse": _("nurse"), "peer specialist": _("peer specialist"),
    "case manager": _("case manager"), "case manager on call": _("case manager on call"),
    "intake coordinator": _("intake coordinator"), "front desk": _("front desk"),
    "testing technician": _("testing technician"), "privacy officer": _("privacy officer"),
    "quality manager": _("quality manager"), "auditor": _("auditor"), "billing": _("billing"),
}


@page(Can.SEE_CONSENTS, to=(Side.CLIENT,))
def my_consents(request: ActorRequest) -> HttpResponse:
    """Show a client who may know what and who looked; sign, stop, share."""
    client_id = own_client(request.actor)
    if client_id is None:
        raise Http404
    with_page = [row for row in supporters_of(request.actor, client_id=client_id) if row.user_id]
    language = "es" if get_language() == "es" else "en"
    sharing = request.method == "POST" and request.POST.get("do") == "share"
    form = ShareForm(
        request.POST if sharing else None,
        supporters=[(str(row.supporter_id), row.name) for row in with_page],
        classes=[(data.value, wording.class_words(data, language)) for data in rules.SHAREABLE
                 if data is not DataClass.NAME])
    error = ""
    if sharing and form.is_valid():
        error = _share(request, client_id, form, with_page, language)
    elif request.method == "POST" and not sharing:
        error = _act(request, client_id)
    if request.method == "POST" and not error and not form.errors:
        return redirect("pages:my_consents")
    if sharing and error:
        form.add_error(None, error)
    context = {**_lists(request, client_id, language), "form": form, "with_page": with_page,
               "error": "" if sharing else error}
    wrong = bool(error or form.errors)
    return render(request, "pages/documents/my_consents.html", context, status=422 if wrong else 200)


def _lists(request: ActorRequest, client_id: int, language: str) -> dict[str, object]:
    at = clock.now()
    rows = [(row, row.state(at)) for row in queries.consents_of(request.actor, client_id=client_id)]
    looks = looks_at(request.actor, client_id=client_id)
    staff = staff_by_user(request.actor, user_ids={one.user_id for one in looks})
    return {
        "live": [shown(row, language) for row, state in rows if state == "live"],
        "offered": [shown(row, language) for row, state in rows if state == "offered"],
        "looks": [(staff[one.user_id].name, JOBS.get(staff[one.user_id].job, staff[one.user_id].job), one)
                  for one in looks if one.user_id in staff],
    }


def _share(
    request: ActorRequest, client_id: int, form: ShareForm, supporters: list[SupporterRow],
    language: str,
) -> str:
    """Sign a consent for a supporter: the client's own act, in one go."""
    actor, at, data = request.actor, clock.now(), form.cleaned_data
    one = next(row for row in supporters if str(row.supporter_id) == data["supporter"])
    offer = Offer(
        kind=Kind.SUPPORTER, recipient=one.name, purpose=Purpose.SUPPORT,
        classes=frozenset(DataClass(item) for item in data["classes"]),
        expires_at=end_of(actor, data["expires_on"]), supporter_user_id=one.user_id,
    )
    if offer.expires_at is not None and offer.expires_at <= at:
        return gettext("Choose a day that is still ahead.")
    found, name = house(actor), name_of(actor, client_id=client_id).name
    consent_id = commands.offer_consent(
        actor, client_id=client_id, offer=offer, expires_on=data["expires_on"], client_name=name,
        house=found.name if found else "", language=language, at=at)
    commands.sign_consent(actor, client_id=client_id, consent_id=consent_id, name=name, at=at)
    return ""


def _act(request: ActorRequest, client_id: int) -> str:
    actor, sent, at = request.actor, request.POST, clock.now()
    ids: dict[str, Any] = {"client_id": client_id, "consent_id": whole(sent.get("consent"))}
    known = {row.consent_id for row in queries.consents_of(actor, client_id=client_id)}
    if ids["consent_id"] not in known:
        return gettext("That is not here any more. Look at the list again.")
    try:
        if sent.get("do") == "sign":
            commands.sign_consent(actor, **ids, name=name_of(actor, client_id=client_id).name, at=at)
        else:
            commands.stop_consent(actor, **ids, at=at)
    except commands.NotPossible:
        return gettext("This one can't be stopped or signed now. Talk with your counsellor.")
    return ""
