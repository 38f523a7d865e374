"""Calendar feeds: a client of another make reads them; they tell nobody what the times are for."""

from datetime import timedelta

import pytest
import vobject
from django.test import Client
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.canaries import CANARIES
from tests.cast import NOON
from tests.story import WEEK, local

from daybridge.access import clock
from daybridge.care.schedule.commands import give_up_seat
from daybridge.care.schedule.commands_days import cancel_session
from daybridge.care.schedule.queries import sessions

DAY = timedelta(days=1)


@pytest.fixture
def week(cast, monkeypatch):
    """Maria has three groups a week, all led by Nora."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    story.admitted(cast, cast.maria)
    one = story.groups(cast)
    story.join_groups(cast, cast.maria, one.monday, one.wednesday, one.friday)
    return one


def address_of(browser, page):
    """Make an address as a person does, and return its path."""
    shown = browser.post(page, {"do": "make"}).content.decode()
    return "/feed/" + shown.split("/feed/")[1].split('"')[0]


def read(path):
    """Read a feed as a calendar does: without any session."""
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    return answer.content.decode()


def events(text):
    return list(vobject.readOne(text).vevent_list)


def test_a_clients_calendar_has_the_times_and_nothing_else(cast, week):
    """Neutral titles, the site's zone, what was called off said so; no word of the programme."""
    path = address_of(sign_in(cast.maria.account), "/my/calendar/")
    text = read(path)
    found = events(text)
    assert {one.summary.value for one in found} == {"Cita"}
    assert all(one.dtend.value - one.dtstart.value == timedelta(hours=3) for one in found)
    assert local(WEEK, 10, 30) in {one.dtstart.value for one in found}
    assert "TZID=America/New_York" in text
    assert not any(hasattr(one, name) for one in found for name in ("location", "description", "organizer"))
    told = ["Daybridge", "Nora", "Room", "Maria", "group", "Coping", *(
        word for words in CANARIES.values() for word in words.values())]
    assert [word for word in told if word.casefold() in text.casefold()] == []

    later = sessions(cast.nora, first=WEEK + 7 * DAY, last=WEEK + 13 * DAY)
    off, given_up = (next(one for one in later if one.series_id == pk) for pk in (week.monday, week.friday))
    before = {one.uid.value: int(one.sequence.value) for one in found}
    cancel_session(cast.helen, occurrence_id=off.occurrence_id, at=NOON)
    give_up_seat(cast.nora, client_id=cast.maria.client_id, occurrence_id=given_up.occurrence_id, at=NOON)
    after = events(read(path))
    gone = [one for one in after if one.status.value == "CANCELLED"]
    assert {one.dtstart.value for one in gone} == {off.starts_at, given_up.starts_at}
    assert all(int(one.sequence.value) > before[one.uid.value] for one in gone)
    assert {one.uid.value for one in after} == set(before)


def test_a_leaders_calendar_has_their_sessions_over_a_change_of_clocks(cast, week):
    """10:30 stays 10:30 on the wall; an entry keeps its name when it is read again."""
    path = address_of(sign_in(cast.nora), "/calendar/")
    one, again = events(read(path)), events(read(path))
    assert [row.uid.value for row in one] == [row.uid.value for row in again]
    assert {row.summary.value for row in one} == {"Appointment"}
    assert {(row.dtstart.value.hour, row.dtstart.value.minute) for row in one} == {(10, 30)}
    theirs = address_of(sign_in(cast.paul), "/calendar/")
    assert {row.dtstart.value.weekday() for row in events(read(theirs))} == {3}
    assert not {row.uid.value for row in one} & {row.uid.value for row in events(read(theirs))}


def test_an_address_ends_at_once_and_every_other_is_the_same_nothing(cast, week):
    """Replaced, ended, never made: the same answer, and no address is shown twice."""
    maria = sign_in(cast.maria.account)
    first = address_of(maria, "/my/calendar/")
    second = address_of(maria, "/my/calendar/")
    assert second.removeprefix("/feed/")[:20] not in maria.get("/my/calendar/").content.decode()
    assert maria.post("/my/calendar/", {"do": "end"}).status_code == 302
    answers = {Client().get(path).content for path in (first, second, "/feed/never.ics")}
    assert len(answers) == 1
    assert Client().get(first).status_code == 404
    assert Client().get("/my/calendar/").status_code in {302, 403}
    assert sign_in(cast.ana).get("/my/calendar/").status_code == 403

