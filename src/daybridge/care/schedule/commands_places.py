"""Several places at once: all of them, or none."""

from collections.abc import Iterable
from datetime import date, datetime

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command
from daybridge.care.schedule import queries, rules
from daybridge.care.schedule.commands import DoesNotFit, join


@command(Can.BOOK)
def join_many(
    actor: Actor, /, *, client_id: int, series_ids: Iterable[int], from_day: date,
    newcomer: rules.Newcomer, at: datetime,
) -> int:
    """Give a client a place in each of these groups from a day on; return how many.

    If one does not fit, none is given, and the message names the group.
    """
    wanted = sorted(set(series_ids))  # always in the same order: two who do this never wait in a ring
    if not wanted:
        raise DoesNotFit("Choose at least one group.")
    titles = {row.series_id: row.title or row.room for row in queries.all_series(actor, on=from_day)}
    for pk in wanted:
        if pk not in titles:
            raise DoesNotFit("That group does not meet any more. Choose another one.")
        try:
            join(actor, client_id=client_id, series_id=pk, from_day=from_day, newcomer=newcomer, at=at)
        except DoesNotFit as error:
            more = " No place was given." if len(wanted) > 1 else ""
            raise DoesNotFit(f"{titles[pk]}: {error}{more}") from None
    return len(wanted)
