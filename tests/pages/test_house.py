"""Settings, sites, rooms and closed days in the browser's words."""

from datetime import timedelta

import pytest
from django.urls import reverse

from daybridge.access import clock
from daybridge.care.schedule.queries import sessions, still_held
from daybridge.clinic.programme.commands import NotPossible, close_days, take_back_closure
from daybridge.clinic.programme.queries import (
    all_settings,
    closure_list,
    rooms,
    setting,
    setting_history,
    sites,
)
from tests import story
from tests.access.test_canary_matrix import sign_in as browser


def at(name, *args):
    return reverse(f"programme:{name}", args=args)


@pytest.fixture
def today(cast):
    return sites(cast.helen)[0].day(clock.now())


def row(cast, day, key="grace_minutes"):
    return next(one for one in all_settings(cast.quinn, on=day) if one.key == key)


def test_the_quality_manager_reads_and_changes_nothing(cast):
    client = browser(cast.quinn)

    page = client.get(at("settings"))

    assert "Minutes of grace" in page.content.decode()
    assert "I looked at this today" not in page.content.decode()
    assert client.post(at("look_at", "grace_minutes")).status_code == 403
    assert client.post(at("choice", "grace_minutes"), {"value": 9}).status_code == 200
    assert row(cast, clock.now().date()).value == 5


@pytest.mark.parametrize("first", ["nora", "vera", "sam", "bill", "maria"])
def test_settings_are_for_the_director_and_the_quality_manager(cast, first):
    assert browser(cast.everyone[first]).get(at("settings")).status_code == 403


def test_a_default_that_was_looked_at_becomes_the_programmes_own(cast, today):
    assert row(cast, today).looked_at_by == ""

    browser(cast.helen).post(at("look_at", "grace_minutes"))

    found = row(cast, today)
    assert (found.looked_at_by, found.looked_at_on) == ("Helen Carrow", today)
    assert found.value == 5


def test_a_proposed_value_holds_from_its_day_and_is_not_looked_at_yet(cast, today):
    later = today + timedelta(days=10)

    browser(cast.helen).post(at("choice", "grace_minutes"), {
        "value": 10, "effective_on": later, "source": "Team meeting",
    })

    assert setting(cast.helen, key="grace_minutes", on=today) == 5
    assert setting(cast.helen, key="grace_minutes", on=later) == 10
    newest = setting_history(cast.helen, key="grace_minutes")[0]
    assert (newest.source, newest.looked_at_by) == ("Team meeting", "")
    page = browser(cast.quinn).get(at("choice", "grace_minutes")).content.decode()
    assert "10 minutes" in page
    assert "to come" in page


@pytest.mark.parametrize(("value", "days"), [(99, 1), (10, -1)])
def test_a_value_out_of_range_or_for_the_past_is_refused(cast, today, value, days):
    page = browser(cast.helen).post(at("choice", "grace_minutes"), {
        "value": value, "effective_on": today + timedelta(days=days), "source": "Team meeting",
    })

    assert page.status_code == 422
    assert len(setting_history(cast.helen, key="grace_minutes")) == 1


def test_an_unknown_choice_is_not_found(cast):
    assert browser(cast.helen).get(at("choice", "nothing")).status_code == 404


def test_a_room_is_added_renamed_and_closed(cast, today):
    client = browser(cast.helen)
    client.post(at("places"), {"add": "room", "site": cast.site_id, "name": "Quiet", "seats": 3})
    (quiet,) = [one for one in rooms(cast.helen) if one.name == "Quiet"]

    client.post(at("change_room", quiet.room_id), {"do": "rename", "name": "Garden", "seats": 4})
    client.post(at("change_room", quiet.room_id), {"do": "end", "on": today + timedelta(days=3)})

    (garden,) = [one for one in rooms(cast.helen) if one.room_id == quiet.room_id]
    assert (garden.name, garden.seats) == ("Garden", 4)
    assert garden in rooms(cast.helen, on=today + timedelta(days=2))
    assert garden not in rooms(cast.helen, on=today + timedelta(days=3))


def test_a_room_in_which_groups_meet_is_not_closed(cast, today):
    story.groups(cast)
    room = cast.rooms["Room 2"]

    page = browser(cast.helen).post(at("change_room", room), {"do": "end", "on": today})

    assert page.status_code == 422
    assert "Move them first" in page.content.decode()
    assert still_held(cast.helen, from_day=today, room_id=room) > 0
    assert room in {one.room_id for one in rooms(cast.helen, on=today)}


def test_the_only_site_stays_open_until_there_is_another(cast, today):
    client = browser(cast.helen)
    end = {"do": "end", "on": today}

    assert client.post(at("change_site", cast.site_id), end).status_code == 422
    client.post(at("places"), {"add": "site", "name": "Annex", "time_zone": "America/Chicago"})

    assert sites(cast.helen)[0].name == "Mill Street", "a new site does not move the house's clock"
    assert client.post(at("change_site", cast.site_id), end).status_code == 302
    assert sites(cast.helen)[0].name == "Annex"


def test_a_site_needs_a_real_time_zone_and_a_name_of_its_own(cast):
    client = browser(cast.helen)
    wrong = {"add": "site", "name": "Annex", "time_zone": "Mars/North"}

    assert client.post(at("places"), wrong).status_code == 422
    taken = {"add": "site", "name": "mill street", "time_zone": "America/Chicago"}
    assert client.post(at("places"), taken).status_code == 422
    assert len(sites(cast.helen)) == 1


def test_a_closed_day_has_no_sessions_and_may_be_taken_back(cast, today):
    story.groups(cast)
    monday = today + timedelta(days=7 - today.weekday())
    assert len(sessions(cast.helen, first=monday, last=monday)) == 1
    client = browser(cast.helen)

    client.post(at("days"), {"add": "days", "site": 0, "first": monday, "last": monday,
                             "reason": "Founders' day"})

    assert sessions(cast.helen, first=monday, last=monday) == []
    (closed,) = closure_list(cast.helen, first=today)
    assert "Founders" in client.get(at("days")).content.decode()
    assert client.post(at("take_back", closed.closure_id)).status_code == 302
    assert closure_list(cast.helen, first=today) == []
    assert sessions(cast.helen, first=monday, last=monday) == [], "what was called off stays off"


def test_groups_left_out_of_a_closed_day_are_planned_when_it_opens_again(cast):
    monday = story.WEEK + timedelta(days=7)
    when = story.MON - timedelta(days=14)
    close_days(cast.helen, site_ids=[cast.site_id], first=monday, last=monday,
               reason="Holiday", at=when)
    story.groups(cast, at=when)
    assert sessions(cast.helen, first=monday, last=monday) == []
    (closed,) = closure_list(cast.helen, first=monday)

    take_back_closure(cast.helen, closure_id=closed.closure_id, at=when)

    assert [one.title for one in sessions(cast.helen, first=monday, last=monday)] == ["Coping skills"]


def test_a_day_that_has_come_is_neither_closed_nor_opened(cast):
    day = story.WEEK
    ids = [cast.site_id]
    close_days(cast.helen, site_ids=ids, first=day, last=day, reason="Storm", at=story.MON)
    (closed,) = closure_list(cast.helen, first=day)

    with pytest.raises(NotPossible):
        take_back_closure(cast.helen, closure_id=closed.closure_id, at=story.MON)
    with pytest.raises(NotPossible):
        close_days(cast.helen, site_ids=ids, first=day - timedelta(days=1), last=day,
                   reason="Storm", at=story.MON)
    assert len(closure_list(cast.helen, first=day)) == 1
