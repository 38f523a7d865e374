"""Sessions with a seat left: alike ones stand for each other, however many there are."""

from datetime import time, timedelta

from tests import story
from tests.story import MON, WEEK

from daybridge.care.schedule.commands import make_series
from daybridge.care.schedule.queries_free import ALIKE, AT_A_TIME, free_sessions
from daybridge.clinic.programme.commands import add_room

SUNDAY = WEEK + timedelta(days=6)


def begin(cast, number, *, capacity=12, starts=time(18), language="en"):
    leader = list(cast.staff.values())[number]
    room = add_room(cast.helen, site_id=cast.site_id, name=f"Room {number} more", seats=14,
                    is_video=False, at=MON)
    return make_series(
        cast.helen, site_id=cast.site_id, room_id=room, leader_id=leader.user_id,
        title=f"Group {number}", service="group", weekday=5, starts=starts, minutes=60,
        first_day=WEEK, capacity=capacity, levels=["iop"], language=language, at=MON,
    )


def test_alike_sessions_are_few_and_others_are_all_there(cast):
    """Six groups at one hour give the same hours: three stand for them, the Spanish one apart."""
    for number in range(6):
        begin(cast, number)
    begin(cast, 7, language="es")

    found = free_sessions(cast.nora, after=MON, last=SUNDAY)

    assert len([row for row in found if row.language == "en"]) == ALIKE
    assert [row.title for row in found if row.language == "es"] == ["Group 7"]


def test_a_free_seat_behind_many_full_groups_is_found(cast):
    """The first groups looked at are full: the search goes on to the one with a seat."""
    for number in range(AT_A_TIME):
        series = begin(cast, number, capacity=1)
        person = story.somebody(cast, f"Full House{number}")
        story.join_groups(cast, person, series)
    begin(cast, AT_A_TIME + 1)

    found = free_sessions(cast.nora, after=MON, last=SUNDAY)

    assert [(row.title, row.seats_left) for row in found] == [(f"Group {AT_A_TIME + 1}", 12)]
