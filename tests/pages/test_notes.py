"""The pages of notes: written, signed, co-signed, withdrawn; nothing typed is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from daybridge.access import clock
from daybridge.care.notes.commands_after import keep_macro
from daybridge.care.notes.queries import notes_of
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import PASSWORD
from tests.notes import HELD, TALK, held, objective_of, signed, taught, typed

WHEN = "2026-11-17T10:15"


@pytest.fixture
def maria(cast, monkeypatch):
    """Maria in care, on Tuesday half past eleven."""
    monkeypatch.setattr(clock, "now", lambda: HELD)
    story.admitted(cast, cast.maria)
    return cast.maria.client_id


def new(browser, client_id, **sent):
    """Post the editor of a new note."""
    fields = {"about": "phone", "when": WHEN, "data": "Rang at ten.", "password": PASSWORD, "do": "sign"}
    return browser.post(reverse("notes:new", args=[client_id]), {**fields, **sent})


def page(browser, name, *args):
    """Return a page's text."""
    answer = browser.get(reverse(f"notes:{name}", args=args))
    assert answer.status_code == 200, f"{name}: {answer.status_code}"
    return answer.content.decode()


def test_a_note_is_written_and_signed_in_one_go(cast, maria):
    objective = objective_of(cast, cast.maria)
    session = held(cast, cast.maria)
    browser = sign_in(cast.nora)
    assert f'value="session-{session}" selected' in page(browser, "new", maria)
    answer = new(browser, maria, about=f"session-{session}", **{"cite-data": [objective]})

    assert answer.status_code == 302
    text = browser.get(answer.headers["Location"]).content.decode()
    assert "Rang at ten." in text
    assert "Four Fridays without drinking" in text
    assert "Nora Feld, LCSW" in text
    (row,) = notes_of(cast.nora, client_id=maria)
    assert (row.occurrence_id, row.event_at) == (session, TALK)


@pytest.mark.parametrize(("wrong", "why"), [
    ({"password": "no"}, "password does not fit"), ({"data": " ", "plan": "Keepthis"}, "what happened"),
    ({"when": "soon"}, "day and the time"), ({"about": "group"}, "Choose what"),
    ({"about": "session-999"}, "not one of this client"), ({"when": "2026-11-18T10:00"}, "still to come"),
])
def test_what_can_not_be_signed_says_why_and_keeps_every_word(cast, maria, wrong, why):
    answer = new(sign_in(cast.nora), maria, **{"plan": "Keepthis", **wrong})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert why in text
    assert "Keepthis" in text
    assert notes_of(cast.nora, client_id=maria) == []


def test_two_windows_are_shown_both_texts(cast, maria):
    browser = sign_in(cast.nora)
    place = new(browser, maria, do="save").headers["Location"]
    sent = {"about": "phone", "when": WHEN, "data": "First", "version": "1", "do": "save"}
    assert browser.post(place, sent).status_code == 302
    answer = browser.post(place, {**sent, "data": "Second"})

    assert answer.status_code == 409
    assert "First" in answer.content.decode()
    assert "Second" in answer.content.decode()


def test_macros_are_read_before_they_are_signed(cast, maria):
    keep_macro(cast.nora, name="calm", words="Calm and on time.", at=HELD)
    browser = sign_in(cast.nora)
    answer = new(browser, maria, data="She was .calm today")

    assert answer.status_code == 422
    assert "She was Calm and on time. today" in answer.content.decode()
    assert new(browser, maria, data="She was Calm and on time. today").status_code == 302


def test_a_line_is_copied_forward_by_a_button(cast, maria):
    plan = "Rings her sister on Friday before five."
    signed(cast, cast.maria, typed(event_at=TALK, data="Then.", plan=plan))
    browser = sign_in(cast.nora)
    place = new(browser, maria, do="copy-plan").headers["Location"]

    text = browser.get(place).content.decode()
    assert "Copied from the note of" in text
    assert "Rings her sister" in text.split("Last note")[0]


def test_a_draft_is_let_go(cast, maria):
    browser = sign_in(cast.nora)
    place = new(browser, maria, do="save").headers["Location"]
    browser.post(place, {"do": "discard", "version": "1"})

    assert notes_of(cast.nora, client_id=maria) == []


def test_the_supervisor_works_down_the_list(cast, maria):
    iris = taught(cast, cast.maria)
    one, two = (signed(cast, cast.maria, typed(data=words), by=iris) for words in ("One", "Two"))
    browser = sign_in(cast.vera)
    assert "in training" in page(browser, "to_sign")
    answer = browser.post(reverse("notes:note", args=[maria, one]), {"do": "cosign", "password": PASSWORD})
    assert answer.headers["Location"] == reverse("notes:to_sign")
    back = {"do": "back", "password": PASSWORD, "words": "Whose idea was it?"}
    assert browser.post(reverse("notes:note", args=[maria, two]), back).status_code == 302

    assert "Whose idea was it?" in page(sign_in(iris), "note", maria, two)
    assert "co-signed" in page(sign_in(iris), "note", maria, one)
    assert browser.post(reverse("notes:note", args=[maria, two]),
                        {"do": "addendum", "password": "no", "words": "Mine"}).status_code == 422


def test_a_wrong_chart_is_put_right_without_the_privacy_officer_reading(cast, maria, monkeypatch):
    one = signed(cast, cast.maria, typed(data="Wrongchartwords"))
    pia, vera, nora = (sign_in(actor) for actor in (cast.pia, cast.vera, cast.nora))
    assert "Wrongchartwords" not in page(pia, "note", maria, one) + page(pia, "notes", maria)
    place = reverse("notes:withdraw", args=[maria, one])
    assert pia.post(place, {"why": ""}).status_code == 422
    assert pia.post(place, {"why": "Not hers."}).status_code == 302
    assert "Not hers." in page(vera, "withdrawals")
    vera.post(place, {"do": "confirm"})

    assert "Wrongchartwords" not in page(nora, "notes", maria) + page(nora, "note", maria, one)
    assert vera.get(reverse("notes:note", args=[maria, one])).status_code == 200
    assert sign_in(cast.osei).get(reverse("notes:note", args=[maria, one])).status_code == 404
    assert "Breach?" in page(pia, "withdrawals")
    assert pia.post(place, {"do": "no breach", "why": ""}).status_code == 422
    pia.post(place, {"do": "no breach", "why": "The team alone."})
    other = story.somebody(cast, "Robin Vale").client_id
    along = reverse("notes:take_along", args=[maria, one])
    assert "Robin Vale" in nora.get(along, {"q": "robin"}).content.decode()
    assert vera.get(along).status_code == 404
    answer = nora.post(along, {"right": other})
    assert "Wrongchartwords" in nora.get(answer.headers["Location"]).content.decode()
    assert nora.post(along, {"right": other}).status_code == 422
    assert "No note waits" in page(pia, "withdrawals")


def test_the_thread_leads_from_need_to_note_and_back(cast, maria):
    objective = objective_of(cast, cast.maria)
    place = reverse("pages:thread", args=[maria])
    browser = sign_in(cast.nora)
    assert "Objectives without a note for 14 days: 1" in browser.get(place).content.decode()
    one = signed(cast, cast.maria, typed(data="Went well.", cites={"data": [objective]}))
    loose = signed(cast, cast.maria, typed("crisis"))

    text = browser.get(place).content.decode()
    assert reverse("notes:note", args=[maria, one]) in text.split('id="uncited"')[0]
    assert reverse("notes:note", args=[maria, loose]) in text.split('id="uncited"')[1]
    assert f"{place}#o{objective}" in page(browser, "note", maria, one)
    assert sign_in(cast.bill).get(place).status_code == 403


def test_a_client_reads_what_was_signed_about_them_and_no_more(cast, maria):
    signed(cast, cast.maria, typed(data="Readable to her"))
    browser = sign_in(cast.nora)
    new(browser, maria, data="Draftwords", do="save")
    browser.post(reverse("notes:apart", args=[maria]),
                 {"words": "Keptapart", "when": WHEN, "password": PASSWORD})
    assert "Keptapart" in page(browser, "apart", maria)

    text = page(sign_in(cast.maria.account), "mine")
    assert "Readable to her" in text
    assert "Draftwords" not in text
    assert "Keptapart" not in text
    doubtful = signed(cast, cast.maria, typed(data="Somebodyelse"))
    sign_in(cast.vera).post(reverse("notes:withdraw", args=[maria, doubtful]), {"why": "Not hers."})
    assert "Somebodyelse" not in page(sign_in(cast.maria.account), "mine")
    assert "Readable" not in page(sign_in(cast.andre.account), "mine")


def test_today_names_what_is_missing_and_what_waits(cast, maria, monkeypatch):
    held(cast, cast.maria)
    iris = taught(cast, cast.maria)
    signed(cast, cast.maria, typed(), by=iris)
    today = reverse("pages:today")
    assert "Missing note: Individual session" in sign_in(cast.nora).get(today).content.decode()
    assert "Co-sign: Phone contact" in sign_in(cast.vera).get(today).content.decode()

    monkeypatch.setattr(clock, "now", lambda: HELD + timedelta(hours=25))
    assert "overdue" in page(sign_in(cast.nora), "to_sign")
