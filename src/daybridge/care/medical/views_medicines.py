"""A client's medicines: the list, allergies, what is considered, kits, and what the checks say."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.kept import send_again
from daybridge.access.pages import page
from daybridge.care.medical import commands as medical
from daybridge.care.medical import commands_checks, queries_checks
from daybridge.care.medical.forms import AnswerForm
from daybridge.care.medicines import commands, commands_kits, queries, rules
from daybridge.care.medicines import forms as lists
from daybridge.clinic.people.queries import name_of
from daybridge.clinic.programme.queries import sites
from daybridge.kernel.typed import whole

Run = Callable[[ActorRequest, int, Any], None]
NOT_POSSIBLE = (commands.NotPossible, medical.NotPossible)


@page(Can.SEE_MEDICINES)
def medicines(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show what a client takes and what to watch; write it down, answer warnings."""
    if request.method != "POST":
        return _show(request, client_id, {})
    do = request.POST.get("do", "")
    if do in INLINE:
        return _inline(request, client_id, do)
    try:
        _row(request, client_id, do)
    except NOT_POSSIBLE as error:
        return send_again(request, str(error))
    return redirect("medical:medicines", client_id)


def _inline(request: ActorRequest, client_id: int, do: str) -> HttpResponse:
    """Take a form that has its own place on the page; with errors it comes back there."""
    form = _form(request, do, request.POST)
    if form.is_valid():
        try:
            INLINE[do](request, client_id, form)
        except NOT_POSSIBLE as error:
            kind_asked = isinstance(error, commands.KindNotSaid)
            form.add_error("kind" if kind_asked else None, str(error))
        else:
            return redirect("medical:medicines", client_id)
    return _show(request, client_id, {do: form}, status=422)


def _form(request: ActorRequest, do: str, sent: QueryDict | None = None) -> forms.Form:
    if do == "give":
        return lists.GiveForm(sent, lots=_lots(request), auto_id="give_%s")
    return {"list": lists.MedicineForm, "allergy": lists.AllergyForm, "consider": lists.ConsiderForm,
            "has": lists.HasKitForm}[do](sent, auto_id=f"{do}_%s")


def _list(request: ActorRequest, client_id: int, form: lists.MedicineForm) -> None:
    commands.list_medicine(request.actor, client_id=client_id, entry=form.entry(), at=clock.now())


def _allergy(request: ActorRequest, client_id: int, form: forms.Form) -> None:
    commands.list_allergy(request.actor, client_id=client_id, at=clock.now(), **form.cleaned_data)


def _consider(request: ActorRequest, client_id: int, form: forms.Form) -> None:
    commands.consider(request.actor, client_id=client_id, at=clock.now(), **form.cleaned_data)


def _give(request: ActorRequest, client_id: int, form: forms.Form) -> None:
    said = form.cleaned_data
    commands_kits.give_kit(
        request.actor, client_id=client_id, lot_id=said["lot"], client_taught=said["client_taught"],
        supporters_taught=said["supporters_taught"], at=clock.now())


def _has(request: ActorRequest, client_id: int, form: forms.Form) -> None:
    commands_kits.has_kit(request.actor, client_id=client_id, at=clock.now(), **form.cleaned_data)


INLINE: dict[str, Run] = {"list": _list, "allergy": _allergy, "consider": _consider, "give": _give,
                          "has": _has}


def _row(request: ActorRequest, client_id: int, do: str) -> None:
    """Do what a button beside a line asks for."""
    actor, sent, at = request.actor, request.POST, clock.now()
    match do:
        case "none":
            what = "allergies" if sent.get("what") == "allergies" else "medicines"
            commands.say_none(actor, client_id=client_id, what=what, at=at)
        case "begun" | "dropped":
            commands.settle_considered(actor, client_id=client_id, outcome=do, at=at,
                                       considered_id=whole(sent.get("considered")))
        case "unallergy":
            commands.end_allergy(actor, client_id=client_id, allergy_id=whole(sent.get("allergy")),
                                 why=sent.get("why", ""), at=at)
        case "dose":
            _dose(request, client_id)
        case "end":
            _end(request, client_id)
        case "answer":
            _answer(request, client_id)
        case _:
            raise commands.NotPossible("This page did not understand the button. Load it again.")


def _sound(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        label = form.fields[name].label or name.replace("_", " ") if name in form.fields else "The form"
        raise commands.NotPossible(f"{str(label).capitalize()}: {errors[0]}")
    return form.cleaned_data


def _dose(request: ActorRequest, client_id: int) -> None:
    said = _sound(lists.DoseForm(request.POST))
    commands.change_dose(
        request.actor, client_id=client_id, medicine_id=said["medicine"], dose=said["dose"],
        how_often=said["how_often"], from_day=said["from_day"], version=said["version"], at=clock.now())


def _end(request: ActorRequest, client_id: int) -> None:
    form = lists.EndForm(request.POST)
    said = _sound(form)
    commands.end_medicine(
        request.actor, client_id=client_id, medicine_id=said["medicine"], until=said["until"],
        why=form.why_words(), version=said["version"], at=clock.now())


def _answer(request: ActorRequest, client_id: int) -> None:
    said = _sound(AnswerForm(request.POST))
    commands_checks.answer_warning(
        request.actor, client_id=client_id, warned_id=said["warned"], decision=said["decision"],
        reason=said["reason"], at=clock.now())


def _show(
    request: ActorRequest, client_id: int, wrong: dict[str, forms.Form], *, status: int = 200
) -> HttpResponse:
    actor, at = request.actor, clock.now()
    writes = may(actor, Can.LIST_MEDICINE, client_id=client_id)
    context = {
        "client": name_of(actor, client_id=client_id), "at": at, "today": sites(actor)[0].day(at),
        "medicines": queries.medicines_of(actor, client_id=client_id),
        "ended": queries.ended_of(actor, client_id=client_id),
        "allergies": queries.allergies_of(actor, client_id=client_id),
        "considered": queries.considered_of(actor, client_id=client_id),
        "kits": queries.kits_of(actor, client_id=client_id), "writes": writes,
        "forms": {do: wrong.get(do) or _form(request, do) for do in INLINE} if writes else {},
        **_checks(request, client_id),
    }
    return render(request, "medical/medicines.html", context, status=status)


def _checks(request: ActorRequest, client_id: int) -> dict[str, Any]:
    """Return warnings, and what can't be checked because nobody has asked yet."""
    actor, at = request.actor, clock.now()
    if not may(actor, Can.SEE_MEDICAL, client_id=client_id):
        return {"sees_medical": False}
    waiting: dict[str, list[str]] = {}
    for one in queries_checks.findings_of(actor, client_id=client_id, at=at):
        if not one.matters:
            for missing in one.missing:
                waiting.setdefault(missing, []).append(one.about)
    warnings = queries_checks.warnings_of(actor, client_id=client_id)
    return {
        "sees_medical": True, "open": [row for row in warnings if row.is_open],
        "answered": [row for row in warnings if not row.is_open],
        "past": queries_checks.past_warnings_of(actor, client_id=client_id)[:20],
        "waiting": [(missing, sorted(set(abouts))) for missing, abouts in waiting.items()],
        "answers": may(actor, Can.ANSWER_WARNING, client_id=client_id),
        "decisions": AnswerForm.base_fields["decision"].choices,  # type: ignore[attr-defined]
    }


def _lots(request: ActorRequest) -> list[tuple[int, str]]:
    today = sites(request.actor)[0].day(clock.now())
    return [(row.lot_id, f"{row.lot}, good until {row.expires_on:%-d %b %Y}, {row.left} left")
            for row in queries.lots(request.actor)
            if row.left and rules.in_date(row.expires_on, today)]
