"""L2. A whole group is changed, paused or ended, and everybody concerned is told; what was held stays."""

from datetime import timedelta

import pytest

from daybridge.access import clock
from daybridge.care.schedule.commands import DoesNotFit
from daybridge.care.schedule.commands_days import end_group, pause_group
from daybridge.care.schedule.commands_joining import change_seats
from daybridge.care.schedule.queries import all_series, memberships_of, sessions
from daybridge.clinic.tasks.queries import tasks_of
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON
from tests.story import MON, WEEK

DAY = timedelta(days=1)
NEXT = WEEK + 7 * DAY
FAR = WEEK + 60 * DAY


@pytest.fixture
def monday(cast, monkeypatch):
    """Maria is in Monday's group."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    story.admitted(cast, cast.maria)
    one = story.groups(cast).monday
    story.join_groups(cast, cast.maria, one)
    return one


def held(cast, series, first=WEEK, last=FAR):
    return [one.day for one in sessions(cast.helen, first=first, last=last) if one.series_id == series]


def told(cast):
    rows = tasks_of(cast.nora, client_id=cast.maria.client_id, at=NOON)
    return [one.title for one in rows if "called off" in one.title]


def test_a_break_takes_its_sessions_off_and_tells(cast, monday):
    """Two weeks off: the third Monday is held again, and Maria is somebody's task once."""
    assert pause_group(cast.helen, series_id=monday, first=NEXT, last=NEXT + 13 * DAY, at=NOON) == 2

    assert held(cast, monday)[:2] == [WEEK, NEXT + 14 * DAY]
    assert told(cast) == ["A break: Mon 23 Nov, 10:30 and 1 more called off. Offer another time"]
    for first, last in ((NEXT, WEEK), (WEEK - DAY, NEXT), (NEXT, NEXT + 400 * DAY)):
        with pytest.raises(DoesNotFit):
            pause_group(cast.helen, series_id=monday, first=first, last=last, at=NOON)


def test_an_ended_group_meets_no_more(cast, monday):
    """After its last day no session stands, the place is over, nobody is told twelve times."""
    end_group(cast.helen, series_id=monday, last_day=NEXT, at=NOON)

    assert held(cast, monday) == [WEEK, NEXT]
    (place,) = memberships_of(cast.nora, client_id=cast.maria.client_id, on=WEEK)
    assert place.until_day == NEXT
    assert len(told(cast)) == 1
    assert monday not in [row.series_id for row in all_series(cast.helen, on=NEXT + DAY)]
    with pytest.raises(DoesNotFit):
        end_group(cast.helen, series_id=monday, last_day=WEEK - DAY, at=NOON)


def test_seats_follow_but_nobody_loses_one(cast, monday):
    """Fewer seats than people is refused; more seats count from now on, for the sessions made already too."""
    change_seats(cast.helen, series_id=monday, capacity=20, at=NOON)
    assert {one.capacity for one in sessions(cast.helen, first=NEXT, last=NEXT)} == {20}
    other = story.somebody(cast, "Lia Ott")
    story.admitted(cast, other)
    story.join_groups(cast, other, monday)
    with pytest.raises(DoesNotFit, match="2 people"):
        change_seats(cast.helen, series_id=monday, capacity=1, at=NOON)


def test_the_page_does_each_and_keeps_what_was_typed(cast, monday):
    """Moved to Tuesday from next week; a Wednesday as Monday is refused with its words; then it ends."""
    browser, address = sign_in(cast.helen), f"/groups/{monday}/change/"
    move = {"do": "move", "monday": str(NEXT + 2 * DAY), "weekday": "1", "starts": "14:00",
            "room": cast.rooms["Room 1"], "leader": cast.nora.user_id}
    shown = browser.get(address).content.decode()
    own = f'<option value="{cast.rooms["Room 2"]}" selected>'
    assert own in shown, "its own room, or a move would change it unseen"
    refused = browser.post(address, move)
    assert refused.status_code == 422
    assert "from a Monday on" in refused.content.decode()
    assert browser.post(address, move | {"monday": str(NEXT)}).status_code == 302
    assert held(cast, monday)[:2] == [WEEK, NEXT + DAY]

    assert browser.post(address, {"do": "seats", "capacity": "x"}).status_code == 422
    pause = {"do": "break", "first": str(NEXT), "last": str(NEXT + DAY)}
    assert browser.post(address, pause).status_code == 302
    assert browser.post(address, {"do": "end", "last_day": str(NEXT)}).status_code == 302
    assert held(cast, monday) == [WEEK]


def test_a_group_for_one_gender_is_made_from_the_page(cast, monkeypatch):
    """Only for women: the group's page says so, and who is not is refused."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    browser = sign_in(cast.helen)
    sent = {
        "title": "Women's group", "practice": "cbt-relapse-prevention", "service": "group", "weekday": "1",
        "starts": "09:00", "minutes": "90", "room": cast.rooms["Room 1"], "leader": cast.nora.user_id,
        "capacity": "8", "language": "en", "gender": "woman", "first_day": str(WEEK)}
    assert browser.post("/groups/new/", sent).status_code == 302
    (row,) = all_series(cast.helen, on=WEEK)
    assert row.gender == "woman"
    assert "woman" in browser.get(f"/groups/{row.series_id}/").content.decode()
    story.admitted(cast, cast.maria, at=MON)
    with pytest.raises(DoesNotFit, match="gender"):
        story.join_groups(cast, cast.maria, row.series_id)
