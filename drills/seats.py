"""Books seats from several processes at once and prints the worst that anybody saw, as JSON.

Run inside a drill's home: `python -m drills.seats how director bookings member ...`, where how is
`ours` (the program's command) or `naive` (look, then write, as a first draft would).
"""

import json
import multiprocessing
import random
import sys
from datetime import time, timedelta

PROCESSES, CAPACITY, SHARE_TAKEN = 8, 3, 0.75


def main() -> None:
    """Make a group with three seats, let everybody book, say what was seen and what is stored."""
    import django

    django.setup()
    from django.db import connections

    how, director, bookings, *members = sys.argv[1], *map(int, sys.argv[2:])
    ids = _sessions(director)
    connections.close_all()
    rounds = bookings // PROCESSES
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        found = pool.starmap(_book, [(how, director, members, ids, rounds, n) for n in range(PROCESSES)])
    worst = max(most for most, _, _ in found)
    sys.stdout.write("\n" + json.dumps({
        "worst": worst, "capacity": CAPACITY, "sessions": len(ids),
        "given": sum(given for _, given, _ in found), "refused": sum(no for _, _, no in found)}))


def _sessions(director: int) -> list[int]:
    """Begin the group as the director; return its sessions."""
    from django.db import transaction
    from tests.story import MON, WEEK

    from daybridge.access import identity
    from daybridge.care.schedule.commands import make_series
    from daybridge.care.schedule.models import Occurrence
    from daybridge.clinic.programme.queries import rooms

    actor = _director(director)
    with transaction.atomic(), identity.acting(actor, at=MON):
        room = next(one for one in rooms(actor) if one.name == "Room 2")
        series = make_series(
            actor, site_id=room.site_id, room_id=room.room_id, leader_id=director, title="Few seats",
            service="group", weekday=2, starts=time(15), minutes=60, first_day=WEEK + timedelta(days=2),
            capacity=CAPACITY, levels=["iop"], at=MON)
        return list(Occurrence.objects.filter(series=series).values_list("pk", flat=True))


def _director(user_id: int):
    from daybridge.access.actors import Actor
    from daybridge.access.policy import Role
    return Actor(user_id, frozenset({Role.DIRECTOR}), "Helen Carrow")


def _book(how: str, director: int, members: list[int], ids: list[int], rounds: int, seed: int):
    """Take and give up seats; return the most seats seen taken, given and refused bookings."""
    from django.db import transaction
    from tests.story import MON

    from daybridge.access import identity
    from daybridge.care.schedule.commands import DoesNotFit, give_up_seat, take_seat
    from daybridge.care.schedule.queries import taken

    actor, dice, worst, given, refused = _director(director), random.Random(seed), 0, 0, 0
    take = take_seat if how == "ours" else _naive
    while given + refused < rounds:
        client_id, one = dice.choice(members), dice.choice(ids)
        with transaction.atomic(), identity.acting(actor, at=MON):
            if dice.random() > SHARE_TAKEN:
                give_up_seat(actor, client_id=client_id, occurrence_id=one, at=MON)
                continue
            try:
                with transaction.atomic():
                    take(actor, client_id=client_id, occurrence_id=one, at=MON)
                given += 1
            except DoesNotFit:
                refused += 1
        with transaction.atomic(), identity.acting(actor, at=MON):
            worst = max(worst, taken(actor, occurrence_ids=[one]).get(one, 0))
    return worst, given, refused


def _naive(actor, *, client_id: int, occurrence_id: int, at) -> None:
    """Give a seat as a first draft would: count, then write, with nothing held in between."""
    from daybridge.care.schedule.commands import DoesNotFit
    from daybridge.care.schedule.models import Expected, Occurrence
    from daybridge.care.schedule.queries import taken

    one = Occurrence.objects.get(pk=occurrence_id)
    if taken(actor, occurrence_ids=[one.pk]).get(one.pk, 0) >= one.capacity:
        raise DoesNotFit
    Expected.objects.update_or_create(
        client_id=client_id, occurrence=one,
        defaults={"booked_singly": True, "state": "expected", "starts_at": one.starts_at,
                  "ends_at": one.ends_at, "booked_at": at})


if __name__ == "__main__":
    main()
