"""The plan as a paper that a client can take home: plain words, their language, no house's name."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.translation import gettext

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.access.policy import DataClass
from daybridge.access.queries import own_client
from daybridge.care.assessment.queries import reasons_of
from daybridge.care.planning.queries import plan_in_force
from daybridge.care.planning.rows import ObjectiveRow, PlanRow, ProblemRow
from daybridge.care.schedule.queries import zone
from daybridge.care.schedule.queries_objectives import GroupRow, delivered_by, own_groups
from daybridge.clinic.people.queries import name_of, profile_of, staff_names
from daybridge.clinic.programme.queries import house, texts_were_read
from daybridge.documents.commands import release
from daybridge.documents.pdf import render
from daybridge.documents.rules import Kind, Purpose, Recipient
from daybridge.ui import words

TEMPLATE = Path(__file__).parents[1] / "care" / "planning" / "templates" / "planning" / "paper.typ"


@page(Can.RELEASE, to=(Side.CLIENT,))
def my_plan_paper(request: ActorRequest) -> HttpResponse:
    """Give a client their own plan in force as a paper."""
    client_id = own_client(request.actor)
    if client_id is None:
        raise Http404
    plan = plan_in_force(request.actor, client_id=client_id)
    if plan is None:
        return redirect("planning:mine")
    return _paper(request.actor, plan, translation.get_language() or settings.LANGUAGE_CODE)


@page(Can.RELEASE)
def plan_paper(request: ActorRequest, client_id: int) -> HttpResponse:
    """Print a client's plan in force for them, in the language they feel at home in."""
    actor = request.actor
    plan = plan_in_force(actor, client_id=client_id)
    if plan is None:
        return redirect("planning:plan", client_id)
    language = request.GET.get("language", "")
    if not language and may(actor, Can.SEE_DEMOGRAPHICS, client_id=client_id):
        language = profile_of(actor, client_id=client_id).language
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return _paper(actor, plan, known)


def _paper(actor: Actor, plan: PlanRow, language: str) -> HttpResponse:
    at = clock.now()
    with translation.override(language):
        paper = paper_of(actor, plan, language, at=at)
    released = release(
        actor, client_id=plan.client_id, recipient=Recipient(paper["name"], "", Kind.CLIENT),
        purpose=Purpose.OWN_REQUEST, title=paper["words"]["title"], language=language, at=at,
        classes=frozenset({DataClass.PLAN, *([DataClass.ASSESSMENT] if paper["reasons"] else [])}),
        make=lambda _notice: render(TEMPLATE, paper),
    )
    response = HttpResponse(released.content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="my-plan.pdf"'
    return response


def paper_of(actor: Actor, plan: PlanRow, language: str, *, at: datetime) -> dict[str, Any]:
    """Return what stands on the paper, in the language that is spoken now."""
    client_id, today = plan.client_id, at.astimezone(zone(actor)).date()
    own = house(actor)
    read = language == settings.LANGUAGE_CODE or texts_were_read(actor, language=language, on=today)
    groups = own_groups(actor, client_id=client_id, on=today) if may(
        actor, Can.SEE_SCHEDULE, client_id=client_id) else []
    worked = delivered_by(actor, client_id=client_id, on=today)
    leaders = staff_names(actor, user_ids={row.leader_id for row in groups})
    sees = may(actor, Can.SEE_ASSESSMENT, client_id=client_id)
    reasons = reasons_of(actor, client_id=client_id) if sees else []
    return {
        "language": language, "words": _labels(), "unread": "" if read else gettext(
            "A machine put this page into your language. Nobody has checked it yet."),
        "name": name_of(actor, client_id=client_id).name,
        "signed": _day(plan.signed_at, at), "strengths": plan.strengths,
        "reasons": [row.words for row in reasons if row.reason_id in plan.reason_ids],
        "problems": [_problem(one, worked, at) for one in plan.problems],
        "groups": [{"when": _meets(row), "title": row.title or gettext("Group"),
                    "leader": leaders.get(row.leader_id, "")} for row in groups],
        "phones": [
            {"what": gettext("Your team"), "number": own.phone if own else ""},
            {"what": gettext("Day and night, if it gets hard"),
             "number": own.crisis_phone if own else ""},
            {"what": gettext("Call or text, if you think of ending your life"), "number": "988"},
            {"what": gettext("In danger now"), "number": "911"},
        ],
        "signatures": [
            {"name": one.name, "line": gettext("client") if one.as_client
             else ", ".join(filter(None, (one.credential, one.licence))),
             "when": _moment(one.signed_at, at)} for one in plan.signatures
        ],
    }


def _problem(one: ProblemRow, worked: dict[str, list[GroupRow]], at: datetime) -> dict[str, Any]:
    return {
        "hard": one.words, "goal": one.goal,
        "steps": [{
            "words": step.words, "measure": step.measure,
            "until": _day(step.target_on, at),
            "done": bool(step.progress) and step.progress[-1].state == "reached",
            "helps": [*_helps(step), *(f"{row.title or gettext('Group')}, {_meets(row)}"
                                       for row in worked.get(step.key, []))],
        } for step in one.objectives],
    }


def _helps(step: ObjectiveRow) -> Iterable[str]:
    for one in step.interventions:
        yield f"{one.who}: {one.words}" + (f", {one.how_often}" if one.how_often else "")


def _meets(row: GroupRow) -> str:
    return f"{WEEKDAYS[row.weekday]}, {time_format(row.starts, 'g:i A')}"


def _day(value: date | None, at: datetime) -> str:
    return words.moment(value, part="date", client=True, this_year=at.year) if value else ""


def _moment(value: datetime, at: datetime) -> str:
    return words.moment(value, part="full", client=True, this_year=at.year)


def _labels() -> dict[str, str]:
    return {
        "title": gettext("My plan"), "from": gettext("In force since"),
        "why": gettext("Why I do this"), "strong": gettext("What already works"),
        "hard": gettext("What is hard"), "want": gettext("What I want"),
        "see": gettext("How we see it"),
        "until": gettext("until"), "helps": gettext("Who helps, and when"),
        "reached": gettext("reached"), "week": gettext("My groups"),
        "call": gettext("Who I can call"), "signed": gettext("Signed by"),
        "note": gettext("This paper is yours. Keep it where you feel safe. You may ask to change "
                        "the plan at any time."),
        "page": gettext("Page"),
    }
