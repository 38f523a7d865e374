"""Who pays: the page of a client, and what runs out before anybody is surprised."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from daybridge.access import clock
from daybridge.care.placement.commands_payer import authorise, use_units
from daybridge.care.placement.queries import stay_of
from daybridge.care.placement.queries_payer import payers_of, running_out
from daybridge.care.placement.rules import Limits, runs_out
from daybridge.clinic.programme.commands import change_setting
from daybridge.clinic.programme.queries import sites
from tests import story
from tests.access.test_canary_matrix import sign_in as browser

DAY = date(2026, 11, 16)


def at(name, *args):
    return reverse(f"placement:{name}", args=args)


@pytest.fixture
def maria(cast):
    story.admitted(cast, cast.maria)
    return cast.maria.client_id


@pytest.fixture
def today(cast):
    return sites(cast.helen)[0].day(clock.now())


def give(cast, client_id, **fields):
    wanted = {"name": "Medicaid", "number": "A-1", "level": "iop", "units": 0, "until": None}
    return authorise(cast.tess, client_id=client_id, at=clock.now(), **{**wanted, **fields})


@pytest.mark.parametrize(("units", "used", "until", "words"), [
    (0, 0, None, ()),
    (20, 13, None, ()),
    (20, 14, None, ("6 units left",)),
    (20, 19, None, ("1 unit left",)),
    (20, 25, None, ("no units left",)),
    (0, 0, DAY + timedelta(days=15), ()),
    (0, 0, DAY + timedelta(days=14), ("ends in 14 days",)),
    (0, 0, DAY + timedelta(days=1), ("ends in 1 day",)),
    (0, 0, DAY, ("ends today",)),
    (20, 20, DAY - timedelta(days=1), ("is over", "no units left")),
])
def test_what_runs_out_is_said_in_words(units, used, until, words):
    assert runs_out(units, used, until, Limits(DAY, 14, 6)) == words


def test_an_authorisation_is_added_used_and_ended(cast, maria, today):
    client = browser(cast.tess)
    client.post(at("payer", maria), {"name": "Medicaid", "number": "A-7", "level": "php",
                                     "units": 20, "until": today + timedelta(days=40)})
    (row,) = payers_of(cast.tess, client_id=maria, on=today)

    client.post(at("use_units", maria, row.payer_id), {"used": 12})
    page = client.get(at("payer", maria)).content.decode()
    assert "8 of 20 units left" in page
    assert "not the level of care" in page
    client.post(at("end_authorisation", maria, row.payer_id), {"on": today, "why": "new plan"})

    (ended,) = payers_of(cast.tess, client_id=maria, on=today)
    assert (ended.ended_on, ended.end_why, ended.used) == (today, "new plan", 12)
    assert stay_of(cast.tess, client_id=maria).level == "iop", "the clinical level stays"


@pytest.mark.parametrize("sent", [
    {"name": "", "units": 5}, {"name": "Medicaid", "units": -1},
    {"name": "Medicaid", "units": 5, "from_day": "2026-12-02", "until": "2026-12-01"},
])
def test_what_is_not_right_is_not_saved(cast, maria, today, sent):
    page = browser(cast.tess).post(at("payer", maria), {"level": "iop", **sent})

    assert page.status_code == 422
    assert payers_of(cast.tess, client_id=maria, on=today) == []


def test_a_counsellor_reads_and_a_nurse_does_not(cast, maria):
    give(cast, maria)

    assert "Medicaid" in browser(cast.nora).get(at("payer", maria)).content.decode()
    assert "Add an authorisation" not in browser(cast.nora).get(at("payer", maria)).content.decode()
    assert browser(cast.nora).post(at("payer", maria), {"name": "X"}).status_code == 403
    assert browser(cast.ruth).get(at("payer", maria)).status_code == 403


def test_what_runs_out_reaches_the_case_manager_and_the_list(cast, maria, today):
    one = give(cast, maria, units=20)
    tess = browser(cast.tess)
    assert "authorisation" not in tess.get(reverse("pages:today")).content.decode().lower()

    use_units(cast.tess, client_id=maria, payer_id=one, used=15, at=clock.now())

    assert "Authorisation 5 units left" in tess.get(reverse("pages:today")).content.decode()
    assert "Authorisation" not in browser(cast.nora).get(reverse("pages:today")).content.decode()
    assert "Maria Delgado" in browser(cast.bill).get(at("payers")).content.decode()
    assert "1, see whose" in browser(cast.helen).get(reverse("pages:programme")).content.decode()


def test_a_newer_authorisation_that_holds_silences_the_old_one(cast, maria, today):
    give(cast, maria, until=today + timedelta(days=2))
    assert len(running_out(cast.tess, on=today)) == 1

    give(cast, maria, until=today + timedelta(days=90))

    assert running_out(cast.tess, on=today) == []


def test_the_programme_sets_how_early_it_is_flagged(cast, maria, today):
    give(cast, maria, until=today + timedelta(days=20))
    assert running_out(cast.tess, on=today) == []

    change_setting(cast.helen, key="payer_days", value=30, source="Payer asks for three weeks",
                   effective_on=today, looked_at_by="", looked_at_on=None, at=clock.now())

    assert [row.client_id for row in running_out(cast.tess, on=today)] == [maria]
