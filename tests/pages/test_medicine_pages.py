"""The medical pages: what stands there, what is kept when something is wrong, who gets in."""

from datetime import timedelta

import pytest

from daybridge.access import clock
from daybridge.care.medical.queries import observations_of, scales_of
from daybridge.care.medical.queries_checks import warnings_of
from daybridge.care.medicines.commands import Entry, consider, list_medicine
from daybridge.care.medicines.commands_kits import receive_kits
from daybridge.care.medicines.queries import kits_of, medicines_of
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.story import MON, WEEK

NOW = MON + timedelta(hours=6)


@pytest.fixture
def at(cast, monkeypatch):
    """Return Maria's addresses; she is admitted, takes methadone, naltrexone is considered."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    story.admitted(cast, cast.maria)
    ids = {"client_id": cast.maria.client_id}
    list_medicine(cast.ruth, **ids, entry=Entry("methadone", "80 mg"), at=MON)
    consider(cast.osei, **ids, name="naltrexone", prescriber="Dr Osei", here=True, at=MON)
    return f"/clients/{cast.maria.client_id}/"


def post(browser, address, **sent):
    return browser.post(address, sent)


def test_a_name_we_do_not_know_is_asked_for_its_kind(cast, at):
    browser = sign_in(cast.ruth)
    form = {"do": "list", "name": "Xyzol", "source": "client", "as_prescribed": "yes"}
    answer = post(browser, f"{at}medicines/", **form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say which kind of medicine it is" in page
    assert 'value="Xyzol"' in page

    assert post(browser, f"{at}medicines/", **form, kind="not_known").status_code == 302
    page = browser.get(f"{at}medicines/").content.decode()
    assert "kind not known: not checked" in page
    assert medicines_of(cast.nora, client_id=cast.maria.client_id).rows[0].classes is None


def test_a_prescriber_answers_a_stop_on_the_page(cast, at):
    browser = sign_in(cast.osei)
    stop = next(row for row in warnings_of(cast.osei, client_id=cast.maria.client_id)
                if row.rule == "naltrexone-methadone-buprenorphine")
    page = browser.get(f"{at}medicines/").content.decode()
    assert "Stop: a prescriber answers first" in page
    assert "answer a stop" in browser.get("/today/").content.decode().lower()
    assert "Waits for a prescriber" in sign_in(cast.ruth).get(f"{at}medicines/").content.decode()

    sent = {"do": "answer", "warned": stop.warned_id, "decision": "not_started"}
    assert post(browser, f"{at}medicines/", **sent, reason="").status_code == 422
    assert post(browser, f"{at}medicines/", **sent, reason="She stays on methadone.").status_code == 302
    assert "She stays on methadone." in browser.get(f"{at}medicines/").content.decode()
    assert post(sign_in(cast.ruth), f"{at}medicines/", **sent, reason="x").status_code == 403


def test_the_nursing_screen_is_saved_part_by_part(cast, at):
    """What is left open stays not asked; what stands is not written twice."""
    browser, ids = sign_in(cast.ruth), {"client_id": cast.maria.client_id}
    address = f"{at}medical/screen/"
    assert "14 of 14 not asked yet" in browser.get(address).content.decode()
    first = {"blood_pressure": "128", "blood_pressure_low": "82", "tb_symptoms": "no"}
    assert post(browser, address, **first).status_code == 302
    page = browser.get(address).content.decode()
    assert "12 of 14 not asked yet" in page
    assert "Ruth Bell, RN" in page
    assert post(browser, address, **first, alcohol_use_never="on", pregnancy="no").status_code == 302

    seen = observations_of(cast.nora, **ids)
    assert {kind: len(rows) for kind, rows in seen.items()} == {
        "blood_pressure": 1, "tb_symptoms": 1, "alcohol_use": 1, "pregnancy": 1}
    wrong = post(browser, address, pulse="900", blood_pressure="120")
    assert wrong.status_code == 422
    assert 'value="900"' in wrong.content.decode()


def test_a_scale_is_taken_and_drawn(cast, at):
    browser, address = sign_in(cast.ruth), f"{at}medical/scale/ciwa_ar/"
    sent = {f"i{item}": "1" for item in range(1, 11)}
    assert post(browser, address, **sent).status_code == 302
    page = browser.get(address).content.decode()
    assert "<circle" in page
    assert "moderate, from 10" in page
    assert [row.total for row in scales_of(cast.nora, client_id=cast.maria.client_id)] == [10]
    assert "Withdrawal: a physician now" in sign_in(cast.osei).get("/today/").content.decode()
    assert post(browser, address, i1="9").status_code == 422
    assert post(browser, address).status_code == 422


def test_a_kit_is_given_on_the_page(cast, at):
    lot = receive_kits(cast.ruth, lot="A77", expires_on=WEEK + timedelta(days=99), number=3, at=MON)
    browser = sign_in(cast.ruth)
    given = post(browser, f"{at}medicines/", do="give", lot=lot, client_taught="on", supporters_taught="Ana")
    assert given.status_code == 302
    assert [row.supporters_taught for row in kits_of(cast.nora, client_id=cast.maria.client_id)] == ["Ana"]
    assert "2</strong> of 3, lot A77" in browser.get("/naloxone/").content.decode()


def test_the_physicians_list_names_who_waits_and_why(cast, at):
    page = sign_in(cast.osei).get("/medicine/").content.decode()
    assert "Maria Delgado" in page
    assert "Naltrexone after methadone or buprenorphine" in page
    assert "Offer medicine: alcohol use disorder" in page
    assert "Maria Delgado" not in sign_in(cast.paul).get("/medicine/").content.decode()


def test_front_desk_billing_and_quality_see_nothing(cast, at):
    """The case manager, who reads medicines, is the positive control."""
    pages = ["medicines/", "medical/", "medical/scale/cows/", "medical/kidney/"]
    for who, status in (("fay", 403), ("bill", 403), ("quinn", 403), ("tess", 200)):
        browser = sign_in(cast.everyone[who])
        answers = [browser.get(f"{at}{page}") for page in pages]
        assert {answer.status_code for answer in answers} == {status}
        told = [page for page, answer in zip(pages, answers, strict=True)
                if "methadone" in answer.content.decode().lower()]
        assert bool(told) == (status == 200)


def test_a_client_reads_their_own_list_in_their_language(cast, at):
    page = sign_in(cast.maria.account).get("/my/medicines/").content.decode()
    assert "methadone" in page
    assert "Mis medicamentos" in page
