"""L2. Places in groups: several at once in the middle of a week, and the weeks that are not like others."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from daybridge.access import clock
from daybridge.care.hours import rules
from daybridge.care.hours.commands import Line, take_attendance
from daybridge.care.hours.queries import presence_between
from daybridge.care.hours.queries_board import hours_board
from daybridge.care.schedule.commands import DoesNotFit, leave_all, make_series, open_session
from daybridge.care.schedule.commands_places import join_many
from daybridge.care.schedule.queries import memberships_of, roster, seats, sessions
from daybridge.care.schedule.rules import Newcomer
from daybridge.clinic.programme.commands import close_site
from daybridge.kernel.minutes import elapsed
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.story import MON, WEEK, local

DAY = timedelta(days=1)
WEDNESDAY = WEEK + 2 * DAY
IOP = Newcomer("iop", frozenset({"en"}))
NEW_YORK = ZoneInfo("America/New_York")


def begin(cast, weekday, starts=time(14), minutes=60, first_day=WEEK, title="Evening", by="nora", room=1):
    return make_series(
        cast.helen, site_id=cast.site_id, room_id=cast.rooms[f"Room {room}"],
        leader_id=cast.staff[by].user_id or 0,
        title=f"{title} {weekday}", service="group", weekday=weekday, starts=starts, minutes=minutes,
        first_day=first_day, capacity=12, levels=["iop"],
        at=local(first_day - 30 * DAY, 9))


def hold(cast, day, client_id):
    """Hold the day's sessions that the client is expected at, to their last minute."""
    for one in sessions(cast.nora, first=day, last=day):
        if client_id in roster(cast.nora, occurrence_id=one.occurrence_id):
            open_session(cast.nora, occurrence_id=one.occurrence_id, at=one.starts_at)
            take_attendance(cast.nora, occurrence_id=one.occurrence_id, client_ids=[client_id],
                            lines=[Line(client_id, rules.Attendance.ATTENDED)], version=one.version + 1,
                            at=one.ends_at)


def minutes(cast, client_id, first, last):
    rows = presence_between(cast.nora, first=first, last=last, of={client_id})
    return sum(row.clinical_minutes for row in rows)


def board(cast, week, at):
    return next(iter(hours_board(cast.helen, week=week, at=at).rows), None)


def test_five_groups_are_joined_in_one_act_in_the_middle_of_a_week(cast, monkeypatch):
    """From Wednesday roster, calendar and board have them; Monday stays as it was. Then she leaves."""
    story.admitted(cast, cast.maria)
    monday_before = story.groups(cast).monday
    story.join_groups(cast, cast.maria, monday_before)
    hold(cast, WEEK, cast.maria.client_id)
    five = [begin(cast, weekday) for weekday in range(5)]
    at = local(WEDNESDAY, 9)
    monkeypatch.setattr(clock, "now", lambda: at)
    browser = sign_in(cast.sam)

    sent = browser.post(f"/clients/{cast.maria.client_id}/groups/join/",
                        {"series": five, "from_day": WEDNESDAY.isoformat()})

    assert sent.status_code == 302
    mine = seats(cast.nora, first=WEEK, last=WEEK + 13 * DAY, of={cast.maria.client_id})
    new = [row for row in mine if row.ends_at - row.starts_at == timedelta(minutes=60)]
    days = [(row.starts_at.astimezone(NEW_YORK).date() - WEEK).days for row in new]
    assert days == [2, 3, 4, 7, 8, 9, 10, 11]
    assert minutes(cast, cast.maria.client_id, WEEK, WEEK + 6 * DAY) == 180
    found = board(cast, WEEK, at)
    assert (found.week.delivered, found.week.booked) == (180, 180)

    leave_all(cast.sam, client_id=cast.maria.client_id, until_day=WEDNESDAY, at=at)

    later = seats(cast.nora, first=WEDNESDAY + DAY, last=WEEK + 13 * DAY, of={cast.maria.client_id})
    assert later == []
    assert minutes(cast, cast.maria.client_id, WEEK, WEEK + 6 * DAY) == 180
    assert board(cast, WEEK, at).week.booked == 60


def test_if_one_of_five_does_not_fit_none_is_joined_and_it_is_named(cast):
    """Two at the same time: the message names the group; nothing is half done."""
    story.admitted(cast, cast.maria)
    late = begin(cast, 3, time(14, 30), title="Late", by="paul", room=2)
    five = [*(begin(cast, weekday) for weekday in range(4)), late]

    with pytest.raises(DoesNotFit, match=r"(Late|Evening) 3: .*No place was given"):
        join_many(cast.sam, client_id=cast.maria.client_id, series_ids=five, from_day=WEEK, newcomer=IOP,
                  at=MON)

    assert memberships_of(cast.nora, client_id=cast.maria.client_id, on=WEEK) == []


@pytest.mark.parametrize(("sunday", "real"), [
    (date(2027, 3, 7), 360), (date(2027, 3, 14), 300),  # the night in which an hour is missing
])
def test_a_session_past_midnight_counts_elapsed_minutes_also_when_the_clock_changes(cast, sunday, real):
    """From Saturday 22:00 to 04:00 by the wall clock: six hours, or five in the night of the change."""
    saturday = sunday - DAY
    starts = datetime.combine(saturday, time(22), NEW_YORK)
    ends = datetime.combine(sunday, time(4), NEW_YORK)
    assert elapsed(starts.astimezone(UTC), ends.astimezone(UTC)) == real
    story.admitted(cast, cast.maria, at=local(saturday, 9))
    one = begin(cast, 5, time(22), minutes=real, first_day=saturday, title="Night")
    join_many(cast.sam, client_id=cast.maria.client_id, series_ids=[one], from_day=saturday, newcomer=IOP,
              at=local(saturday, 10))

    hold(cast, saturday, cast.maria.client_id)

    assert minutes(cast, cast.maria.client_id, saturday, saturday) == real
    assert minutes(cast, cast.maria.client_id, sunday, sunday) == 0  # counted on the day it began
    held = sessions(cast.nora, first=saturday, last=saturday)[-1]
    assert held.ends_at.astimezone(NEW_YORK) == ends


def test_a_holiday_on_the_groups_day_takes_out_that_one_session(cast):
    """Closed on Wednesday: no session, no minutes, the board counts what is left; next week is whole."""
    story.admitted(cast, cast.maria)
    groups = story.groups(cast)
    story.join_groups(cast, cast.maria, groups.monday, groups.wednesday, groups.friday)
    close_site(cast.helen, site_id=cast.site_id, day=WEDNESDAY, reason="Holiday", at=MON)

    mine = seats(cast.nora, first=WEEK, last=WEEK + 13 * DAY, of={cast.maria.client_id})

    assert len(mine) == 5
    assert board(cast, WEEK, MON).week.booked == 360
    assert board(cast, WEEK + 7 * DAY, MON).week.booked == 540
