"""The same form twice, two people at one record, addresses of nothing, people who do not fit."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from daybridge.care.placement.commands import NotYet, admit
from daybridge.care.schedule.commands import Taken, join
from daybridge.care.schedule.queries import local_moment, sessions
from daybridge.care.schedule.rules import Newcomer
from daybridge.clinic.people.queries import name_of, supporters_of
from daybridge.kernel.minutes import elapsed
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.bad_input.forms import forms_in

NOTHING = ["0", "999999", "2147483648", "9" * 30]


def names(version: int, name: str) -> dict[str, str]:
    return {"preferred_name": name, "legal_name": "", "birth_date": "1992-03-04",
            "pronouns": "", "version": str(version)}


def test_a_form_sent_twice_has_one_effect_and_one_answer(cast):
    browser, client_id = sign_in(cast.sam), cast.maria.client_id
    address = reverse("people:add_supporter", args=[client_id])
    sent = {"name": "Uncle Bo", "kind": "family", "is_safe": "yes", "_key": str(uuid.uuid4())}

    first, second = browser.post(address, sent), browser.post(address, sent)
    other = browser.post(address, {**sent, "name": "Aunt Bea"})

    found = [row.name for row in supporters_of(cast.sam, client_id=client_id)]
    assert (first.status_code, first.headers["Location"]) == (302, second.headers["Location"])
    assert found.count("Uncle Bo") == 1
    assert (other.status_code, "Aunt Bea" in found) == (409, False)


@pytest.mark.parametrize("mine_wins", [True, False])
def test_two_people_at_one_record_see_both_texts_and_one_chooses(cast, mine_wins):
    client_id = cast.maria.client_id
    address = reverse("people:change", args=[client_id])
    version = name_of(cast.sam, client_id=client_id).version
    sign_in(cast.sam).post(address, names(version, "Maria Sol"))
    late = sign_in(cast.helen)

    clash = late.post(address, names(version, "Maria Luz"))
    page = clash.content.decode()
    if mine_wins:
        form = next(one for one in forms_in(page, address) if one.action == address)
        assert late.post(address, dict(form.filled({}, password=""))).status_code == 302

    assert clash.status_code == 409
    assert "Maria Sol" in page
    assert "Maria Luz" in page
    stored = name_of(cast.helen, client_id=client_id).name
    assert stored == ("Maria Luz" if mine_wins else "Maria Sol")


@pytest.mark.parametrize("number", NOTHING)
@pytest.mark.parametrize("part", ["", "details/", "plan/", "placement/", "evaluation/", "groups/"])
def test_what_does_not_exist_is_not_found(cast, part, number):
    assert sign_in(cast.helen).get(f"/clients/{number}/{part}").status_code in {403, 404}


@pytest.mark.parametrize("number", NOTHING)
def test_a_session_that_does_not_exist_is_not_found(cast, number):
    assert sign_in(cast.nora).get(f"/sessions/{number}/").status_code == 404


@pytest.mark.parametrize("address", ["/clients/abc/", "/clients/-1/", "/sessions/1.5/",
                                     "/tasks/12/take/", "/clients/%00/", "/principles/none/"])
def test_a_number_of_another_kind_is_not_found(cast, address):
    assert sign_in(cast.helen).get(address).status_code == 404


@pytest.mark.parametrize("week", ["2026-02-31", "0001-01-01", "9999-12-31", "soon", "\0"])
def test_a_week_that_is_none_shows_this_week(cast, week):
    assert sign_in(cast.nora).get(reverse("hours:board"), {"week": week}).status_code == 200


def test_a_wrong_method_is_refused(cast):
    browser, client_id = sign_in(cast.sam), cast.maria.client_id
    assert browser.get(reverse("people:change", args=[client_id])).status_code == 405
    assert browser.delete(reverse("people:list")).status_code < 500


def test_somebody_under_18_is_led_to_a_partner_and_not_written_down(cast):
    answer = sign_in(cast.sam).post(reverse("people:new"), {
        "preferred_name": "Kit Young", "birth_date": "2012-05-05", "language": "en"})

    assert answer.status_code == 422
    assert "partner" in answer.content.decode().lower()


def test_a_member_of_two_groups_at_once_is_refused(cast):
    groups = story.groups(cast)
    story.join_groups(cast, cast.maria, groups.monday)

    with pytest.raises(Taken):
        join(cast.sam, client_id=cast.maria.client_id, series_id=groups.monday,
             from_day=story.WEEK + timedelta(days=7), at=story.MON,
             newcomer=Newcomer("iop", frozenset({"en"})))


def test_somebody_without_a_licence_is_not_put_in_charge(cast):
    with pytest.raises(NotYet):
        admit(cast.sam, client_id=cast.maria.client_id, level="iop", decision_id=None,
              staff_id=cast.staff_ids["iris"], primary_user_id=cast.nora.user_id, at=story.MON)


@pytest.mark.parametrize(("day", "offset"), [(date(2026, 11, 1), 5), (date(2027, 3, 14), 4)])
def test_a_session_on_the_day_of_the_clock_change_lasts_its_minutes(cast, day, offset):
    from daybridge.care.schedule.commands import make_series

    at = datetime.combine(day, story.MON.timetz()) - timedelta(days=7)
    make_series(
        cast.helen, site_id=cast.site_id, room_id=cast.rooms["Room 2"], title="Sunday",
        leader_id=cast.nora.user_id, service="group", weekday=6, starts=story.time(0, 30),
        minutes=180, first_day=day, capacity=12, levels=["iop"], at=at)

    (one,) = sessions(cast.nora, first=day, last=day)

    assert elapsed(one.starts_at, one.ends_at) == 180
    noon = local_moment(cast.nora, day=day, clock=story.time(12))
    assert noon.utctimetuple().tm_hour == 12 + offset
