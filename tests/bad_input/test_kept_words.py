"""Words sent after the session ended, while it was locked, or as somebody else: kept."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from daybridge.access import identity
from daybridge.access.drafts import draft_of
from tests.access.test_canary_matrix import sign_in
from tests.bad_input.forms import forms_in
from tests.cast import PASSWORD, email

WORDS = "She said: “I will come on Friday” & <b>meant</b> it."


@pytest.fixture
def opened(cast):
    """Nora has the page of Maria's supporters open and has typed."""
    browser = sign_in(cast.nora)
    address = reverse("people:details", args=[cast.maria.client_id])
    page = browser.get(address).content.decode()
    form = next(one for one in forms_in(page, address) if "supporters" in one.action)
    typed = {"name": "Uncle Bo", "relation": WORDS[:50]}
    return browser, form.action, dict(form.filled(typed, password=""))


def signed_in(first: str, browser: Client, target: str = "/") -> Client:
    """Sign in by the form, as a person does."""
    browser.post(reverse("account_login") + f"?next={target}",
                 {"login": email(first), "password": PASSWORD})
    return browser


def kept_page(browser: Client) -> str:
    """Return the page of kept words."""
    return browser.get(reverse("access:kept")).content.decode()


def test_words_sent_after_the_session_ended_wait_behind_the_sign_in(cast, opened):
    browser, address, sent = opened
    browser.cookies.clear()  # the session is over

    answer = browser.post(address, sent)
    page = kept_page(signed_in("nora", browser))

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/accounts/login/?next=/kept/"
    assert html.escape(sent["relation"]) in page
    assert "Uncle Bo" in page


def test_kept_words_are_sent_with_one_press_and_then_gone(cast, opened):
    browser, address, sent = opened
    browser.cookies.clear()  # the session is over
    browser.post(address, sent)
    page = kept_page(signed_in("nora", browser))
    form = next(one for one in forms_in(page, "/kept/") if one.action == address)

    answer = browser.post(address, dict(form.filled({}, password="")))

    details = browser.get(reverse("people:details", args=[cast.maria.client_id])).content.decode()
    assert answer.status_code == 302
    assert "Uncle Bo" in details
    assert "Uncle Bo" not in kept_page(browser)


def test_kept_words_can_be_let_go(cast, opened):
    browser, address, sent = opened
    browser.cookies.clear()  # the session is over
    browser.post(address, sent)
    signed_in("nora", browser)

    browser.post(reverse("access:kept"), {"drop": f"sent {address}"})

    assert "Uncle Bo" not in kept_page(browser)


def test_nobody_else_finds_kept_words(cast, opened):
    browser, address, sent = opened
    browser.cookies.clear()  # the session is over
    browser.post(address, sent)

    assert "Uncle Bo" not in kept_page(signed_in("helen", browser))
    assert "Uncle Bo" not in browser.get("/", follow=True).content.decode()


def test_a_lock_keeps_what_was_sent_and_offers_it_after_the_password(cast, opened):
    browser, address, sent = opened
    browser.post(reverse("access:lock"))

    locked = browser.post(address, sent)
    target = re.search(r'name="next" value="([^"]+)"', locked.content.decode())[1]
    browser.post(reverse("access:unlock"), {"password": PASSWORD, "next": target})

    assert locked.status_code == 423
    assert "Uncle Bo" not in locked.content.decode()
    assert "Uncle Bo" in browser.get(target).content.decode()


def test_a_form_of_one_person_is_never_saved_as_another(cast, opened):
    _, address, sent = opened
    other = sign_in(cast.helen)

    answer = other.post(address, sent)

    details = other.get(reverse("people:details", args=[cast.maria.client_id])).content.decode()
    assert answer.status_code == 409
    assert "Uncle Bo" not in details
    assert "Uncle Bo" in kept_page(sign_in(cast.nora))


def test_a_form_older_than_the_sign_in_is_kept_too(cast, opened):
    _, address, sent = opened
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sign_in(cast.nora).cookies

    answer = strict.post(address, sent)

    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("access:kept"))
    assert "Uncle Bo" in kept_page(strict)


def test_a_forged_mark_keeps_nothing(cast, opened):
    browser, address, sent = opened
    browser.cookies.clear()  # the session is over

    answer = browser.post(address, {**sent, "_who": sent["_who"][:-2] + "xx"})

    assert answer.status_code == 403
    assert "Uncle Bo" not in kept_page(sign_in(cast.nora))


@pytest.mark.parametrize("form", ["assessment.reason.1", "intake.new", "plan-3"])
def test_drafts_of_every_form_are_kept_also_with_nul(cast, form):
    answer = sign_in(cast.nora).post(
        reverse("access:draft", args=[form]), {"words": f"a\0b {WORDS}", "password": "x"})

    assert answer.status_code == 200
    with identity.acting(cast.nora):
        assert draft_of(cast.nora, form).fields == {"words": f"ab {WORDS}"}


def test_a_visitor_who_opens_a_page_is_led_to_the_sign_in_and_back(cast):
    answer = Client().get("/today/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=/today/")
