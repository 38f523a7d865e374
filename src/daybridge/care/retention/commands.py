"""Reaching out after a missed session."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.access.models import TeamMember
from daybridge.care.hours.queries import PresenceRow, missed_between, presence_at
from daybridge.care.hours.rules import MISSED
from daybridge.care.retention import rules
from daybridge.care.retention.models import Attempt, Outreach
from daybridge.care.schedule import queries as schedule
from daybridge.clinic.tasks.queries import tasks_of
from daybridge.kernel import text

LOOK_BACK = timedelta(days=3)


class NoAttempt(ValueError):
    """Reaching out is closed by a person's attempt, nothing else."""


@command(Can.REACH_OUT)
def open_due_outreach(actor: Actor, /, *, at: datetime, occurrence_id: int | None = None) -> int:
    """Open a row for every missed session that has none: of one session, or of the last days."""
    missed = _missed(actor, at) if occurrence_id is None else [
        row for row in presence_at(actor, occurrence_id=occurrence_id).values() if row.kind in MISSED
    ]
    if not missed:
        return 0
    zone = schedule.zone(actor)
    known = set(
        Outreach.objects.filter(occurrence_id__in={row.occurrence_id for row in missed})
        .values_list("client_id", "occurrence_id")
    )
    new = [row for row in missed if (row.client_id, row.occurrence_id) not in known]
    sessions = schedule.sessions_by_id(actor, ids={row.occurrence_id for row in new})
    primaries = dict(
        TeamMember.objects.filter(
            client__in={row.client_id for row in new}, part="primary", until_at=None
        ).values_list("client_id", "user_id")
    )
    for row in new:
        ended = sessions[row.occurrence_id].ends_at
        alert = any(one.kind == "alert" for one in tasks_of(actor, client_id=row.client_id, at=at))
        Outreach.objects.create(
            client_id=row.client_id, occurrence_id=row.occurrence_id, missed_at=ended,
            due_at=rules.first_due(ended, zone, open_alert=alert),
            owner_id=primaries.get(row.client_id), opened_at=at,
        )
    return len(new)


def _missed(actor: Actor, at: datetime) -> list[PresenceRow]:
    today = at.astimezone(schedule.zone(actor)).date()
    return missed_between(actor, first=today - LOOK_BACK, last=today)


@command(Can.REACH_OUT)
def record_attempt(
    actor: Actor, /, *, client_id: int, outreach_id: int, channel: str, outcome: str,
    said: str, done: bool, at: datetime,
) -> int:
    """Write down a try to reach somebody, and whether that is enough for now."""
    row = Outreach.objects.select_for_update().get(pk=outreach_id, client_id=client_id)
    attempt = Attempt.objects.create(
        client_id=client_id, outreach=row, by_id=actor.user_id or 0, at=at, channel=channel,
        outcome=rules.Outcome(outcome), said=text.tidy(said),
    )
    row.attempts += 1
    row.first_attempt_at = row.first_attempt_at or at
    if done:
        row.closed_at = at
    row.save()
    return attempt.pk


@command(Can.REACH_OUT)
def close_outreach(
    actor: Actor, /, *, client_id: int, outreach_ids: Sequence[int], at: datetime
) -> None:
    """Close several misses of one client that one talk has answered."""
    for row in Outreach.objects.filter(pk__in=outreach_ids, client_id=client_id, closed_at=None):
        if not row.attempts:
            raise NoAttempt("Write down the attempt first.")
        Outreach.objects.filter(pk=row.pk).update(closed_at=at)
