"""The programme: is the house running? Safety and gaps first, then census, seats, hours."""

from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render

from daybridge.access import clock, rounds, seal
from daybridge.access.actors import Actor, ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.care.hours.queries import week_start
from daybridge.care.hours.queries_board import hours_board
from daybridge.care.placement.queries import in_charge_counts, stays_in_care
from daybridge.care.placement.queries_payer import running_out
from daybridge.care.planning.queries_due import plans_due
from daybridge.care.retention.queries import open_outreach
from daybridge.care.schedule.queries import all_series, zone
from daybridge.clinic.messaging.queries import not_sent
from daybridge.clinic.people import rules as people_rules
from daybridge.clinic.people.queries import LicenceRow, StaffRow, staff
from daybridge.clinic.programme.queries import all_settings, house
from daybridge.clinic.programme.rules import LEVELS
from daybridge.clinic.tasks.queries import holes, unclaimed_alerts

WARNED_DAYS = 90
LATE = timedelta(minutes=5)


@page(Can.MANAGE_STAFF)
def programme(request: ActorRequest) -> HttpResponse:
    """Show the director whether the house runs."""
    viewer, at = request.actor, clock.now()
    day = at.astimezone(zone(viewer)).date()
    stays = stays_in_care(viewer)
    board = hours_board(viewer, week=week_start(viewer, day=day), at=at)
    series = all_series(viewer, on=day)
    late = [row for row in plans_due(viewer, on=day) if row.days_over > 0]
    context = {
        "house": house(viewer), "at": at, "board": board, "late_plans": late,
        "alerts": unclaimed_alerts(viewer, at=at), "holes": holes(viewer, first=at)[:3],
        "licences": _licences(viewer, day), "charge": in_charge_counts(viewer),
        "census": [(level.title, sum(stay.level == level.code for stay in stays))
                   for level in LEVELS.values()],
        "in_care": len(stays), "imported": sum(stay.imported for stay in stays),
        "seats": sum(max(0, row.capacity - row.members) for row in series),
        "groups": len(series), "outreach": len(open_outreach(viewer, at=at)),
        "unlooked": sum(not row.looked_at_by for row in all_settings(viewer, on=day)),
        "not_sent": not_sent(viewer, at=at),
        "payers": len({row.client_id for row in running_out(viewer, on=day)}
                      & {stay.client_id for stay in stays}),
        "still": rounds.standing_still(at=at), "outreach_late": rounds.late("reach_out", at=at),
        "sending_late": rounds.late("send_messages", at=at),
        "unsealed": seal.unsealed(), "seal_late": _is_late(seal.waiting_since(), at),
    }
    return render(request, "pages/programme.html", context)


def _is_late(since: datetime | None, at: datetime) -> bool:
    """Tell whether the sealer has stood still for more than five minutes."""
    return since is not None and at - since > LATE


def _licences(
    viewer: Actor, day: date
) -> list[tuple[StaffRow, LicenceRow, people_rules.LicenceState]]:
    last = day + timedelta(days=WARNED_DAYS)
    found = [
        (row, one, people_rules.licence_state(
            people_rules.Valid(one.valid_from, one.valid_until), day))
        for row in staff(viewer) for one in row.licences if one.valid_until <= last
    ]
    return sorted(found, key=lambda item: item[1].valid_until)
