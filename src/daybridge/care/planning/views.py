"""The plan: write, sign, look at progress, add to, prescribe hours."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.drafts import draft_of, drop_draft
from daybridge.access.gate import Conflict, may
from daybridge.access.pages import page
from daybridge.access.signatures import is_really
from daybridge.care.assessment.queries import readiness_of, reasons_of
from daybridge.care.assessment.rows import NeedRow
from daybridge.care.curriculum.queries import practices
from daybridge.care.placement.queries import stay_of
from daybridge.care.planning import commands, commands_review, commands_sign, forms, queries
from daybridge.care.planning.library import by_domain
from daybridge.care.planning.queries_due import CAUSES, plan_due
from daybridge.care.planning.queries_thread import NO_ANSWER, needs_by_answer
from daybridge.care.planning.rows import PlanRow
from daybridge.clinic.people.queries import name_of
from daybridge.clinic.programme.queries import sites
from daybridge.kernel.typed import day, whole

WRONG_PASSWORD = "That password does not fit. A signature needs yours."  # noqa: S105 - words
STEP_DAYS = 28  # until when a step begun from the library should be reached (own)


@page(Can.SEE_PLAN)
def plan(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show the plan in force and the one in work; write, sign and look at it again."""
    if request.method == "POST":
        try:
            _act(request, client_id)
        except commands.NotReady as error:
            return _plan(request, client_id, str(error), 422)
        return redirect(reverse("planning:plan", args=[client_id]) + _room(request.POST))
    return _plan(request, client_id)


def _room(sent: Mapping[str, str]) -> str:
    """Return where the next page has room for more: what a button without a script asks for."""
    more, need = sent.get("more", ""), whole(sent.get("need"))
    if need:
        return f"?need={need}"
    return f"?more={more}" if forms.FIELD.match(f"{more}-x") or more == "p" else ""


def _plan(
    request: ActorRequest, client_id: int, error: str = "", status: int = 200
) -> HttpResponse:
    actor = request.actor
    today = sites(actor)[0].day(clock.now())
    sees = may(actor, Can.SEE_ASSESSMENT, client_id=client_id)
    may_write = may(actor, Can.WRITE_PLAN, client_id=client_id)
    found = queries.plan_in_work(actor, client_id=client_id)
    in_force = queries.plan_in_force(actor, client_id=client_id)
    needs = needs_by_answer(actor, client_id=client_id, at=clock.now()) if sees else ([], [])
    context: dict[str, Any] = {
        "client": name_of(actor, client_id=client_id), "error": error, "today": today,
        "plan": found, "in_force": in_force, "sent": request.POST, "causes": CAUSES,
        "hours": queries.prescribed(actor, of=[client_id], on=today).get(client_id),
        "stay": stay_of(actor, client_id=client_id), "may_write": may_write,
        "reasons": reasons_of(actor, client_id=client_id) if sees else [],
        "rulers": readiness_of(actor, client_id=client_id)[-6:] if sees else [],
        "open_needs": needs[0], "needs": [*needs[0], *needs[1]], "states": queries.PROGRESS_STATES,
        "versions": queries.versions(actor, client_id=client_id),
        "due": plan_due(actor, client_id=client_id, on=today)
        if may(actor, Can.SEE_STAY, client_id=client_id) else None,
    }
    if found is not None and not found.is_frozen and may_write:
        context |= _editor(request, found, context["needs"], today)
    return render(request, "planning/plan.html", context, status=status)


def _editor(
    request: ActorRequest, found: PlanRow, needs: list[NeedRow], today: date
) -> dict[str, Any]:
    """Return what the editor draws: the stored words, or those that were just refused."""
    sent, asked = request.POST, request.GET
    given_back = request.method == "POST" and whole(sent.get("plan")) == found.plan_id and (
        sent.get("do", "write") == "write")
    fields = forms.fields_of(found.problems)
    cited, strengths = {str(pk) for pk in found.reason_ids}, found.strengths
    if given_back:
        fields = {name: value for name, value in sent.dict().items() if forms.FIELD.match(name)}
        cited, strengths = set(sent.getlist("reason")), sent.get("strengths", "")
    else:
        draft = draft_of(request.actor, f"plan-{found.plan_id}")
        names = draft.fields if draft else {}  # drafts.js puts the words back into these
        fields = {name: "" for name in names if forms.FIELD.match(name)} | fields
    begun = next(((str(one.need_id), one.words) for one in needs
                  if one.need_id == whole(asked.get("need"))), None)
    sheet = forms.with_room(forms.sheet_of(fields), asked.get("more", ""), begun)
    in_plan = {one.fields["need"] for one in sheet}
    return {
        "sheet": sheet, "blank": forms.with_room([])[0], "texts": by_domain(), "cited": cited,
        "strengths": strengths, "practices": practices(request.actor),
        "step_until": today + timedelta(days=STEP_DAYS),
        "in_plan": in_plan,
        "left": sum(one.answer == NO_ANSWER and str(one.need_id) not in in_plan for one in needs),
    }


def _act(request: ActorRequest, client_id: int) -> None:
    act = ACTS.get(request.POST.get("do", ""), _write)
    act(request, client_id, whole(request.POST.get("plan")))


def _start(request: ActorRequest, client_id: int, plan_id: int) -> None:
    commands.start_plan(request.actor, client_id=client_id, at=clock.now())


def _add(request: ActorRequest, client_id: int, plan_id: int) -> None:
    commands.add_addendum(request.actor, client_id=client_id, plan_id=plan_id,
                          words=request.POST.get("words", ""), at=clock.now())


def _set_aside(request: ActorRequest, client_id: int, plan_id: int) -> None:
    commands_review.set_aside(request.actor, client_id=client_id, plan_id=plan_id,
                              why=request.POST.get("why", ""), at=clock.now())
    _start(request, client_id, plan_id)


def _sign(request: ActorRequest, client_id: int, plan_id: int) -> None:
    if not is_really(request.actor, request.POST.get("password", "")):
        raise commands.NotReady(WRONG_PASSWORD)
    commands_sign.sign_as_clinician(request.actor, client_id=client_id, plan_id=plan_id,
                               version=_read(request), at=clock.now())


def _cosign(request: ActorRequest, client_id: int, plan_id: int) -> None:
    if not is_really(request.actor, request.POST.get("password", "")):
        raise commands.NotReady(WRONG_PASSWORD)
    commands_sign.cosign_plan(request.actor, client_id=client_id, plan_id=plan_id, at=clock.now())


def _client_signs(request: ActorRequest, client_id: int, plan_id: int) -> None:
    commands_sign.sign_as_client(request.actor, client_id=client_id, plan_id=plan_id,
                            name=name_of(request.actor, client_id=client_id).name,
                            version=_read(request), at=clock.now())


def _read(request: ActorRequest) -> int | None:
    """Return the version that the signer has before them."""
    return whole(request.POST.get("version")) or None


def _write(request: ActorRequest, client_id: int, plan_id: int) -> None:
    """Save the words; whoever is late sees both versions field by field."""
    actor, sent = request.actor, request.POST
    try:
        commands.write_plan(
            actor, client_id=client_id, plan_id=plan_id, at=clock.now(),
            items=forms.items_from(sent), version=whole(sent.get("version")),
            strengths=sent.get("strengths", ""),
            reason_ids={whole(one) for one in sent.getlist("reason")} - {0},
        )
    except Conflict as clash:
        stored = queries.plan(actor, client_id=client_id, plan_id=plan_id)
        theirs = forms.compared(stored.problems, sent) | {"strengths": stored.strengths}
        raise Conflict(theirs, version=clash.version, labels=forms.labels_of(theirs),
                       choices=[name for name in theirs if forms.CHOSEN.search(name)]) from None
    drop_draft(actor, f"plan-{plan_id}")


def _progress(request: ActorRequest, client_id: int, plan_id: int) -> None:
    sent = request.POST.dict()
    states = {
        whole(name.removeprefix("state-")): (value, sent.get(name.replace("state-", "why-", 1), ""))
        for name, value in sent.items() if name.startswith("state-") and value
    }
    commands_review.note_progress(request.actor, client_id=client_id, states=states, at=clock.now())


def _call(request: ActorRequest, client_id: int, plan_id: int) -> None:
    at, sent = clock.now(), request.POST
    today = sites(request.actor)[0].day(at)
    on = day(sent.get("on")) if sent.get("on", "").strip() else today
    if on is None or on > today:
        raise commands.NotReady("The day it happened looks like 2026-11-16, and is today or before.")
    commands_review.call_for_review(request.actor, client_id=client_id, on=on, at=at,
                                    cause=sent.get("cause", ""), words=sent.get("words", ""))


def _prescribe(request: ActorRequest, client_id: int, plan_id: int) -> None:
    try:
        hours = Decimal(request.POST.get("hours", ""))
    except InvalidOperation:
        raise commands.NotReady("Hours a week: a number like 9 or 10.5.") from None
    at = clock.now()
    commands.prescribe_hours(
        request.actor, client_id=client_id, hours=hours, at=at,
        from_day=sites(request.actor)[0].day(at),
        reason=request.POST.get("reason", "") or "as the plan says",
    )


ACTS = {
    "start": _start, "hours": _prescribe, "addendum": _add, "aside": _set_aside,
    "progress": _progress, "review": _call, "sign": _sign, "client": _client_signs,
    "cosign": _cosign,
}
