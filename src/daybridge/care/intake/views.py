"""The intake desk: who waits, and a new call for help."""

import uuid
from datetime import timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from daybridge.access import clock, gate
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.care.intake.commands import AlreadyInCare, take_inquiry
from daybridge.care.intake.commands_slots import SlotClash, SlotTaken, open_slot, withdraw_slot
from daybridge.care.intake.commands_web import TakenOver, take_over_web_inquiry
from daybridge.care.intake.forms import InquiryForm, SlotForm
from daybridge.care.intake.queries import (
    client_of,
    median_days_to_evaluation,
    not_admitted,
    waiting_list,
)
from daybridge.care.intake.queries_slots import next_free_slots, seats
from daybridge.care.intake.queries_web import web_inquiries
from daybridge.clinic.people.queries import staff
from daybridge.clinic.people.queries_search import look_alikes
from daybridge.clinic.programme.queries import rooms, sites
from daybridge.kernel.typed import whole

UNPROCESSABLE = 422
OFFERED = 5
SLOTS_SHOWN = 40
MONTH = timedelta(days=30)
QUARTER = timedelta(days=90)


@page(Can.SEE_INQUIRIES)
def desk(request: ActorRequest) -> HttpResponse:
    """Show who waits, since when and for what, with a new inquiry at the side."""
    return _desk(request, _form(request))


@page(Can.SEE_INQUIRIES)
def waiting(request: ActorRequest) -> HttpResponse:
    """Show the waiting list alone: the part of the desk that is live."""
    return render(request, "intake/_waiting.html", _waiting(request))


@page(Can.TAKE_INQUIRY)
def new(request: ActorRequest) -> HttpResponse:
    """Take a call for help; the evaluation may be booked in the same form."""
    form = _form(request)
    if request.method != "POST":
        return render(request, "intake/new.html", {"form": form})
    if not form.is_valid():
        return render(request, "intake/new.html", {"form": form}, status=UNPROCESSABLE)
    same_as = form.cleaned_data["same_as"]
    call = form.call()
    if same_as is None:
        alike = look_alikes(request.actor, name=call.name, birth_date=call.birth_date,
                            phone=call.phone)
        if alike:
            return render(request, "intake/new.html", {"form": form, "alike": alike},
                          status=UNPROCESSABLE)
    try:
        inquiry_id = take_inquiry(
            request.actor, call=call, client_id=same_as or None, answers=form.answers(),
            slot_id=form.slot_id(), first_contact_at=form.cleaned_data["first_contact"],
            at=clock.now())
    except AlreadyInCare as error:
        form.add_error(None, str(error))
        return render(request, "intake/new.html", {"form": form}, status=UNPROCESSABLE)
    return to_inquiry(request, inquiry_id, "booked" if form.slot_id() else "taken")


@page(Can.SEE_INQUIRIES)
def by_number(request: ActorRequest, inquiry_id: int) -> HttpResponse:
    """Lead to an inquiry by its number."""
    return to_inquiry(request, inquiry_id, "")


@page(Can.ANSWER_WEB_INQUIRY)
def take_web(request: ActorRequest, web_id: uuid.UUID) -> HttpResponse:
    """Take over a call for help from the web."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("intake:desk"))
    try:
        inquiry_id = take_over_web_inquiry(request.actor, web_id=web_id, at=clock.now())
    except TakenOver as error:
        return _desk(request, _form(request), problem=str(error), status=409)
    return to_inquiry(request, inquiry_id, "taken")


@page(Can.SEE_INQUIRIES)
def ended(request: ActorRequest) -> HttpResponse:
    """Show who was not admitted: reason, alternative, reviewer."""
    rows = not_admitted(request.actor, since=clock.now() - QUARTER)
    return render(request, "intake/ended.html", {"rows": rows, "now": clock.now()})


@page(Can.MANAGE_SLOTS)
def slots(request: ActorRequest) -> HttpResponse:
    """Open evaluation times, and take back those nobody has booked."""
    actor = request.actor
    form = SlotForm(
        request.POST if request.method == "POST" and "withdraw" not in request.POST else None,
        people=[(one.user_id, one.line) for one in staff(actor) if one.licences],
        places=[(one.room_id, one.name) for one in rooms(
            actor, on=sites(actor)[0].day(clock.now()))])
    if request.method == "POST" and _changed_slots(request, form):
        return HttpResponseRedirect(reverse("intake:slots"))
    free = next_free_slots(actor, at=clock.now(), how_many=SLOTS_SHOWN)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "intake/slots.html", {"form": form, "free": free, "now": clock.now()},
                  status=status)


def to_inquiry(request: ActorRequest, inquiry_id: int, done: str) -> HttpResponse:
    """Lead to an inquiry's page, which then says what was done."""
    client_id = client_of(request.actor, inquiry_id=inquiry_id)
    address = reverse("intake:inquiry", args=[client_id, inquiry_id])
    return HttpResponseRedirect(f"{address}?done={done}" if done else address)


def _changed_slots(request: ActorRequest, form: SlotForm) -> bool:
    """Do what the page of times was asked; False when the form needs another look."""
    withdrawn = request.POST.get("withdraw", "")
    try:
        if withdrawn:
            withdraw_slot(request.actor, slot_id=whole(withdrawn), at=clock.now())
            return True
        if not form.is_valid():
            return False
        said = form.cleaned_data
        open_slot(request.actor, room_id=said["room"], evaluator_id=said["evaluator"],
                  starts_at=said["starts_at"],
                  ends_at=said["starts_at"] + timedelta(minutes=said["minutes"]),
                  at=clock.now())
    except (SlotClash, SlotTaken) as error:
        if form.is_bound:
            form.add_error(None, str(error))
        return not form.is_bound
    return True


def _form(request: ActorRequest) -> InquiryForm:
    now = clock.now()
    return InquiryForm(
        request.POST if request.method == "POST" else None, now=now,
        slots=next_free_slots(request.actor, at=now, how_many=OFFERED),
        today=sites(request.actor)[0].day(now))


def _desk(
    request: ActorRequest, form: InquiryForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    now = clock.now()
    actor = request.actor
    sees_web = gate.may(actor, Can.SEE_WEB_INQUIRIES)
    return render(request, "intake/desk.html", {
        **_waiting(request), "form": form, "seats": seats(actor, at=now), "problem": problem,
        "web": web_inquiries(actor, at=now) if sees_web else [],
        "may_take": gate.may(actor, Can.REGISTER_CLIENT),
    }, status=status)


def _waiting(request: ActorRequest) -> dict[str, object]:
    now = clock.now()
    return {
        "rows": waiting_list(request.actor, at=now), "now": now,
        "median": median_days_to_evaluation(request.actor, since=now - MONTH),
    }
