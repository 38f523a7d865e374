"""What one client has covered of the curriculum, and what stayed (P11)."""

from django.http import HttpResponse
from django.shortcuts import render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.curriculum.library_lessons import curriculum
from daybridge.care.curriculum.queries_checks import checks_of
from daybridge.care.curriculum.rules_lessons import CHECKS, PARTS, Covered
from daybridge.care.schedule.queries import zone
from daybridge.clinic.people.queries import name_of
from daybridge.pages.curriculum import KINDS, known_lessons
from daybridge.pages.my_lessons import LOOKED_BACK


@page(Can.SEE_ATTENDANCE)
def client_lessons(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show each lesson in its part: covered, there too short, not yet; how many answers were right."""
    viewer, lessons = request.actor, curriculum().lessons
    today = clock.now().astimezone(zone(viewer)).date()
    known = known_lessons(viewer, {client_id}, since=today - LOOKED_BACK, today=today)[client_id]
    sees_checks = may(viewer, Can.SEE_INSTRUMENTS, client_id=client_id)
    checks = checks_of(viewer, of={client_id}) if sees_checks else {}
    parts = [
        (title, [(one, known.get(slug, Covered.NO), KINDS[known.get(slug, Covered.NO)],
                  checks.get((client_id, slug))) for slug, one in lessons.items() if one.part == part])
        for part, title in PARTS.items()]
    context = {
        "client": name_of(viewer, client_id=client_id), "parts": parts, "all": len(lessons), "asked": CHECKS,
        "count": sum(state is Covered.YES for state in known.values()), "sees_checks": sees_checks,
        "since": today - LOOKED_BACK,
    }
    return render(request, "pages/client_lessons.html", context)
