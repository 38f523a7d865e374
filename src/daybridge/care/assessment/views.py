"""The evaluation: how severe is it, and what is needed?"""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from daybridge.access import clock, gate, signatures
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.care.assessment import commands, rules
from daybridge.care.assessment.forms import (
    AddendumForm,
    AreasForm,
    ConditionsForm,
    CriteriaForm,
    OutsideForm,
    ReasonForm,
    RulerForm,
    SafetyForm,
    SignForm,
    SubstanceForm,
    initial_of,
)
from daybridge.care.assessment.forms_needs import NeedForm
from daybridge.care.assessment.known import known_before
from daybridge.care.assessment.panels import needs_panel, reasons_panel
from daybridge.care.assessment.queries import emergencies_of, evaluation_of
from daybridge.care.assessment.rows import EvaluationRow
from daybridge.clinic.people.queries import name_of
from daybridge.clinic.programme.queries import sites

UNPROCESSABLE = 422
# sections in the order of danger; any order may be taken
SECTIONS = {
    "safety": "Safety", "substances": "Substances", "medical": "Medical conditions",
    "mental": "Mental conditions", "areas": "Six areas", "criteria": "Who benefits",
    "outside": "Outside evaluation",
}
FORMS: dict[str, Callable[..., forms.Form]] = {
    "safety": SafetyForm, "substances": SubstanceForm, "medical": ConditionsForm,
    "mental": ConditionsForm, "areas": AreasForm, "criteria": CriteriaForm, "outside": OutsideForm,
}


@page(Can.SEE_ASSESSMENT)
def evaluation(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show the evaluation with one section open."""
    return show(request, client_id)


@page(Can.ASSESS)
def start(request: ActorRequest, client_id: int) -> HttpResponse:
    """Begin an evaluation, or go on."""
    if request.method == "POST":
        commands.start_evaluation(request.actor, client_id=client_id, at=clock.now())
    return _to(client_id)


@page(Can.ASSESS)
def section(request: ActorRequest, client_id: int, section: str) -> HttpResponse:
    """Save one section."""
    if section not in SECTIONS:
        raise Http404("There is no such section.")
    row = evaluation_of(request.actor, client_id=client_id)
    if request.method != "POST" or row is None:
        return _to(client_id, section)
    form = _form(request, section, row, bound=True)
    if form.is_valid():
        try:
            _save(request, row, section, form)
        except (commands.Signed, commands.TooOld) as error:
            form.add_error(None, str(error))
        else:
            return _to(client_id, _next(request, client_id, section), saved=section)
    return show(request, client_id, open_form=(section, form), status=UNPROCESSABLE)


@page(Can.ASSESS)
def finish(request: ActorRequest, client_id: int) -> HttpResponse:
    """Call the evaluation complete, or say what it lacks."""
    row = evaluation_of(request.actor, client_id=client_id)
    if request.method == "POST" and row is not None:
        try:
            commands.finish_evaluation(request.actor, client_id=client_id,
                                       evaluation_id=row.evaluation_id, at=clock.now())
        except (commands.Incomplete, commands.Signed):
            return show(request, client_id, lacking=True, status=UNPROCESSABLE)
    return _to(client_id, saved="finish")


@page(Can.SIGN_EVALUATION)
def sign(request: ActorRequest, client_id: int) -> HttpResponse:
    """Sign the evaluation: the password once more, then nothing in it changes."""
    row = evaluation_of(request.actor, client_id=client_id)
    if request.method != "POST" or row is None:
        return _to(client_id)
    form = SignForm(request.POST, auto_id="sign_%s")
    if form.is_valid() and not signatures.is_really(request.actor, form.cleaned_data["password"]):
        form.add_error("password", "That is not your password. Try again.")
    if form.is_valid():
        try:
            commands.sign_evaluation(
                request.actor, client_id=client_id, evaluation_id=row.evaluation_id,
                shown=render_to_string("assessment/_paper.html", {"row": row}), at=clock.now())
        except (commands.NotLicensed, commands.Incomplete, commands.Signed) as error:
            form.add_error(None, str(error))
        else:
            return _to(client_id, saved="sign")
    return show(request, client_id, sign_form=form, status=UNPROCESSABLE)


def show(
    request: ActorRequest, client_id: int, *, open_form: tuple[str, forms.Form] | None = None,
    wrong: dict[str, forms.Form] | None = None, sign_form: forms.Form | None = None,
    lacking: bool = False, status: int = 200,
) -> HttpResponse:
    """Draw the page."""
    actor = request.actor
    row = evaluation_of(actor, client_id=client_id)
    may_assess = gate.may(actor, Can.ASSESS, client_id=client_id)
    name, form = open_form or ("", None)
    if row is not None and not name:
        asked = request.GET.get("section", "")
        name = asked if asked in SECTIONS else _first_lacking(row)
        form = _form(request, name, row, bound=False)
    wrong = wrong or {}
    return render(request, "assessment/evaluation.html", {
        "row": row, "client_id": client_id, "name": name_of(actor, client_id=client_id),
        "section": name, "title": SECTIONS.get(name, ""), "form": form,
        "progress": _progress(row), "may_assess": may_assess, "lacking": lacking,
        "titles": SECTIONS, "emergencies": emergencies_of(actor, client_id=client_id),
        "known": known_before(actor, client_id=client_id),
        "may_sign": gate.may(actor, Can.SIGN_EVALUATION, client_id=client_id),
        "sign_form": sign_form or SignForm(auto_id="sign_%s"),
        "need_form": NeedForm(auto_id="need_%s"),
        "reason_form": wrong.get("reason") or ReasonForm(auto_id="reason_%s"),
        "ruler_form": wrong.get("ruler") or RulerForm(auto_id="ruler_%s"),
        "addendum_form": wrong.get("addendum") or AddendumForm(auto_id="addendum_%s"),
        "wrong": next(iter(wrong.values()), None),
        "saved": request.GET.get("saved", ""), "severities": rules.Severity,
        **reasons_panel(actor, client_id=client_id),
        **needs_panel(actor, client_id=client_id, at=clock.now()),
    }, status=status)


def _form(request: ActorRequest, section: str, row: EvaluationRow, *, bound: bool) -> forms.Form:
    more = {"today": sites(request.actor)[0].day(clock.now())} if section == "outside" else {}
    if bound:
        return FORMS[section](request.POST, **more)
    return FORMS[section](
        initial=initial_of(section, row, request.GET.get("substance", "")), **more)


def _save(request: ActorRequest, row: EvaluationRow, section: str, form: forms.Form) -> None:
    said: dict[str, Any] = form.cleaned_data
    who: dict[str, Any] = {"client_id": row.client_id, "evaluation_id": row.evaluation_id,
                           "at": clock.now()}
    actor = request.actor
    if section == "safety":
        commands.save_safety(actor, self_harm=said["self_harm"] or "not_asked",
                             in_danger=said["in_danger"], **who)
    elif section == "areas":
        commands.save_areas(actor, ratings=cast("AreasForm", form).ratings(), **who)
    elif section == "criteria":
        commands.save_criteria(actor, answers=cast("CriteriaForm", form).answers(), **who)
    elif section == "outside":
        commands.take_over_outside(actor, source=said["source"], made_on=said["made_on"], **who)
    elif section == "substances":
        fields = ("substance", "as_prescribed", "last_use", "frequency", "route", "words")
        commands.save_substance(actor, answers=cast("SubstanceForm", form).answers(),
                                **{name: said[name] for name in fields}, **who)
    else:
        commands.save_conditions(actor, part=cast("commands.Part", section), found=said["found"],
                                 words=said["words"], version=said["version"], **who)


def _next(request: ActorRequest, client_id: int, section: str) -> str:
    row = evaluation_of(request.actor, client_id=client_id)
    lacks = {name for name, _ in row.lacks} if row else set()
    order = list(SECTIONS)
    after = order[order.index(section) + 1:] + order[:order.index(section) + 1]
    return next((name for name in after if name in lacks), section)


def _first_lacking(row: EvaluationRow) -> str:
    if row.self_harm == "not_asked":
        return "safety"
    lacks = {name for name, _ in row.lacks}
    return next((name for name in SECTIONS if name in lacks), "safety")


def _progress(row: EvaluationRow | None) -> list[tuple[str, str, int]]:
    """Return each section with how much it lacks."""
    if row is None:
        return []
    lacks = [name for name, _ in row.lacks]
    missing = {name: lacks.count(name) for name in SECTIONS}
    missing["safety"] += row.self_harm == "not_asked"
    return [(name, title, missing[name]) for name, title in SECTIONS.items()]


def _to(client_id: int, section: str = "", saved: str = "") -> HttpResponseRedirect:
    address = reverse("assessment:evaluation", args=[client_id])
    parts = [f"{key}={value}" for key, value in (("section", section), ("saved", saved)) if value]
    return HttpResponseRedirect(f"{address}?{'&'.join(parts)}" if parts else address)
