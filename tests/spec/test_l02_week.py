"""L2. The week as a calendar; one session moved with what clashes said before."""

from datetime import timedelta

import pytest

from daybridge.access import clock
from daybridge.access.gate import Conflict
from daybridge.care.schedule.commands import Taken, book_single, open_session
from daybridge.care.schedule.commands_move import move_session
from daybridge.care.schedule.queries import seats, session, sessions
from daybridge.care.schedule.queries_week import clashes
from daybridge.clinic.calendar.commands import give_client_week, give_staff_week
from daybridge.clinic.calendar.rules import Window
from daybridge.clinic.programme.commands import close_site
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON
from tests.story import WEEK, local

DAY = timedelta(days=1)
NEXT = WEEK + 7 * DAY


@pytest.fixture
def monday(cast, monkeypatch):
    """Maria is expected at next Monday's group."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    story.admitted(cast, cast.maria)
    story.join_groups(cast, cast.maria, story.groups(cast).monday)
    return sessions(cast.nora, first=NEXT, last=NEXT)[0]


def move(cast, one, starts_at, **changed):
    return {"occurrence_id": one.occurrence_id, "starts_at": starts_at, "room_id": cast.rooms["Room 2"],
            "leader_id": one.leader_id, **changed}


def test_the_week_shows_who_is_where_and_names_what_one_may_know(cast, monday):
    """By house, room, leader, group and client; the front desk sees times without what a group is about."""
    nora = sign_in(cast.nora)
    shown = nora.get(f"/week/?from={NEXT.isoformat()}").content.decode()
    assert shown.count("<article") == 4
    assert "Coping skills" in shown
    for only, count in ((f"leader-{cast.paul.user_id}", 1), (f"room-{cast.rooms['Room 1']}", 0),
                        (f"group-{monday.series_id}", 1), ("room-nonsense", 0), ("nobody-1", 4)):
        page = nora.get(f"/week/?from={NEXT.isoformat()}&only={only}").content.decode()
        assert page.count("<article") == count, only
    assert nora.get(f"/clients/{cast.maria.client_id}/week/?from=x").status_code == 200
    assert "Coping skills" not in sign_in(cast.fay).get(f"/week/?from={NEXT.isoformat()}").content.decode()


def test_a_session_is_moved_with_its_seats_and_the_group_stays(cast, monday):
    """Only this one moves; the version moved must be the one that was looked at."""
    tuesday = local(NEXT + DAY, 14)
    helen = sign_in(cast.helen)
    address = f"/sessions/{monday.occurrence_id}/move/"
    asked = {"day": (NEXT + DAY).isoformat(), "starts": "14:00", "room": cast.rooms["Room 2"],
             "leader": cast.nora.user_id}
    assert "Nothing stands against it" in helen.get(address, asked).content.decode()
    assert session(cast.nora, occurrence_id=monday.occurrence_id).starts_at == monday.starts_at
    assert helen.post(address, asked | {"version": monday.version}).status_code == 302

    assert session(cast.nora, occurrence_id=monday.occurrence_id).starts_at == tuesday
    mine = seats(cast.nora, first=NEXT, last=NEXT + 13 * DAY, of={cast.maria.client_id})
    assert [row.starts_at for row in mine] == [tuesday, local(NEXT + 7 * DAY, 10, 30)]
    with pytest.raises(Conflict):
        move_session(cast.helen, **move(cast, monday, local(NEXT, 9)), version=monday.version, at=NOON)


def test_what_clashes_is_said_before_and_refused_after(cast, monday):
    """Room, leader, client, closed day, past; outside of given hours is said, not refused."""
    pk = cast.maria.client_id
    wednesday = local(NEXT + 2 * DAY, 11)
    said = [one.words for one in clashes(cast.helen, **move(cast, monday, wednesday))]
    assert said == ["The room is taken then.", "The leader holds another session then."]
    book_single(cast.nora, client_id=pk, leader_id=cast.paul.user_id, room_id=None, service="individual",
                starts_at=local(NEXT + DAY, 14), minutes=60, at=NOON)
    (one,) = clashes(cast.helen, **move(cast, monday, local(NEXT + DAY, 13)))
    assert one.words == "1 client is at another session then: free them first."
    close_site(cast.helen, site_id=cast.site_id, day=NEXT + 4 * DAY, reason="Snow", at=NOON)
    friday = move(cast, monday, local(NEXT + 4 * DAY, 14))
    assert "The site is closed then." in [one.words for one in clashes(cast.helen, **friday)]
    with pytest.raises(Taken, match="closed"):
        move_session(cast.helen, **friday, version=monday.version, at=NOON)

    mornings = (Window(0, 540, 720),)
    give_staff_week(cast.helen, user_id=cast.nora.user_id, windows=mornings, from_day=WEEK, at=NOON)
    give_client_week(cast.nora, client_id=pk, windows=mornings, from_day=WEEK, at=NOON)
    evening = move(cast, monday, local(NEXT, 17))
    assert [(one.words, one.refuses) for one in clashes(cast.helen, **evening)] == [
        ("It lies outside the leader's hours.", False),
        ("For 1 it lies outside the times they gave.", False)]
    move_session(cast.helen, **evening, version=monday.version, at=NOON)


def test_what_has_begun_is_not_moved_and_wrong_times_are_said(cast, monday):
    """A session whose attendance may have been taken stays; nonsense is a sentence, never a fault."""
    helen, address = sign_in(cast.helen), f"/sessions/{monday.occurrence_id}/move/"
    for starts in ("25:99", "soon"):
        assert helen.post(address, {"starts": starts, "version": 1}).status_code == 422
    past = {"day": (WEEK - DAY).isoformat(), "starts": "09:00", "version": monday.version}
    assert "That time is past" in helen.post(address, past).content.decode()
    open_session(cast.nora, occurrence_id=monday.occurrence_id, at=monday.starts_at)
    later = {"day": NEXT.isoformat(), "starts": "15:00", "version": monday.version + 1}
    assert "A session that has begun is not moved" in helen.post(address, later).content.decode()
    assert sign_in(cast.bill).get(address).status_code == 403
