"""Small forms beside the evaluation: reasons, rulers, addenda."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from daybridge.access import clock, gate
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.care.assessment.commands import add_addendum
from daybridge.care.assessment.commands_person import (
    NothingSaid,
    set_rulers,
    state_reason,
)
from daybridge.care.assessment.forms import (
    AddendumForm,
    ReasonForm,
    RulerForm,
)
from daybridge.care.assessment.queries import evaluation_of
from daybridge.care.assessment.views import UNPROCESSABLE, show


@page(Can.STATE_REASONS)
def reason(request: ActorRequest, client_id: int) -> HttpResponse:
    """Keep a reason in the person's own words."""
    form = ReasonForm(request.POST, auto_id="reason_%s")
    if request.method == "POST" and form.is_valid():
        try:
            state_reason(request.actor, client_id=client_id, words=form.cleaned_data["words"],
                         at=clock.now())
            return _back(client_id, "reason")
        except NothingSaid as error:
            form.add_error("words", str(error))
    return show(request, client_id, wrong={"reason": form}, status=UNPROCESSABLE)


@page(Can.STATE_REASONS)
def rulers(request: ActorRequest, client_id: int) -> HttpResponse:
    """Keep the three rulers of the day."""
    form = RulerForm(request.POST, auto_id="ruler_%s")
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        set_rulers(request.actor, client_id=client_id, importance=said["importance"],
                   confidence=said["confidence"], readiness=said["readiness"], at=clock.now())
        return _back(client_id, "ruler")
    return show(request, client_id, wrong={"ruler": form}, status=UNPROCESSABLE)


@page(Can.ASSESS)
def addendum(request: ActorRequest, client_id: int) -> HttpResponse:
    """Add words to the evaluation."""
    row = evaluation_of(request.actor, client_id=client_id)
    if row is None or not gate.may(request.actor, Can.ASSESS, client_id=client_id):
        raise Http404("There is no evaluation yet.")
    form = AddendumForm(request.POST, auto_id="addendum_%s")
    if request.method == "POST" and form.is_valid():
        add_addendum(request.actor, client_id=client_id, evaluation_id=row.evaluation_id,
                     words=form.cleaned_data["words"], at=clock.now())
        return _back(client_id, "addendum")
    return show(request, client_id, wrong={"addendum": form}, status=UNPROCESSABLE)


def _back(client_id: int, saved: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(
        f"{reverse('assessment:evaluation', args=[client_id])}?saved={saved}#{saved}")
