"""The joint decision, admission, papers, level and payer."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from daybridge.access import clock
from daybridge.access.actors import ActorRequest, Side
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.access.policy import Role
from daybridge.access.signatures import Signer, is_really
from daybridge.care.assessment.queries import (
    evaluation_of,
    is_complete_and_signed,
    licence_line,
    ratings_and_flags,
)
from daybridge.care.intake.commands import mark_admitted
from daybridge.care.placement import commands, queries
from daybridge.care.placement.papers import PAPERS
from daybridge.care.placement.words import OPTIONS, weigh
from daybridge.care.placement.words_mine import weigh_for_me
from daybridge.clinic.people.queries import name_of, profile_of, staff, team_of
from daybridge.clinic.programme.queries import sites
from daybridge.kernel.typed import day, whole

WRONG_PASSWORD = "That password does not fit. A signature needs yours."  # noqa: S105 - words


@page(Can.SEE_PLACEMENT, to=(Side.STAFF, Side.CLIENT))
def decide(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show what the rules suggest and both views; sign, differ, decide."""
    if request.method == "POST":
        try:
            _act(request, client_id)
        except commands.NotYet as error:
            return _decide(request, client_id, str(error), 422)
        return redirect("placement:decide", client_id)
    _renew(request, client_id)
    return _decide(request, client_id)


def _renew(request: ActorRequest, client_id: int) -> None:
    """Run the rules again while nobody has signed, so that the newest ratings are shown."""
    found = queries.decision_of(request.actor, client_id=client_id)
    begun = found is not None and (found.client_view or found.clinician_view)
    rated = ratings_and_flags(request.actor, client_id=client_id)
    if rated is None or begun or not may(
        request.actor, Can.DECIDE_PLACEMENT, client_id=client_id
    ):
        return
    commands.open_decision(
        request.actor, client_id=client_id, ratings=dict(rated.ratings),
        flags=list(rated.flags), at=clock.now(),
    )


def _decide(
    request: ActorRequest, client_id: int, error: str = "", status: int = 200
) -> HttpResponse:
    actor = request.actor
    found = queries.decision_of(actor, client_id=client_id)
    is_client = actor.has(Role.CLIENT)
    say = weigh_for_me if is_client else weigh
    weighed = (
        say(found.recommended, found.ratings, found.flags, found.modifiers) if found else None
    )
    context = {
        "client": name_of(actor, client_id=client_id), "decision": found, "weighed": weighed,
        "evaluation": evaluation_of(actor, client_id=client_id), "options": OPTIONS,
        "signed": is_complete_and_signed(actor, client_id=client_id), "error": error,
        "titles": {code: title for code, title, _ in OPTIONS}, "sent": request.POST,
        "stay": queries.stay_of(actor, client_id=client_id)
        if may(actor, Can.SEE_STAY, client_id=client_id) else None,
        "differs": _differs(found),
        "may_recommend": may(actor, Can.SIGN_CLINICIAN_VIEW, client_id=client_id),
        "may_decide": may(actor, Can.DECIDE_PLACEMENT, client_id=client_id),
    }
    template = "placement/decide_mine.html" if is_client else "placement/decide.html"
    return render(request, template, context, status=status)


def _differs(found: queries.DecisionRow | None) -> bool:
    if found is None or found.client_view is None or found.clinician_view is None:
        return False
    return found.client_view.level != found.clinician_view.level


def _act(request: ActorRequest, client_id: int) -> None:
    sent, at = request.POST, clock.now()
    ids = {"client_id": client_id, "decision_id": whole(sent.get("decision"))}
    match sent.get("do"):
        case "client":
            commands.sign_client_view(
                request.actor, **ids, level=_level(sent.get("client_level", "")), at=at,
                reasons=sent.get("client_reasons", ""),
                name=name_of(request.actor, client_id=client_id).name,
            )
        case "clinician":
            commands.sign_clinician_view(
                request.actor, **ids, level=_level(sent.get("clinician_level", "")), at=at,
                reasons=sent.get("clinician_reasons", ""), signer=_signer(request),
            )
        case "alternative":
            commands.offer_alternative(
                request.actor, client_id=client_id, decision_id=ids["decision_id"],
                alternative=sent.get("alternative", ""), at=at,
            )
        case "decide":
            commands.decide(
                request.actor, **ids, level=_level(sent.get("level", "")), at=at,
                way_forward=sent.get("way_forward", ""),
                review_on=day(sent.get("review_on")),
            )


def _level(code: str) -> str:
    if code not in {option for option, _, _ in OPTIONS}:
        raise commands.NotYet("Choose where treatment should take place.")
    return code


def _signer(request: ActorRequest) -> Signer:
    if not is_really(request.actor, request.POST.get("password", "")):
        raise commands.NotYet(WRONG_PASSWORD)
    line = licence_line(request.actor, _today(request))
    return Signer(*line) if line else Signer(request.actor.name)


def _today(request: ActorRequest) -> date:
    return sites(request.actor)[0].day(clock.now())


@page(Can.ADMIT)
def admit(request: ActorRequest, client_id: int) -> HttpResponse:
    """Admit a client once evaluation and both views are there."""
    actor, error = request.actor, ""
    found = queries.decision_of(actor, client_id=client_id)
    if request.method == "POST" and found is not None:
        at = clock.now()
        try:
            commands.admit(
                actor, client_id=client_id, level=found.decided_level, at=at,
                staff_id=whole(request.POST.get("in_charge")),
                primary_user_id=_counsellor(request),
                decision_id=found.decision_id,
            )
            mark_admitted(actor, client_id=client_id, admitted_at=at, at=at)
        except commands.NotYet as problem:
            error = str(problem)
        else:
            return redirect("placement:papers", client_id)
    context = {
        "client": name_of(actor, client_id=client_id), "decision": found, "error": error,
        "evaluated": is_complete_and_signed(actor, client_id=client_id),
        "stay": queries.stay_of(actor, client_id=client_id), "staff": staff(actor),
        "team": {row.user_id for row in team_of(actor, client_id=client_id)},
        "licensed": [row for row in staff(actor) if row.licences],
        "titles": {code: title for code, title, _ in OPTIONS},
    }
    return render(request, "placement/admit.html", context, status=422 if error else 200)


def _counsellor(request: ActorRequest) -> int:
    chosen = whole(request.POST.get("primary"))
    if chosen not in {row.user_id for row in staff(request.actor)}:
        raise commands.NotYet("Choose the primary counsellor.")
    return chosen


@page(Can.SEE_CONSENTS, to=(Side.STAFF, Side.CLIENT))
def papers(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show the papers at admission; sign one."""
    code = request.POST.get("code", "")
    if request.method == "POST" and code in PAPERS:
        language = "es" if request.POST.get("language") == "es" else "en"
        commands.sign_paper(
            request.actor, client_id=client_id, code=code, language=language, at=clock.now(),
            name=name_of(request.actor, client_id=client_id).name,
            scanned=bool(request.POST.get("scanned")),
        )
        return redirect("placement:papers", client_id)
    is_client = request.actor.has(Role.CLIENT)
    context = {
        "client": name_of(request.actor, client_id=client_id), "is_client": is_client,
        "spoken": _spoken(request, client_id, is_client=is_client),
        "papers": queries.papers_of(request.actor, client_id=client_id),
        "may_sign": may(request.actor, Can.RECORD_CONSENT, client_id=client_id),
    }
    return render(request, "placement/papers.html", context)


def _spoken(request: ActorRequest, client_id: int, *, is_client: bool) -> str:
    """Return the language of the papers: the one the client reads this page in, or speaks."""
    if is_client:
        return get_language() or "en"
    known = may(request.actor, Can.SEE_DEMOGRAPHICS, client_id=client_id)
    return profile_of(request.actor, client_id=client_id).language if known else "en"


@page(Can.CHANGE_STAY)
def change_level(request: ActorRequest, client_id: int) -> HttpResponse:
    """Step up or down."""
    actor, sent, error = request.actor, request.POST, ""
    stay = queries.stay_of(actor, client_id=client_id)
    if stay is None or stay.ended_at:
        return redirect("placement:decide", client_id)
    if request.method == "POST":
        try:
            commands.change_level(
                actor, client_id=client_id, level=_level(sent.get("level", "")),
                why=sent.get("why", ""), at=clock.now(),
            )
        except commands.NotYet as problem:
            error = str(problem)
        else:
            return redirect("pages:chart", client_id)
    context = {
        "client": name_of(actor, client_id=client_id), "stay": stay, "error": error,
        "options": [option for option in OPTIONS if option[0] != stay.level], "sent": sent,
    }
    return render(request, "placement/level.html", context, status=422 if error else 200)
