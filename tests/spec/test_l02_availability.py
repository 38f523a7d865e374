"""L2. When can you come? Clients and staff give their times; nobody is planned outside of them unseen."""

from datetime import date, timedelta

import pytest

from daybridge.access import clock
from daybridge.access.gate import Refused
from daybridge.clinic.calendar.commands import NotKept, give_client_week, give_staff_day, give_staff_week
from daybridge.clinic.calendar.queries import (
    client_calendars,
    client_times,
    client_weeks,
    staff_days,
    staff_weeks,
)
from daybridge.clinic.calendar.rules import OneDay, Window, is_inside
from tests.access.test_canary_matrix import sign_in
from tests.cast import NOON

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)
MORNINGS = (Window(0, 540, 720), Window(2, 540, 720))


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def test_a_client_gives_the_times_on_the_own_page_and_takes_days_off(cast):
    """What she gives stands with the day and by whom; a wrong time is said beside its day."""
    maria = sign_in(cast.maria.account)
    page = maria.get("/my/times/").content.decode()
    assert "Todavía no nos lo ha dicho." in page
    backwards = {"do": "week", "from_0_0": "09:00", "until_0_0": "12:00",
                 "from_2_0": "12:00", "until_2_0": "09:00"}
    wrong = maria.post("/my/times/", backwards)
    assert wrong.status_code == 422
    assert "El final está antes del comienzo" in wrong.content.decode()
    assert 'value="12:00"' in wrong.content.decode()

    for sent in (backwards | {"from_2_0": "09:00", "until_2_0": "12:00"},
                 {"do": "away", "first_day": "2026-12-24", "last_day": "2026-12-26"}):
        assert maria.post("/my/times/", sent).status_code == 302

    given = client_times(cast.nora, client_id=cast.maria.client_id, on=TODAY)
    assert given.windows == MORNINGS
    assert given.by_id == cast.maria.account.user_id
    assert [(one.days.first_day.day, one.days.last_day.day) for one in given.away] == [(24, 26)]
    shown = sign_in(cast.fay).get(f"/clients/{cast.maria.client_id}/times/").content.decode()
    assert "by the client" in shown
    assert maria.post("/my/times/", {"do": "withdraw", "away": given.away[0].away_id}).status_code == 302
    assert not client_times(cast.nora, client_id=cast.maria.client_id, on=TODAY).away


def test_a_new_week_replaces_the_old_one_from_its_day_on(cast):
    """The past stays; the same week given twice changes nothing; who gave none is in no answer."""
    pk = cast.maria.client_id
    give_client_week(cast.nora, client_id=pk, windows=MORNINGS, from_day=TODAY - 30 * DAY, at=NOON)
    give_client_week(cast.nora, client_id=pk, windows=MORNINGS, from_day=TODAY, at=NOON)
    evenings = (Window(0, 1020, 1200),)
    give_client_week(cast.fay, client_id=pk, windows=evenings, from_day=TODAY, at=NOON)

    assert client_times(cast.nora, client_id=pk, on=TODAY - DAY).windows == MORNINGS
    assert client_times(cast.nora, client_id=pk, on=TODAY).windows == evenings
    weeks = client_weeks(cast.helen, monday=TODAY, of={pk, cast.andre.client_id})
    assert weeks == {pk: evenings}
    with pytest.raises(NotKept):
        give_client_week(cast.nora, client_id=pk, windows=(Window(0, 700, 600),), from_day=TODAY, at=NOON)
    with pytest.raises(Refused):
        give_client_week(cast.bill, client_id=pk, windows=MORNINGS, from_day=TODAY, at=NOON)


def test_staff_give_their_own_hours_and_the_director_anybodys(cast):
    """A counsellor can't write a colleague's hours."""
    nora, paul = cast.nora.user_id, cast.paul.user_id
    monday = {"do": "week", "from_0_0": "09:00", "until_0_0": "12:00"}
    assert sign_in(cast.nora).post("/my-hours/", monday).status_code == 302
    with pytest.raises(NotKept):
        give_staff_week(cast.nora, user_id=paul, windows=MORNINGS, from_day=TODAY, at=NOON)
    assert sign_in(cast.nora).get(f"/staff/{paul}/hours/").status_code == 403
    leave = {"do": "away", "first_day": "2026-12-01"}
    assert sign_in(cast.helen).post(f"/staff/{paul}/hours/", leave).status_code == 302

    assert staff_weeks(cast.helen, monday=TODAY, of={nora, paul}) == {nora: MORNINGS[:1]}


def test_another_time_on_one_day_stands_for_the_weeks(cast):
    """On that Thursday she can come at two and not in the morning; taken back, the week holds again."""
    pk, thursday = cast.maria.client_id, TODAY + (3 - TODAY.weekday()) % 7 * DAY
    give_client_week(cast.nora, client_id=pk, windows=(Window(3, 540, 720),), from_day=TODAY, at=NOON)
    maria = sign_in(cast.maria.account)
    backwards = {"do": "day", "day": str(thursday), "begins": "16:00", "ends": "14:00"}
    assert maria.post("/my/times/", backwards).status_code == 422
    assert maria.post("/my/times/", backwards | {"begins": "14:00", "ends": "16:00"}).status_code == 302
    assert maria.post("/my/times/", backwards | {"begins": "14:00", "ends": "16:00"}).status_code == 302

    def inside(begins, ends):
        one = client_calendars(cast.nora, first=thursday, last=thursday, of={pk})[pk]
        return is_inside(one.windows, one.away, thursday, begins, ends, one.others)

    (given,) = client_times(cast.nora, client_id=pk, on=TODAY).days
    assert (inside(840, 960), inside(540, 600)) == (True, False)
    maria.post("/my/times/", {"do": "withdraw", "day": given.day_id})
    assert (inside(840, 960), inside(540, 600)) == (False, True)


def test_staff_have_other_hours_on_one_day(cast):
    """Nora works late one day: it is said on her page and read for who steps in; a colleague can't say it."""
    nora = cast.nora.user_id
    one = {"do": "day", "day": str(TODAY), "begins": "12:00", "ends": "20:00"}
    assert sign_in(cast.nora).post("/my-hours/", one).status_code == 302
    assert "12:00 to 20:00" in sign_in(cast.nora).get("/my-hours/").content.decode()
    assert staff_days(cast.helen, first=TODAY, last=TODAY) == {nora: (OneDay(TODAY, 720, 1200),)}
    with pytest.raises(NotKept):
        give_staff_day(cast.nora, user_id=cast.paul.user_id, times=OneDay(TODAY, 720, 1200), at=NOON)
