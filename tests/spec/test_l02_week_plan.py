"""L2. The standing week: searched by the engine, decided by a person, part by part."""

import uuid
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from daybridge.access import clock, identity
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.care.schedule.commands import Taken, leave
from daybridge.care.schedule.commands_standing import move_series
from daybridge.care.schedule.queries import all_series, memberships_of, seats, sessions
from daybridge.care.weekplan import commands_heartbeat, jobs, rules
from daybridge.care.weekplan.commands import NotNow, ask_for_week, forget_weeks, give_parts
from daybridge.care.weekplan.models import WeekSearch
from daybridge.care.weekplan.queries import search_of, standing_week
from daybridge.clinic.calendar.commands import give_client_week, give_staff_week
from daybridge.clinic.calendar.rules import Window
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON
from tests.story import WEEK

DAY = timedelta(days=1)
NEXT = WEEK + 7 * DAY
WEEKDAYS = tuple(Window(day, 540, 1020) for day in range(5))
SEARCHER = system(Role.SESSIONS)


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def house(cast):
    """Maria is in one group of the four; she and the staff have said when they can come."""
    story.admitted(cast, cast.maria)
    groups = story.groups(cast)
    story.join_groups(cast, cast.maria, groups.monday)
    give_client_week(cast.nora, client_id=cast.maria.client_id, windows=WEEKDAYS, from_day=WEEK, at=NOON)
    for one in (cast.nora, cast.paul):
        give_staff_week(cast.helen, user_id=one.user_id, windows=WEEKDAYS, from_day=WEEK, at=NOON)
    return groups


def search(cast, seconds=20):
    """Ask for next week and let the worker do it, with the engine as it is."""
    key = ask_for_week(cast.helen, monday=NEXT, seconds=seconds, at=NOON)
    with identity.acting(SEARCHER):
        WeekSearch.objects.filter(pk=key).update(seconds=2)
    jobs.search_week(str(key))
    return key


def test_a_week_is_searched_looked_at_and_given_in_parts(cast, house):
    """One group is three hours; the found week gives nine. Nothing holds before the director gives it."""
    key = search(cast)
    row = search_of(cast.helen, search_id=key)
    assert (row.state, row.words) == ("proposed", "")
    assert len(memberships_of(cast.helen, client_id=cast.maria.client_id, on=NEXT)) == 1

    helen = sign_in(cast.helen)
    page = helen.get(f"/week-plan/{key}/").content.decode()
    assert '<span class="big">0</span> of 1 in the week as it stands' in page
    assert '<span class="big">1</span> of 1 in the week that was found' in page
    assert "3.0 → 9.0" in page
    given = helen.post(f"/week-plan/{key}/give/", {"part": [f"c{cast.maria.client_id}"]}).content.decode()
    assert "1 part holds from 23 November on" in given
    assert "Nothing left to decide" in given

    ahead = seats(cast.helen, first=NEXT, last=NEXT + 6 * DAY, of={cast.maria.client_id})
    assert sum((one.ends_at - one.starts_at).seconds for one in ahead) == 9 * 3600
    assert {row.from_day for row in memberships_of(cast.helen, client_id=cast.maria.client_id, on=NEXT)
            if row.series_id != house.monday} == {NEXT}
    assert helen.post(f"/week-plan/{key}/end/").status_code == 302
    with identity.acting(SEARCHER), connection.cursor() as cursor:
        cursor.execute("SELECT state, asked, found FROM weekplan_weeksearch")
        assert cursor.fetchall() == [("decided", None, None)]


def test_what_changed_by_hand_meanwhile_is_said_and_nothing_is_lost(cast, house):
    """A place taken away or a group filled by hand: the difference is made anew, what fails says why."""
    key = search(cast)
    leave(cast.helen, client_id=cast.maria.client_id, series_id=house.monday, until_day=WEEK, at=NOON)
    done, refused = give_parts(cast.helen, search_id=key, keys=[f"c{cast.maria.client_id}", "m999"], at=NOON)
    assert done == [f"c{cast.maria.client_id}"]
    assert [(one.key, one.why) for one in refused] == [("m999", "That is so already.")]
    assert len(memberships_of(cast.helen, client_id=cast.maria.client_id, on=NEXT)) == 3


def test_nobody_asked_means_that_places_stay(cast):
    """Without her times she is not put where she may not be able to come; the page says why she is short."""
    story.admitted(cast, cast.maria)
    groups = story.groups(cast)
    story.join_groups(cast, cast.maria, groups.monday)
    key = search(cast)
    page = sign_in(cast.helen).get(f"/week-plan/{key}/").content.decode()
    assert "Nothing left to decide" in page
    assert "nobody has asked yet when they can come" in page
    assert "Hours not known, so left where they are" in page


def test_a_worker_that_dies_loses_nothing_and_is_seen(cast, house):
    """Silent for a minute: the page says since when; the best week until then can be looked at."""
    key = ask_for_week(cast.helen, monday=NEXT, seconds=60, at=NOON)
    with pytest.raises(NotNow):
        ask_for_week(cast.helen, monday=NEXT, seconds=60, at=NOON)
    facts = standing_week(cast.helen, monday=NEXT)
    asked = {"clients": [f"c{cast.maria.client_id}"], "places": {}}
    found = {"plan": {**rules.plan_of(facts), "asked": asked}, "unmet": []}
    assert not commands_heartbeat.report(SEARCHER, key, percent=40, cost=7, found=found, at=NOON)
    helen = sign_in(cast.helen)
    assert "40 % of 60 seconds" in helen.get(f"/week-plan/{key}/").content.decode()
    with identity.acting(SEARCHER):
        WeekSearch.objects.filter(pk=key).update(moved_at=NOON - timedelta(seconds=61))
    assert "No sign of the worker" in helen.get(f"/week-plan/{key}/").content.decode()
    assert helen.post(f"/week-plan/{key}/stop/", follow=True).status_code == 200
    assert search_of(cast.helen, search_id=key).state == "proposed"
    forget_weeks(SEARCHER, at=NOON + 8 * DAY)
    assert search_of(cast.helen, search_id=key).state == "past"


def test_only_the_director_plans_and_an_unknown_monday_is_refused(cast, house):
    """The page is closed to everybody else; a week that has begun, or no Monday, is refused in words."""
    for one in (cast.nora, cast.fay, cast.bill, cast.quinn):
        assert sign_in(one).get("/week-plan/").status_code == 403
    helen = sign_in(cast.helen)
    for monday in ("", "2026-11-16", "2026-11-24", "nonsense"):
        answer = helen.post("/week-plan/", {"monday": monday, "seconds": "20"})
        assert answer.status_code == 422
    assert helen.post("/week-plan/", {"monday": NEXT.isoformat(), "seconds": "0"}).status_code == 422
    assert helen.get(f"/week-plan/{uuid.uuid4()}/").status_code == 404


def test_a_group_is_moved_from_a_week_on_with_its_members(cast, house):
    """What was stays; sessions and places move; a time that is taken is refused whole."""
    rooms, pk = cast.rooms["Room 2"], cast.maria.client_id
    move = {"series_id": house.monday, "room_id": rooms, "leader_id": cast.nora.user_id, "at": NOON}
    with pytest.raises(Taken):
        move_series(cast.helen, monday=NEXT, weekday=2, starts=time(11), **move)
    move_series(cast.helen, monday=NEXT, weekday=1, starts=time(13), **move)

    row = next(one for one in all_series(cast.helen, on=NEXT) if one.series_id == house.monday)
    assert (row.weekday, row.starts, row.members) == (1, time(13), 1)
    both = sessions(cast.helen, first=WEEK, last=NEXT + 6 * DAY)
    held = [one for one in both if one.series_id == house.monday]
    zone = ZoneInfo("America/New_York")
    assert [one.starts_at.astimezone(zone) for one in held] == [
        datetime(2026, 11, 16, 10, 30, tzinfo=zone), datetime(2026, 11, 24, 13, tzinfo=zone)]
    places = memberships_of(cast.helen, client_id=pk, on=WEEK)
    assert [(one.from_day, one.until_day) for one in places] == [(WEEK, NEXT - DAY), (NEXT, None)]
    assert [one.day for one in seats(cast.helen, first=WEEK, last=NEXT + 6 * DAY, of={pk})] == [
        WEEK, date(2026, 11, 24)]
