"""10,000 bookings from eight processes for three seats a session: never a fourth; the first draft fails."""

import json
import subprocess
import sys

from drills.house import ROOT, say

BOOKINGS = 10_000


def booked(house, people, how: str, bookings: int) -> dict[str, int]:
    """Run the bookers inside the house; return what they saw."""
    ((director,),) = house.sql("SELECT id FROM access_user WHERE name = 'Helen Carrow'")
    ended = subprocess.run(
        [sys.executable, "-m", "drills.seats", how, *map(str, (director, bookings, *people["members"]))],
        cwd=ROOT, env=house.environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    return json.loads(ended.stdout.splitlines()[-1])


def test_no_seat_is_given_twice(house, people):
    """Ours holds; the naive way, in the same house and with the same dice, does not."""
    ours = booked(house, people, "ours", BOOKINGS)
    assert ours["given"] + ours["refused"] == BOOKINGS
    assert ours["given"] > BOOKINGS // 20
    assert ours["refused"] > BOOKINGS // 20
    assert ours["worst"] == ours["capacity"], ours
    over = house.sql("SELECT count(*) FROM (SELECT occurrence_id FROM schedule_expected e "
                     "JOIN schedule_occurrence o ON o.id = e.occurrence_id WHERE e.state = 'expected' "
                     "GROUP BY occurrence_id, o.capacity HAVING count(*) > o.capacity) AS full_ones")
    assert over == [(0,)]

    house.sql("UPDATE schedule_series SET last_day = first_day WHERE capacity = 3")
    house.sql("UPDATE schedule_expected SET state = 'cancelled' FROM schedule_occurrence o "
              "WHERE o.id = occurrence_id AND o.capacity = 3")
    house.sql("UPDATE schedule_occurrence SET state = 'cancelled' WHERE capacity = 3")
    naive = booked(house, people, "naive", BOOKINGS // 5)
    assert naive["worst"] > naive["capacity"], "the naive way should fail: is anything contended here?"
    say(f"contention, seats: {BOOKINGS} bookings ({ours['given']} given, {ours['refused']} refused), "
        f"0 over capacity; the naive way gave {naive['worst']} of {naive['capacity']}")
