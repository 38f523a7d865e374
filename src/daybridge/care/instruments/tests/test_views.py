"""The pages: staff's sheet with htmx and without, the client's one question a page."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.access.test_canary_matrix import sign_in
from tests.canaries_instruments import measured
from tests.cast import MONDAY

from daybridge.access import clock
from daybridge.care.instruments import queries
from daybridge.care.instruments.commands_packs import add_pack, set_timing
from daybridge.care.instruments.commands_sheet import NotOffered
from daybridge.care.instruments.library import Pack
from daybridge.care.instruments.queries_packs import shown
from daybridge.care.instruments.rules_due import Care
from daybridge.clinic.tasks.queries import unclaimed_alerts


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def begin(cast, name="weekly_check"):
    browser = sign_in(cast.nora)
    address = f"/clients/{cast.maria.client_id}/instruments/{name}/"
    sent = {"do": "begin", "by": "interviewer", "mode": "interview", "language": "en"}
    assert browser.post(address, sent).status_code == 302
    row = queries.draft_of(cast.nora, client_id=cast.maria.client_id, name=name)
    return browser, address, row.response_id


def draft(cast, name="weekly_check"):
    return queries.draft_of(cast.nora, client_id=cast.maria.client_id, name=name)


def test_one_answer_by_htmx_brings_back_its_row_and_what_it_changes(cast):
    browser, address, one = begin(cast)
    sent = {"do": "answer", "response": one, "item": "used", "value": "2", "version": "0"}
    page = browser.post(address, sent, headers={"hx-request": "true"}).content.decode()

    assert 'id="q-used"' in page
    assert 'id="q-used_alcohol"' in page, "a question that is now asked comes with it"
    assert 'id="q-craving"' not in page
    assert "<strong class=\"num\">1 of 18</strong>" in page


def test_without_javascript_the_same_form_saves_and_comes_back(cast):
    browser, address, one = begin(cast)
    sent = {"do": "answer", "response": one, "item": "used", "value": "2", "version": "0"}
    assert browser.post(address, sent).headers["Location"] == f"{address}#q-used"
    assert draft(cast).answers["used"].value == 2


def test_an_answer_off_the_scale_says_what_is_allowed(cast):
    browser, address, one = begin(cast)
    sent = {"do": "answer", "response": one, "item": "used", "value": "9", "version": "0"}
    for headers in ({}, {"hx-request": "true"}):
        page = browser.post(address, sent, headers=headers)
        assert page.status_code == 422
        assert "a whole number from 0 to 7" in page.content.decode()


def test_two_at_one_question_see_both_answers_and_the_alert_still_goes_out(cast):
    browser, address, one = begin(cast)
    sent = {"do": "answer", "response": one, "item": "self_harm", "value": "0", "version": "0"}
    browser.post(address, sent)
    other = sign_in(cast.osei)
    for headers in ({}, {"hx-request": "true"}):
        page = other.post(address, {**sent, "value": "1"}, headers=headers)
        assert page.status_code == 409
    assert "Nora Feld" in page.content.decode()
    assert draft(cast).answers["self_harm"].value == 0
    assert len(unclaimed_alerts(cast.ben, at=MONDAY)) == 1


def test_a_form_sent_twice_is_finished_once(cast):
    browser, address, one = begin(cast)
    sent = {"do": "finish", "response": one, "_key": str(uuid.uuid4())}
    first, second = browser.post(address, sent), browser.post(address, sent)
    assert first.headers["Location"] == second.headers["Location"]
    later = browser.post(address, {**sent, "_key": str(uuid.uuid4())})
    assert later.status_code == 422
    assert "stands as it is" in later.content.decode()


def mine(cast, name="weekly_check"):
    browser = sign_in(cast.maria.account)
    browser.cookies["django_language"] = "en"
    address = browser.post("/my/questions/begin/", {"name": name}).headers["Location"]
    return browser, address


def test_a_client_answers_skips_stops_and_goes_on(cast):
    browser, address = mine(cast)
    after = browser.post(address, {"do": "answer", "item": "used", "value": "0", "version": "0"})
    assert after.headers["Location"] == f"{address}?q=8", "the next question that applies"
    browser.post(address, {"do": "skip", "item": "craving", "version": "0"})

    page = browser.get(address).content.decode()
    assert "On how many nights" in page, "resumed at the first open question"
    assert draft(cast).answers["craving"].value is None


def test_a_client_who_tells_of_self_harm_sees_help_at_once(cast):
    browser, address = mine(cast)
    sent = {"do": "answer", "item": "self_harm", "value": "1", "version": "0"}
    page = browser.post(address, sent, follow=True).content.decode()

    assert "calls you by 9:15 AM" in page
    assert 'href="tel:988"' in page
    assert 'href="tel:911"' in page
    assert 'href="tel:555-0199"' in page
    (alert,) = unclaimed_alerts(cast.ben, at=MONDAY)
    assert "Answered by the client" in alert.why


def test_no_call_is_promised_to_somebody_who_is_not_safe_at_home(cast):
    browser, address = mine(cast)
    sent = {"do": "answer", "item": "safe_home", "value": "2", "version": "0"}
    page = browser.post(address, sent, follow=True).content.decode()
    assert "in a way that is safe for you" in page
    assert "calls you by" not in page
    assert "Thank you for telling us" not in browser.get("/my/questions/").content.decode()


def test_a_client_reaches_nobody_elses_form(cast):
    _, address = mine(cast)
    stranger = sign_in(cast.andre.account)
    assert stranger.get(address).status_code == 404
    sent = {"do": "answer", "item": "used", "value": "7", "version": "0"}
    assert stranger.post(address, sent).status_code == 404
    assert draft(cast).answers == {}


def pack(**change):
    items = {str(n): f"Published question {n}" for n in range(1, 10)}
    return Pack(**{"instrument": "phq9", "language": "en", "source": "a site's file", "digest": "d1",
                   "copyright": "", "items": items, "options": {}, **change})


def test_with_a_text_pack_the_client_meets_the_published_words(cast):
    browser = sign_in(cast.maria.account)
    browser.cookies["django_language"] = "en"
    assert browser.post("/my/questions/begin/", {"name": "phq9"}).status_code == 422
    add_pack(cast.helen, pack=pack(), at=MONDAY)
    address = browser.post("/my/questions/begin/", {"name": "phq9"}).headers["Location"]
    assert "Published question 1" in browser.get(address).content.decode()
    assert shown(cast.nora, name="phq9", language="en").pack_digest == "d1"


def test_a_licensed_form_needs_the_words_of_the_licence(cast):
    licensed = pack(instrument="barc10")
    with pytest.raises(NotOffered, match="licensed"):
        add_pack(cast.helen, pack=licensed, at=MONDAY)
    add_pack(cast.helen, pack=licensed, licence_words="Letter of 1 May 2026", at=MONDAY)


def test_the_rule_of_when_changes_from_its_day_on(cast):
    care = [Care(cast.maria.client_id, MONDAY.date() - timedelta(days=10), "iop")]
    set_timing(cast.vera, name="dast10", at_admission=True, every_days=None, at_discharge=False,
               levels=[], source="team meeting", effective_on=MONDAY.date(), at=MONDAY)
    for on, there in ((MONDAY.date(), True), (MONDAY.date() - timedelta(days=1), False)):
        names = {row.instrument for row in queries.due(cast.nora, care=care, on=on)}
        assert ("dast10" in names) is there


def test_more_fillings_need_no_more_statements(cast):
    counted = []
    for days in ([9], [8, 7, 6]):
        measured(cast, cast.maria.client_id, [MONDAY - timedelta(days=day) for day in days])
        for address in ("", "weekly_check/"):
            browser = sign_in(cast.nora)
            path = f"/clients/{cast.maria.client_id}/instruments/{address}"
            browser.get(path)
            with CaptureQueriesContext(connection) as caught:
                browser.get(path)
            counted.append(len(caught.captured_queries))
    assert counted[2:] == counted[:2]
    assert max(counted) <= 45


def test_a_rule_is_changed_on_its_page_with_a_reason(cast):
    browser, address = sign_in(cast.vera), "/settings/instruments/phq9/"
    sent = {"every_days": "14", "effective_on": "2026-11-16", "source": ""}
    assert browser.post(address, sent).status_code == 422
    assert browser.post(address, {**sent, "source": "audit of May"}).status_code == 302
    assert "audit of May" in browser.get("/settings/instruments/").content.decode()
    assert sign_in(cast.nora).get(address).status_code == 403


def test_a_critical_answer_makes_the_screener_due_until_it_is_filled(cast):
    care = [Care(cast.maria.client_id, MONDAY.date(), "iop")]
    browser, address, one = begin(cast, "phq9")
    browser.post(address, {"do": "answer", "response": one, "item": "9", "value": "1", "version": "0"})

    rows = queries.due(cast.nora, care=care, on=MONDAY.date())
    assert (rows[0].instrument, rows[0].why) == ("cssrs_screener", "follow")
    browser, address, one = begin(cast, "cssrs_screener")
    browser.post(address, {"do": "finish", "response": one})
    assert [r for r in queries.due(cast.nora, care=care, on=MONDAY.date()) if r.why == "follow"] == []
