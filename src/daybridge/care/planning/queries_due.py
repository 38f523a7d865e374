"""When the next plan is due, and why."""

from collections.abc import Iterable, Sequence
from datetime import date

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.care.placement.queries import StayRow, stay_of, stays_in_care
from daybridge.care.planning import rules
from daybridge.care.planning.models import Plan, ReviewCall
from daybridge.care.planning.rows import DueRow
from daybridge.clinic.programme.queries import setting, sites

CAUSES = ReviewCall.CAUSE


@query(Can.SEE_PLAN)
def plans_due(viewer: Actor, /, *, on: date, within_days: int = 3) -> list[DueRow]:
    """Return the plans due soon or overdue of the stays the viewer sees, worst first."""
    due = _due(viewer, stays_in_care(viewer), on)
    return sorted(
        (row for row in due if row.days_over >= -within_days),
        key=lambda row: (-row.days_over, row.client_id),
    )


@query(Can.SEE_PLAN)
def plan_due(viewer: Actor, /, *, client_id: int, on: date) -> DueRow | None:
    """Return when this client's next plan is due; None without an open stay."""
    stay = stay_of(viewer, client_id=client_id)
    if stay is None or stay.ended_at is not None:
        return None
    (row,) = _due(viewer, [stay], on)
    return row


def _due(viewer: Actor, stays: Sequence[StayRow], on: date) -> list[DueRow]:
    clients = [stay.client_id for stay in stays]
    signed: dict[int, list[Plan]] = {}
    for row in Plan.objects.filter(client__in=clients, signed_at__isnull=False):
        signed.setdefault(row.stay_id, []).append(row)
    calls: dict[int, list[rules.Cause]] = {}
    for call in ReviewCall.objects.filter(client__in=clients).order_by("on", "pk"):
        words = f"{dict(CAUSES)[call.cause]}: {call.words}" if call.words else dict(CAUSES)[call.cause]
        calls.setdefault(call.client_id, []).append(rules.Cause(call.on, words.capitalize()))
    return [_due_of(viewer, stay, signed.get(stay.stay_id, []), calls.get(stay.client_id, []), on)
            for stay in stays]


def _due_of(
    viewer: Actor, stay: StayRow, signed: Sequence[Plan], calls: Iterable[rules.Cause], on: date
) -> DueRow:
    day = sites(viewer)[0].day
    kind = rules.next_kind([rules.Kind(row.kind) for row in signed])
    last = max((row.signed_at for row in signed if row.signed_at), default=None)
    by_calendar = rules.due_on(
        kind, admitted_on=day(stay.admitted_at), last_signed_on=day(last) if last else None,
        full_days=setting(viewer, key="full_plan_days", on=on),
        review_days=setting(viewer, key="plan_review_days", on=on),
    )
    events = [*calls]
    if stay.level_since is not None and stay.level_since > stay.admitted_at:
        events.append(rules.Cause(day(stay.level_since), f"Level of care is now {stay.level.upper()}"))
    causes = rules.causes_since(day(last) if last else None, events)
    due_on = rules.brought_forward(by_calendar, causes)
    return DueRow(stay.client_id, kind, due_on, (on - due_on).days, tuple(causes))
