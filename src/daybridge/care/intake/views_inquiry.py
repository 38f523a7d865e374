"""One inquiry: what is known, what is in the way, the way to the evaluation."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from daybridge.access import clock, gate
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.care.intake import commands, commands_slots, rules
from daybridge.care.intake.forms import (
    HELP,
    HURDLES,
    BookForm,
    BookingForm,
    CloseForm,
    ContactForm,
    HelpGivenForm,
    HurdleDoneForm,
    HurdleForm,
    LastUseForm,
)
from daybridge.care.intake.queries import inquiry, newest_inquiry_of
from daybridge.care.intake.queries_slots import next_free_slots
from daybridge.care.intake.rows import InquiryRow
from daybridge.clinic.people.queries import contact_of, name_of, staff

UNPROCESSABLE = 422
DONE = {
    "taken": "Saved. The clock runs from the first contact.",
    "booked": "Saved, and the evaluation is booked.",
    "full": "The inquiry is saved. That time went to somebody else: choose another below.",
    "safety": "The answers are saved. Each yes is now an alert with an owner's clock.",
    "book": "The evaluation is booked.",
    "booking": "Saved.",
    "hurdle": "The hurdle is named.",
    "hurdle_done": "One hurdle less.",
    "help": "The help is on record.",
    "contact": "The contact is on record.",
    "close": "The inquiry has ended, with an alternative.",
}
BOOKING = {
    "came": commands_slots.mark_came,
    "missed": commands_slots.mark_missed,
    "cancelled": commands_slots.cancel_evaluation,
}
Act = Callable[[ActorRequest, int, int, dict[str, Any], forms.Form], object]


@page(Can.SEE_INQUIRIES)
def newest(request: ActorRequest, client_id: int) -> HttpResponse:
    """Lead to the client's newest inquiry."""
    inquiry_id = newest_inquiry_of(request.actor, client_id=client_id)
    if inquiry_id is None:
        raise Http404("No inquiry is known of this person.")
    return HttpResponseRedirect(reverse("intake:inquiry", args=[client_id, inquiry_id]))


@page(Can.SEE_INQUIRIES)
def show(request: ActorRequest, client_id: int, inquiry_id: int) -> HttpResponse:
    """Show one inquiry."""
    return _page(request, client_id, inquiry_id, {})


@page(Can.TAKE_INQUIRY)
def act(request: ActorRequest, client_id: int, inquiry_id: int, what: str) -> HttpResponse:
    """Take one of the small forms of the page, do it, and say so beside it."""
    address = reverse("intake:inquiry", args=[client_id, inquiry_id])
    if what not in ACTS:
        raise Http404("There is no such form.")
    if request.method != "POST":
        return HttpResponseRedirect(address)
    make, run = ACTS[what]
    form = make(request)
    if form.is_valid():
        try:
            run(request, client_id, inquiry_id, form.cleaned_data, form)
        except (commands.NotOpen, commands_slots.SlotTaken) as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(f"{address}?done={what}#{what}")
    return _page(request, client_id, inquiry_id, {what: form}, status=UNPROCESSABLE)


def _page(
    request: ActorRequest,
    client_id: int,
    inquiry_id: int,
    wrong: dict[str, forms.Form],
    *,
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    actor = request.actor
    row = inquiry(actor, client_id=client_id, inquiry_id=inquiry_id, at=now)
    done = request.GET.get("done", "")
    if done == "booked" and row.booking is None:
        done = "full"
    may_book = gate.may(actor, Can.SET_TEAM, client_id=client_id)
    return render(
        request,
        "intake/inquiry.html",
        {
            "row": row,
            "now": now,
            "name": name_of(actor, client_id=client_id),
            "contacts": contact_of(actor, client_id=client_id),
            "done": DONE.get(done, ""),
            "done_at": done,
            "wrong": next(iter(wrong.values()), None),
            "may_book": may_book,
            "slots": next_free_slots(actor, at=now) if may_book else [],
            "hurdle_words": HURDLES,
            "help_words": HELP,
            "is_live": row.state in {"open", "evaluated"},
            "forms": {
                what: wrong.get(what) or make(request, row=row, unbound=True)
                for what, (make, _) in ACTS.items()
            },
            "answers": [(words, answer.value) for words, answer in _answered(row)],
        },
        status=status,
    )


def _answered(row: InquiryRow) -> list[tuple[str, rules.Answer]]:
    return [(rules.WORDS[question], answer) for question, answer in row.answers.items()]


def _plain(make: Callable[..., forms.Form]) -> Callable[..., forms.Form]:
    def made(
        request: ActorRequest, row: InquiryRow | None = None, *, unbound: bool = False
    ) -> forms.Form:
        return (
            make(auto_id=f"{make.__name__}_%s")
            if unbound
            else make(request.POST, auto_id=f"{make.__name__}_%s")
        )

    return made


def _safety_form(
    request: ActorRequest, row: InquiryRow | None = None, *, unbound: bool = False
) -> forms.Form:
    if unbound is False or row is None:
        return LastUseForm(request.POST)
    known = {question.value: answer.value for question, answer in row.answers.items()}
    return LastUseForm(initial=known | {f"last_{key}": text for key, text in row.last_use.items()})


def _close_form(
    request: ActorRequest, row: InquiryRow | None = None, *, unbound: bool = False
) -> forms.Form:
    people = [
        (one.user_id, one.line)
        for one in staff(request.actor)
        if one.licences or one.user_id == request.actor.user_id
    ]
    return CloseForm(None if unbound else request.POST, reviewers=people, auto_id="close_%s")


def _safety(
    request: ActorRequest, client_id: int, inquiry_id: int, said: dict[str, Any], form: forms.Form
) -> None:
    answers = form.answers()  # type: ignore[attr-defined]
    last = {key: said[f"last_{key}"] for key in ("alcohol", "sedative", "opioid")}
    commands.answer_safety(
        request.actor,
        client_id=client_id,
        inquiry_id=inquiry_id,
        answers=answers,
        last_use=last,
        at=clock.now(),
    )


def _booking(
    request: ActorRequest, client_id: int, inquiry_id: int, said: dict[str, Any], form: forms.Form
) -> None:
    BOOKING[said["outcome"]](
        request.actor, client_id=client_id, booking_id=said["booking"], at=clock.now()
    )


def _on_inquiry(command: Callable[..., object], *names: str) -> Act:
    def run(
        request: ActorRequest,
        client_id: int,
        inquiry_id: int,
        said: dict[str, Any],
        form: forms.Form,
    ) -> object:
        return command(
            request.actor,
            client_id=client_id,
            inquiry_id=inquiry_id,
            at=clock.now(),
            **{name: said[name] for name in names},
        )

    return run


def _book(
    request: ActorRequest, client_id: int, inquiry_id: int, said: dict[str, Any], form: forms.Form
) -> None:
    commands_slots.book_evaluation(
        request.actor, client_id=client_id, slot_id=said["slot"], at=clock.now()
    )


def _hurdle_done(
    request: ActorRequest, client_id: int, inquiry_id: int, said: dict[str, Any], form: forms.Form
) -> None:
    commands.answer_hurdle(
        request.actor,
        client_id=client_id,
        hurdle_id=said["hurdle"],
        how=said["how"],
        at=clock.now(),
    )


def _close(
    request: ActorRequest, client_id: int, inquiry_id: int, said: dict[str, Any], form: forms.Form
) -> None:
    commands.close_inquiry(
        request.actor,
        client_id=client_id,
        inquiry_id=inquiry_id,
        reason=said["reason"],
        alternative=said["alternative"],
        reviewer_id=said["reviewer"],
        at=clock.now(),
    )


ACTS: dict[str, tuple[Callable[..., forms.Form], Act]] = {
    "safety": (_safety_form, _safety),
    "book": (_plain(BookForm), _book),
    "booking": (_plain(BookingForm), _booking),
    "hurdle": (_plain(HurdleForm), _on_inquiry(commands.name_hurdle, "what")),
    "hurdle_done": (_plain(HurdleDoneForm), _hurdle_done),
    "help": (_plain(HelpGivenForm), _on_inquiry(commands.record_interim_help, "what")),
    "contact": (_plain(ContactForm), _on_inquiry(commands.log_contact, "how", "words", "reached")),
    "close": (_close_form, _close),
}
