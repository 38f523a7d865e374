"""Settles the drills' clinic and prints who is who, as JSON. Run inside its home.

Its clock stands at Monday 16 November 2026, 14:45 in New York, until a drill lets time pass.
"""

import json
import sys
from datetime import date, time, timedelta

FIRSTS = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gil", "Hal")
ROUNDS = 6  # sessions of the same group, that the crash drill writes into


def main() -> None:
    """Make the database, the cast, eight members and their sessions."""
    import django

    django.setup()
    from django.conf import settings
    from tests import story
    from tests.cast import settle

    from daybridge.ops.database import prepare

    prepare()
    cast = settle()
    found = _groups(cast)
    now = story.local(story.WEEK, 14, 45)
    clock = settings.DAYBRIDGE.home / f"{settings.DAYBRIDGE.database}.clock"
    clock.write_text(now.isoformat())
    found["alert"] = _alert(cast, now)
    sys.stdout.write("\n" + json.dumps({**found, "maria": cast.maria.client_id}))


def _groups(cast) -> dict[str, object]:
    """Begin a morning group of eight for each day that has been, and one with a single seat."""
    from tests.story import MON, WEEK

    from daybridge.care.schedule.commands import make_series
    from daybridge.care.schedule.queries import sessions

    def begin(title: str, weekday: int, starts: time, capacity: int, leader, room: str) -> int:
        return make_series(
            cast.helen, site_id=cast.site_id, room_id=cast.rooms[room], minutes=60, weekday=weekday,
            capacity=capacity, leader_id=leader.user_id, title=title, service="group", starts=starts,
            first_day=WEEK, levels=["iop"], at=MON - timedelta(days=5),
        )

    mornings = [begin(f"Hour {n}", 0, time(7 + n), 12, cast.nora, "Room 1") for n in range(ROUNDS)]
    begin("One seat", 1, time(10, 30), 1, cast.paul, "Room 2")
    members = [_member(cast, first, mornings) for first in FIRSTS]
    of = {one.title: one.occurrence_id
          for one in sessions(cast.nora, first=WEEK, last=WEEK + timedelta(days=1))}
    return {"members": members, "hours": [of[f"Hour {n}"] for n in range(ROUNDS)],
            "one_seat": of["One seat"]}


def _member(cast, first: str, series: list[int]) -> int:
    from tests.story import MON, WEEK

    from daybridge.access.relate import join_team
    from daybridge.care.placement.commands import admit
    from daybridge.care.schedule.commands import join
    from daybridge.care.schedule.rules import Newcomer
    from daybridge.clinic.people.commands import register_client

    at = MON - timedelta(days=5)
    pk = register_client(cast.sam, preferred_name=f"{first} Member", birth_date=date(1990, 1, 1), at=at)
    admit(cast.sam, client_id=pk, level="iop", staff_id=cast.staff_ids["osei"], imported=True,
          primary_user_id=cast.nora.user_id, decision_id=None, at=at)
    join_team(cast.helen, client_id=pk, user_id=cast.vera.user_id, part="supervises", at=at)
    for one in series:
        join(cast.sam, client_id=pk, series_id=one, from_day=WEEK,
             newcomer=Newcomer("iop", frozenset({"en"})), at=at)
    return pk


def _alert(cast, at) -> str:
    """Open one alert that nobody has taken."""
    from django.db import transaction

    from daybridge.access import identity
    from daybridge.clinic.tasks.commands import open_alert
    from daybridge.clinic.tasks.models import Task

    open_alert(cast.sam, client_id=cast.maria.client_id, title="Call her now", why="A drill",
               clock_minutes=5, source_kind="drill", source_id="1", at=at)
    with transaction.atomic(), identity.acting(cast.helen, at=at):
        return str(Task.objects.get(source_kind="drill").pk)


if __name__ == "__main__":
    main()
