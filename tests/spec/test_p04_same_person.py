"""P04. The same person through treatment: an individual session is led by the primary counsellor."""

from datetime import timedelta

from daybridge.access import identity
from daybridge.care.hours import rules
from daybridge.care.hours.commands import Line, take_attendance
from daybridge.care.schedule.commands import book_single, open_session
from daybridge.care.schedule.queries import session
from daybridge.quality.listing import EVERYTHING
from daybridge.quality.measure import Window
from tests import story
from tests.story import MON, WEEK, local

DAY = timedelta(days=1)
BY_ID = {one.id: one for kept in EVERYTHING for one in kept.figures if one.read}
NOW = Window(WEEK, WEEK + 6 * DAY, MON + 6 * DAY)


def talk(cast, who, leader, hour, kind=rules.Attendance.ATTENDED):
    """Hold an individual session on Tuesday."""
    starts = local(WEEK + DAY, hour)
    pk = book_single(cast.nora, client_id=who.client_id, service="individual", starts_at=starts, minutes=60,
                     leader_id=leader.user_id, room_id=cast.rooms["Office 3"], at=MON)
    open_session(leader, occurrence_id=pk, at=starts)
    take_attendance(leader, occurrence_id=pk, client_ids=[who.client_id], lines=[Line(who.client_id, kind)],
                    version=session(leader, occurrence_id=pk).version, at=starts + timedelta(hours=1))


def test_a_session_with_the_primary_counsellor_counts_and_one_with_another_does_not(cast):
    """Each session moves the share; one that the client missed is no session."""
    story.admitted(cast, cast.maria)
    assert read(cast) == (0, 0)
    talk(cast, cast.maria, cast.nora, 9)
    assert read(cast) == (1, 1)
    talk(cast, cast.maria, cast.osei, 11)
    assert read(cast) == (1, 2)
    talk(cast, cast.maria, cast.nora, 14, rules.Attendance.UNKNOWN)
    assert read(cast) == (1, 2)


def read(cast):
    with identity.acting(cast.quinn, at=MON):
        found = BY_ID["P04-same"].read(cast.quinn, NOW)
    return sum(one.counted for one in found.cases), len(found.cases)
