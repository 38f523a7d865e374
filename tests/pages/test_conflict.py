"""Two people at one record: each of the three ways on does what it says, nothing is lost."""

import pytest
from django.urls import reverse

from daybridge.access import clock, identity
from daybridge.access.drafts import draft_of, save_draft
from daybridge.care.hours.queries import presence_at
from daybridge.care.planning.commands import start_plan
from daybridge.care.planning.queries import plan_in_work
from daybridge.care.schedule.queries import sessions
from daybridge.clinic.people.queries import name_of
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.bad_input.forms import forms_in

KEEP_MINE, KEEP_THEIRS, TOGETHER = 0, 1, 2


def ways(page, browser, address):
    """Return the conflict page's three forms."""
    found = forms_in(page.content.decode(), address)
    return [one for one in found if "version" in one.names({"hidden"})
            or "drop" in one.names({"hidden"})]


def send(browser, form, **typed):
    return browser.post(form.action, dict(form.filled(typed, password="")))


@pytest.fixture
def names(cast):
    """Sam and Helen both change Maria's names; Helen is late."""
    maria = cast.maria.client_id
    address, back = reverse("people:change", args=[maria]), reverse("people:details", args=[maria])
    version = name_of(cast.sam, client_id=maria).version
    words = {"legal_name": "Maria D", "birth_date": "1992-03-04", "version": version}
    sign_in(cast.sam).post(address, {**words, "preferred_name": "Maria Sol", "pronouns": "she/her"})
    late = sign_in(cast.helen)
    with identity.acting(cast.helen):
        save_draft(cast.helen, "names-1", {"preferred_name": "Maria Luz"}, at=clock.now())
    page = late.post(
        address, {**words, "preferred_name": "Maria Luz", "pronouns": "they", "_draft": "names-1"},
        headers={"Referer": f"http://testserver{back}"},
    )
    assert page.status_code == 409
    return late, page, address, back


def test_keep_mine_saves_mine(cast, names):
    late, page, address, _ = names

    assert send(late, ways(page, late, address)[KEEP_MINE]).status_code == 302
    found = name_of(cast.sam, client_id=cast.maria.client_id)
    assert (found.name, found.pronouns) == ("Maria Luz", "they")


def test_keep_theirs_leads_back_to_the_page_and_lets_my_draft_go(cast, names):
    late, page, address, back = names

    answer = send(late, ways(page, late, address)[KEEP_THEIRS])

    assert (answer.status_code, answer.headers["Location"]) == (302, back)
    assert late.get(back).status_code == 200
    assert name_of(cast.sam, client_id=cast.maria.client_id).name == "Maria Sol"
    with identity.acting(cast.helen):
        assert draft_of(cast.helen, "names-1") is None


def test_edit_together_takes_what_differs_and_keeps_the_rest(cast, names):
    late, page, address, _ = names
    form = ways(page, late, address)[TOGETHER]

    assert set(form.names({"textarea"})) == {"preferred_name", "pronouns"}
    assert send(late, form, preferred_name="Maria Sol Luz").status_code == 302
    found = name_of(cast.sam, client_id=cast.maria.client_id)
    assert (found.name, found.pronouns) == ("Maria Sol Luz", "they")


def test_a_plan_is_compared_field_by_field(cast, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: story.MON)
    story.admitted(cast, cast.maria)
    ids = {"client_id": cast.maria.client_id}
    plan_id = start_plan(cast.nora, **ids, at=story.MON)
    stored = plan_in_work(cast.nora, **ids)
    address = reverse("planning:plan", args=[cast.maria.client_id])
    sent = {"do": "write", "plan": plan_id, "version": stored.version, "p0-words": "Alcohol",
            "p0-goal": "Sober nights", "p0-s0-words": "Four Fridays", "p0-s0-target": "2026-12-24"}
    sign_in(cast.osei).post(address, {**sent, "p0-goal": "Sleep"})
    late = sign_in(cast.nora)

    page = late.post(address, {**sent, "p1-words": "Rent", "p1-goal": "Stay"})
    text = page.content.decode()
    form = ways(page, late, address)[TOGETHER]
    answer = send(late, form, **{"p0-goal": "Sober nights, and sleep"})

    assert page.status_code == 409
    assert set(form.names({"textarea"})) == {"p0-goal", "p1-words", "p1-goal"}
    assert "Problem 1: goal" in text
    assert answer.status_code == 302
    goals = [(one.words, one.goal) for one in plan_in_work(cast.nora, **ids).problems]
    assert goals == [("Alcohol", "Sober nights, and sleep"), ("Rent", "Stay")]


def test_two_who_take_one_attendance_see_each_clients_line(cast, monkeypatch):
    noon = story.local(story.WEEK, 12)
    monkeypatch.setattr(clock, "now", lambda: noon)
    groups = story.groups(cast)
    story.admitted(cast, cast.maria)
    story.join_groups(cast, cast.maria, groups.monday)
    one = sessions(cast.nora, first=story.WEEK, last=story.WEEK)[0]
    address = reverse("hours:room", args=[one.occurrence_id])
    nora, vera = sign_in(cast.nora), sign_in(cast.vera)
    nora.post(address, {"do": "open"})
    name = f"state-{cast.maria.client_id}"
    vera.post(address, {name: "missing", "version": one.version + 1})

    page = nora.post(address, {name: "here", "version": one.version + 1})
    form = ways(page, nora, address)[KEEP_MINE]
    answer = send(nora, form)

    assert (page.status_code, answer.status_code) == (409, 302)
    assert "Maria Delgado: presence" in page.content.decode()
    saved = presence_at(cast.nora, occurrence_id=one.occurrence_id)
    assert saved[cast.maria.client_id].present_from is not None
