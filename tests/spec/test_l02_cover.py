"""L2. A leader calls in sick: every session gets somebody, or its clients are told; nothing is forgotten."""

from datetime import timedelta

import pytest

from daybridge.access import clock
from daybridge.care.schedule.commands import DoesNotFit, open_session, take_seat
from daybridge.care.schedule.commands_days import cancel_session
from daybridge.care.schedule.queries import seats, session, sessions
from daybridge.care.schedule.queries_cover import leaders_away, sessions_lost
from daybridge.clinic.calendar.commands import give_staff_away, give_staff_week
from daybridge.clinic.calendar.queries import staff_times
from daybridge.clinic.calendar.rules import Away, Window
from daybridge.clinic.tasks.queries import mine, open_tasks
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON
from tests.story import WEEK

DAY = timedelta(days=1)
NEXT = WEEK + 7 * DAY
SUNDAY = NEXT + 6 * DAY


@pytest.fixture
def week(cast, monkeypatch):
    """Nora leads three of next week's groups; Maria is in all of them."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    story.admitted(cast, cast.maria)
    one = story.groups(cast)
    story.join_groups(cast, cast.maria, one.monday, one.wednesday, one.friday)
    return one


def lost(cast, viewer=None):
    return sessions_lost(viewer or cast.helen, user_id=cast.nora.user_id, first=NEXT, last=SUNDAY, at=NOON)


def test_a_sick_call_is_answered_in_one_act(cast, week):
    """A proposal for each session; one is given, one called off, one left open and named on Today."""
    give_staff_week(cast.helen, user_id=cast.paul.user_id, from_day=WEEK, at=NOON,
                    windows=[Window(day, 480, 1080) for day in range(5)])
    monday, wednesday, friday = lost(cast)
    assert {row.proposed for row in (monday, wednesday, friday)} == {cast.paul.user_id}
    assert monday.choices[0].hours == "in their hours"

    helen, address = sign_in(cast.helen), f"/staff/{cast.nora.user_id}/cover/"
    days = {"first": NEXT.isoformat(), "last": SUNDAY.isoformat()}
    shown = helen.get(address, days).content.decode()
    assert shown.count("in their hours") >= 3
    assert "Marisol" not in shown, "nobody is named to whoever covers"
    answer = helen.post(address, days | {
        f"lead-{monday.one.occurrence_id}": cast.paul.user_id,
        f"lead-{wednesday.one.occurrence_id}": "off", f"lead-{friday.one.occurrence_id}": ""})
    assert answer.status_code == 302, answer.content.decode()

    assert session(cast.helen, occurrence_id=monday.one.occurrence_id).leader_id == cast.paul.user_id
    assert session(cast.helen, occurrence_id=wednesday.one.occurrence_id).state == "cancelled"
    assert [one.days.first_day for one in staff_times(
        cast.helen, user_id=cast.nora.user_id, on=WEEK).away] == [NEXT]
    told = [task.title for task in mine(cast.paul, at=NOON)]
    assert told == ["You lead a session instead: Mon 23 Nov, 10:30"]
    told = [task for task in open_tasks(cast.nora, at=NOON) if task.title.startswith("Called off")]
    assert [task.client_id for task in told] == [cast.maria.client_id]
    assert [(one.user_id, one.sessions) for one in leaders_away(cast.helen, first=NEXT, at=NOON)] == [
        (cast.nora.user_id, 1)]
    again = helen.post(address, days | {f"lead-{monday.one.occurrence_id}": cast.paul.user_id})
    assert again.status_code == 422
    assert "Not all could be given" in again.content.decode()


def test_today_names_the_sessions_of_a_leader_who_is_away(cast, week, monkeypatch):
    """Leave alone does not hide what nobody leads: the director sees it until it is settled."""
    give_staff_away(cast.helen, user_id=cast.nora.user_id, days=Away(NEXT, SUNDAY), at=NOON)
    monkeypatch.setattr(clock, "now", lambda: NOON + 5 * DAY)
    page = sign_in(cast.helen).get("/today/").content.decode()
    assert "Is away: " in page
    assert "without a leader" in page
    assert "without a leader" not in sign_in(cast.nora).get("/today/").content.decode()


def test_one_covers_oneself_and_nobody_elses(cast, week):
    """A counsellor may call in sick; for somebody else only who leads the staff. Wrong days are said."""
    nora = sign_in(cast.nora)
    own = f"/staff/{cast.nora.user_id}/cover/"
    assert nora.get(own).status_code == 200
    assert nora.get(f"/staff/{cast.paul.user_id}/cover/").status_code == 404
    assert sign_in(cast.maria.account).get(own).status_code in {302, 403, 404}
    for wrong in ({"first": SUNDAY.isoformat(), "last": NEXT.isoformat()},
                  {"first": NEXT.isoformat(), "last": (NEXT + 60 * DAY).isoformat()},
                  {"first": "2020-01-01", "last": "2020-01-02"}):
        answer = nora.post(own, wrong)
        assert answer.status_code == 422
        assert not staff_times(cast.nora, user_id=cast.nora.user_id, on=WEEK).away
    strange = nora.post(own, {"first": NEXT.isoformat(), "last": NEXT.isoformat(),
                              f"lead-{lost(cast)[0].one.occurrence_id}": "999999", "lead-x": "1"})
    assert strange.status_code == 422
    assert "They are not free then" in strange.content.decode()


def test_clients_of_a_session_called_off_are_free_for_another(cast, week):
    """The seat goes back: a make-up at the same time can be booked."""
    first = sessions(cast.nora, first=NEXT, last=NEXT)[0]
    thursday = sessions(cast.nora, first=NEXT + 3 * DAY, last=NEXT + 3 * DAY)[0]
    pk = cast.maria.client_id
    take_seat(cast.sam, client_id=pk, occurrence_id=thursday.occurrence_id, at=NOON)
    for one in (first, thursday):
        cancel_session(cast.helen, occurrence_id=one.occurrence_id, at=NOON)
    held = {row.occurrence_id for row in seats(cast.nora, first=NEXT, last=SUNDAY, of={pk})}
    assert held.isdisjoint({first.occurrence_id, thursday.occurrence_id})
    from daybridge.access import identity
    from daybridge.care.schedule.models import Expected

    with identity.acting(cast.nora, at=NOON):
        assert [row.state for row in Expected.objects.filter(client_id=pk)] == ["cancelled"]


def test_a_session_that_was_held_is_not_called_off_any_more(cast, week):
    """Its notes may be signed: it stays as it is, with the reason; twice off is said too."""
    (one,) = sessions(cast.helen, first=WEEK, last=WEEK)
    open_session(cast.nora, occurrence_id=one.occurrence_id, at=NOON)
    with pytest.raises(DoesNotFit, match="stays as it is"):
        cancel_session(cast.helen, occurrence_id=one.occurrence_id, at=NOON)
    assert session(cast.helen, occurrence_id=one.occurrence_id).state == "open"

    coming = lost(cast)[0].one.occurrence_id
    cancel_session(cast.helen, occurrence_id=coming, at=NOON)
    with pytest.raises(DoesNotFit, match="off already"):
        cancel_session(cast.helen, occurrence_id=coming, at=NOON)
