"""Saying which groups work on an objective of the plan (the link of the golden thread)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.planning.queries import plan_in_force
from daybridge.care.schedule.models import ObjectiveSeries
from daybridge.care.schedule.queries_objectives import own_groups


class NotTheirs(ValueError):
    """An objective or a group that is not this client's."""


@command(Can.WRITE_PLAN)
def work_on(
    actor: Actor, /, *, client_id: int, groups: Mapping[str, set[int]], from_day: date, at: datetime
) -> None:
    """Set the groups that work on each objective of the plan in force, by its key.

    Objectives that are not named stay as they are; what ended stays on record.
    """
    plan = plan_in_force(actor, client_id=client_id)
    keys = {one.key for problem in plan.problems for one in problem.objectives} if plan else set()
    own = {one.series_id for one in own_groups(actor, client_id=client_id, on=from_day)}
    now: dict[str, dict[int, ObjectiveSeries]] = {}
    for row in ObjectiveSeries.objects.select_for_update().filter(client_id=client_id, until_day=None):
        now.setdefault(str(row.key), {})[row.series_id] = row
    for key, wanted in groups.items():
        if key not in keys or not wanted <= own | now.get(key, {}).keys():
            raise NotTheirs("Choose among the steps of the plan in force and the client's groups.")
        for series_id, row in now.get(key, {}).items():
            if series_id not in wanted:
                _end(row, from_day)
        for series_id in sorted(wanted - now.get(key, {}).keys()):
            ObjectiveSeries.objects.create(client_id=client_id, key=UUID(key), series_id=series_id,
                                           from_day=from_day)


def _end(row: ObjectiveSeries, on: date) -> None:
    row.until_day = max(row.from_day, on - timedelta(days=1))
    row.save(update_fields=["until_day"])
