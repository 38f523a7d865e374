"""Which groups work on which step of a client's plan."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.care.planning.queries import plan_in_force
from daybridge.care.schedule.commands_objectives import NotTheirs, work_on
from daybridge.care.schedule.forms import WEEKDAYS
from daybridge.care.schedule.queries import zone
from daybridge.care.schedule.queries_objectives import delivered_by, own_groups
from daybridge.clinic.people.queries import name_of
from daybridge.kernel.typed import whole


@page(Can.SEE_PLAN)
def objectives(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show each step of the plan in force with the client's groups, and say which work on it."""
    actor, at, error = request.actor, clock.now(), ""
    today = at.astimezone(zone(actor)).date()
    plan = plan_in_force(actor, client_id=client_id)
    steps = [(one, problem) for problem in plan.problems for one in problem.objectives] if plan else []
    if request.method == "POST":
        chosen = {one.key: {whole(pk) for pk in request.POST.getlist(f"groups-{one.key}")} - {0}
                  for one, _ in steps}
        try:
            work_on(actor, client_id=client_id, groups=chosen, from_day=today, at=at)
        except NotTheirs as refused:
            error = str(refused)
        else:
            return redirect("planning:plan", client_id)
    now = delivered_by(actor, client_id=client_id, on=today)
    groups = own_groups(actor, client_id=client_id, on=today) if may(
        actor, Can.SEE_SCHEDULE, client_id=client_id) else []
    context = {
        "client": name_of(actor, client_id=client_id), "error": error,
        "rows": [(one, problem, {row.series_id for row in now.get(one.key, [])})
                 for one, problem in steps],
        "groups": [(row, WEEKDAYS[row.weekday]) for row in groups],
        "may_write": may(actor, Can.WRITE_PLAN, client_id=client_id),
    }
    return render(request, "schedule/objectives.html", context, status=422 if error else 200)
