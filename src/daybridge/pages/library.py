"""The library of practices: what works, how sure that is, who looked lately, who uses it (P13)."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.curriculum import rules
from daybridge.care.curriculum.commands import NotReviewed, review_practice
from daybridge.care.curriculum.forms import ReviewForm
from daybridge.care.curriculum.queries import PracticeRow, practice, practices, unusable_files
from daybridge.care.schedule.queries import zone
from daybridge.care.schedule.queries_practice import groups_by_practice

UNVERIFIED = {"sessions": "sessions", "deliverers": "who may deliver it", "evidence": "evidence",
              "fidelity": "what somebody can see"}
STATES = {rules.Review.CURRENT: "ok", rules.Review.SOON: "info", rules.Review.OVERDUE: "risk",
          rules.Review.NEVER: "risk"}


@page(Can.SEE_LIBRARY)
def library(request: ActorRequest) -> HttpResponse:
    """Show every practice: grade, review, and how many groups stand on it."""
    actor, today = request.actor, _today(request.actor)
    used = groups_by_practice(actor, on=today) if may(actor, Can.SEE_GROUPS) else None
    rows = [_line(row, today, (used or {}).get(row.slug, 0)) for row in practices(actor)]
    supported = [row for row in rows if row[0].is_supported]
    context = {
        "in_use": [row for row in supported if row[3]],
        "others": [row for row in supported if not row[3]],
        "unsupported": [row for row in rows if not row[0].is_supported],
        "due": sum(kind == "risk" for _, _, kind, used in supported if used),
        "is_counted": used is not None, "not_said": (used or {}).get("", 0),
        "sees_fidelity": may(actor, Can.SEE_FIDELITY),
        "files": unusable_files(actor) if may(actor, Can.MANAGE_LIBRARY) else (),
    }
    return render(request, "pages/library.html", context)


def _line(row: PracticeRow, today: date, used: int) -> tuple[PracticeRow, rules.Review, str, int]:
    """Return a line of the table; amber only where a group stands on it."""
    review = row.review(today)
    kind = STATES[review]
    return row, review, "neutral" if kind == "risk" and not used else kind, used


@page(Can.SEE_LIBRARY)
def one_practice(request: ActorRequest, slug: str) -> HttpResponse:
    """Show one practice with its evidence; record a look at it."""
    actor, today = request.actor, _today(request.actor)
    found = practice(actor, slug=slug)
    if found is None:
        raise Http404
    form = None
    if may(actor, Can.MANAGE_LIBRARY):
        form = ReviewForm(request.POST or None, today=today, initial={"grade": found.row.grade},
                          grades=rules.grades_to_choose(found.practice.grade))
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            review_practice(actor, slug=slug, looked_on=today, at=clock.now(), **form.cleaned_data)
        except NotReviewed as error:
            form.add_error(None, str(error))
        else:
            return redirect("pages:practice", slug)
    state = found.row.review(today)
    context = {
        "found": found, "one": found.practice, "review": state, "kind": STATES[state], "form": form,
        "deliverers": [rules.DELIVERERS[key] for key in found.practice.deliverers],
        "unverified": [UNVERIFIED.get(key, key) for key in found.practice.unverified],
        "used": groups_by_practice(actor, on=today).get(slug, 0) if may(actor, Can.SEE_GROUPS) else None,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "pages/practice.html", context, status=status)


def _today(viewer: Actor) -> date:
    return clock.now().astimezone(zone(viewer)).date()
