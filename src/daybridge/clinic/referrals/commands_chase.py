"""Overdue referrals chase themselves: a task for who follows them, then for the supervisor."""

from datetime import datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.models import TeamMember
from daybridge.clinic.referrals import rules
from daybridge.clinic.referrals.commands import CHASE, LATE
from daybridge.clinic.referrals.queries import open_loops
from daybridge.clinic.tasks.commands import open_task

TO_ASK = {"high": timedelta(hours=2)}
ELSE = timedelta(days=1)
WHY = "It is past its date. Open Referrals in the chart, ask, and note what was said."


@command(Can.OPEN_TASK)
def chase_overdue(actor: Actor, /, *, at: datetime) -> int:
    """Open a task for each overdue referral that nobody has just asked about; twice is once.

    The words are for everybody who reads tasks: they don't say where somebody was referred.
    """
    late = [row for row in open_loops(actor, at=at, most=1000) if row.is_overdue]
    team = _teams({row.client_id for row in late})
    for row in late:
        parts = team.get(row.client_id, {})
        primary = next((user for user, part in parts.items() if part == "primary"), None)
        over = next((user for user, part in parts.items() if part == "supervises"), None)
        due = at + TO_ASK.get(row.urgency, ELSE)
        if rules.wants_chase(row.due_at, row.chased_at, at):
            open_task(
                actor, client_id=row.client_id, title="A referral is overdue: ask what became of it",
                why=WHY, due_at=due, source_kind=CHASE, source_id=str(row.referral_id), at=at,
                assignee_user_id=row.owner_id if row.owner_id in parts else primary)
        if rules.wants_escalation(row.due_at, rules.Urgency(row.urgency), at):
            open_task(
                actor, client_id=row.client_id, title="A referral has been overdue for long",
                why=WHY, due_at=due, source_kind=LATE, source_id=str(row.referral_id), at=at,
                assignee_user_id=over)
    return len(late)


def _teams(clients: set[int]) -> dict[int, dict[int, str]]:
    rows = TeamMember.objects.filter(client__in=clients, until_at=None).order_by("pk")
    found: dict[int, dict[int, str]] = {}
    for client_id, user_id, part in rows.values_list("client_id", "user_id", "part"):
        if part == "primary" or user_id not in found.setdefault(client_id, {}):
            found.setdefault(client_id, {})[user_id] = part
    return found
