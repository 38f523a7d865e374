"""L2. A snow day: one act takes the sessions off, and everybody who had a place is told."""

from datetime import time, timedelta

import pytest

from daybridge.access import clock
from daybridge.care.schedule.commands import book_single
from daybridge.care.schedule.queries import sessions
from daybridge.clinic.messaging.queries import messages_of
from daybridge.clinic.messaging.rules import Shown
from daybridge.clinic.messaging.tests.servers import text_provider
from daybridge.clinic.people.commands import change_permissions
from daybridge.clinic.people.queries import contact_of
from daybridge.clinic.programme.commands import change_setting, close_days, close_site
from daybridge.clinic.programme.queries import closure_list
from daybridge.clinic.programme.rules_closing import ClosedPart
from daybridge.clinic.tasks.queries import tasks_of
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.story import MON, WEEK, local

DAY = timedelta(days=1)


@pytest.fixture
def provider(settings):
    with text_provider() as one:
        settings.DAYBRIDGE = settings.DAYBRIDGE.model_copy(
            update={"text_url": one.url, "text_token": "s3cret", "text_sender": "+15550100"})
        yield one


@pytest.fixture
def house(cast):
    """Maria is in the Monday group at 10:30 and in the Wednesday one."""
    story.admitted(cast, cast.maria)
    groups = story.groups(cast)
    story.join_groups(cast, cast.maria, groups.monday, groups.wednesday)
    return groups


def close(cast, day=WEEK, at=MON):
    close_days(cast.helen, site_ids=[cast.site_id], first=day, last=day, reason="Snow", at=at)


def told(cast, at=MON):
    """Return what the day's messages to Maria are, and the tasks about telling her."""
    who = {"client_id": cast.maria.client_id, "at": at}
    tasks = [one for one in tasks_of(cast.nora, **who) if one.title.startswith("Closed:")]
    return messages_of(cast.nora, **who), tasks


def test_a_closed_day_calls_off_and_tells(cast, house, provider):
    """At eight: the group at half past ten is off, Maria is written to in Spanish, and is somebody's task."""
    close(cast)
    assert sessions(cast.helen, first=WEEK, last=WEEK) == []
    assert len(sessions(cast.helen, first=WEEK + 2 * DAY, last=WEEK + 2 * DAY)) == 1
    (message,), (task,) = told(cast)
    assert message.body == "lun 10:30 no tendrá lugar. Le llamaremos para darle otra hora"
    assert message.state is Shown.WAITING
    assert task.title == "Closed: Mon 16 Nov, 10:30 called off. Offer another time"
    assert "whether they read it is not known" in task.why
    assert task.due_at == MON + timedelta(hours=2, minutes=30)


def test_who_allows_no_message_is_called(cast, house, provider):
    """She takes no text messages: the outbox says that none goes, and the task says: call."""
    (point,) = contact_of(cast.sam, client_id=cast.maria.client_id)
    change_permissions(cast.sam, client_id=cast.maria.client_id, contact_id=point.contact_id, may_call=True,
                       may_text=False, may_leave_voicemail=False, safe_at_home="yes", verified=True,
                       at=MON)
    close(cast)
    (message,), (task,) = told(cast)
    assert message.state is Shown.WITHHELD
    assert "Call them before they set out" in task.why


def test_what_would_come_too_late_is_said(cast, house, provider):
    """Closed at five in the morning, a session at half past eight, quiet until nine: somebody calls."""
    change_setting(cast.helen, key="quiet_until", value=9, source="own", effective_on=WEEK - DAY,
                   looked_at_by="", looked_at_on=None, at=MON - DAY)
    book_single(cast.nora, client_id=cast.maria.client_id, room_id=cast.rooms["Room 1"],
                leader_id=cast.nora.user_id, service="individual", starts_at=local(WEEK, 8, 30), minutes=60,
                at=MON - DAY)
    close(cast, at=MON - timedelta(hours=3))
    messages, (task,) = told(cast, at=MON - timedelta(hours=3))
    assert sorted(one.body[:9] for one in messages) == ["lun 10:30", "lun 8:30 "], "each session is told"
    assert "too late" in task.why
    assert "08:30 and 1 more called off" in task.title


def test_closed_twice_is_told_once(cast, house, provider):
    """The same day again writes nothing more."""
    close(cast)
    close(cast)
    messages, tasks = told(cast)
    assert (len(messages), len(tasks)) == (1, 1)


def test_a_session_that_has_begun_is_told_to_nobody(cast, house, provider):
    """At eleven the group is under way: it is called off in the calendar, but nobody is told to stay home."""
    close(cast, at=MON + timedelta(hours=3))
    assert told(cast, at=MON + timedelta(hours=3)) == ([], [])


def test_a_part_of_a_day_calls_off_what_meets_it(cast, house, provider):
    """A burst pipe from ten to noon: the group at half past ten is off, the talk at two stands."""
    book_single(cast.nora, client_id=cast.maria.client_id, room_id=cast.rooms["Room 1"],
                leader_id=cast.nora.user_id, service="individual", starts_at=local(WEEK, 14), minutes=60,
                at=MON)
    close_days(cast.helen, site_ids=[cast.site_id], first=WEEK, last=WEEK, reason="Burst pipe", at=MON,
               part=ClosedPart(time(10), time(12)))

    assert [one.service for one in sessions(cast.helen, first=WEEK, last=WEEK)] == ["individual"]
    assert len(told(cast)[1]) == 1


def test_said_again_a_closure_only_grows(cast, house):
    """Closed until noon, then from one to three: ten to three is closed; all day swallows both."""
    for part in (ClosedPart(time(10), time(12)), ClosedPart(time(13), time(15))):
        close_site(cast.helen, site_id=cast.site_id, day=WEEK, reason="Pipe", part=part, at=MON)
    assert [row.part.words for row in closure_list(cast.helen, first=WEEK)] == ["closed 10:00 to 15:00"]
    close(cast)
    assert [row.part.words for row in closure_list(cast.helen, first=WEEK)] == ["closed"]


def test_groups_made_later_keep_out_of_a_closed_part(cast):
    """A new group at half past ten on a day closed from ten to twelve has no session that day."""
    close_site(cast.helen, site_id=cast.site_id, day=WEEK, reason="Pipe", at=MON,
               part=ClosedPart(time(10), time(12)))
    story.groups(cast)

    assert sessions(cast.helen, first=WEEK, last=WEEK) == []
    assert sessions(cast.helen, first=WEEK + 2 * DAY, last=WEEK + 2 * DAY) != []


def test_what_would_be_off_is_seen_before(cast, house, monkeypatch):
    """The page names the session and counts one client; nothing is off yet; its button closes."""
    monkeypatch.setattr(clock, "now", lambda: MON)
    browser = sign_in(cast.helen)
    asked = {"site": cast.site_id, "first": str(WEEK), "last": "", "from_clock": "10:00",
             "until_clock": "12:00", "reason": "Burst pipe"}
    page = browser.get("/settings/days/closing/", asked).content.decode()
    assert "Coping skills" in page
    assert "1 session</strong> of <strong>1 client" in page
    assert len(sessions(cast.helen, first=WEEK, last=WEEK)) == 1

    assert browser.get("/settings/days/closing/", asked | {"first": "soon"}).status_code == 422
    backwards = asked | {"add": "days", "until_clock": "09:00"}
    assert browser.post("/settings/days/", backwards).status_code == 422
    browser.post("/settings/days/", asked | {"add": "days"})
    assert sessions(cast.helen, first=WEEK, last=WEEK) == []
