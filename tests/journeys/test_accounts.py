"""Coming in with a passkey; a client's first visit; the idle lock that loses nothing."""

import re

import pytest

from tests.cast import PASSWORD
from tests.journeys.conftest import axe

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}


def with_password(page, address: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main form button").first.click()


@pytest.fixture
def device(page):
    """A fingerprint reader inside the browser."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session


def test_a_passkey_is_set_up_and_signs_in_alone_and_as_second_step(page, device):
    with_password(page, "iris@clinic.example")
    page.goto("/accounts/2fa/")
    findings = axe(page)
    page.get_by_role("link", name="Add a passkey").press("Enter")
    findings += axe(page)
    page.locator("[name=passwordless]").check()
    page.get_by_role("button", name="Add the passkey").press("Enter")
    page.wait_for_url("**/recovery-codes/**")
    codes = page.locator("#recovery_codes code").all_inner_texts()
    findings += axe(page)
    sign_out(page)

    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").press("Enter")
    page.wait_for_url("**/today/")
    sign_out(page)

    with_password(page, "iris@clinic.example")
    findings += axe(page)
    page.get_by_role("button", name="Use a passkey instead").press("Enter")
    page.wait_for_url("**/today/")

    assert len(codes) == 10
    assert findings == []


def test_the_app_is_set_up_from_a_square_code_that_the_page_may_show(page):
    refused = []
    page.on("console", lambda one: refused.append(one.text) if "Security Policy" in one.text else None)
    with_password(page, "paul@clinic.example")
    page.goto("/accounts/2fa/totp/activate/")

    assert page.locator(".db-qr").evaluate("image => image.naturalWidth") > 0
    assert refused == []
    assert axe(page) == []


def test_invite_pages_have_no_finding(sign_in):
    page = sign_in("helen")
    page.goto("/staff/invite/")

    assert axe(page) == []


def test_a_client_comes_in_by_a_link_that_was_handed_over(sign_in, site, browser):
    page = sign_in("sam")
    page.goto(f"/clients/{site.people['andre']}/details/")
    page.get_by_role("button", name="Show a link to hand over").click()
    link = page.get_by_role("textbox", name="Link").input_value()
    context = browser.new_context()
    theirs = context.new_page()
    theirs.goto(link)
    findings = axe(page) + axe(theirs)

    theirs.get_by_label(re.compile("Choose a password")).fill("four words of mine")
    theirs.keyboard.press("Enter")
    theirs.wait_for_url("**/home/")
    context.close()

    assert findings == []


WORDS = "Wants to visit her sister on Sunday"


def type_and_wait(page, address: str) -> None:
    """Type into a form, then leave the desk for eleven minutes."""
    page.clock.install()
    page.goto(address)
    page.wait_for_load_state("networkidle")  # a draft of an earlier test has come back
    page.locator("form[data-draft] [name=preferred_name]").fill(WORDS)
    page.clock.run_for(2000)
    with page.expect_response("**/lock/"):  # its cookie has come: the next sign-in is alone
        page.clock.fast_forward("11:00")
    page.wait_for_selector("#lock[open]")


def test_the_lock_hides_the_page_and_keeps_the_words(sign_in):
    page = sign_in("sam")
    type_and_wait(page, "/clients/new/")
    hidden = not page.locator("[name=preferred_name]").is_visible()
    again = page.context.request.get("/clients/new/")

    page.get_by_label("Password").fill("a guess")
    page.get_by_role("button", name="Unlock").click()
    page.get_by_text("That is not the password").wait_for()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Unlock").click()
    page.wait_for_selector("#lock:not([open])", state="attached")

    assert hidden
    assert again.status == 423
    assert page.locator("[name=preferred_name]").input_value() == WORDS


def test_after_signing_in_again_the_words_are_there_for_the_same_person_alone(sign_in):
    page = sign_in("sam")
    type_and_wait(page, "/clients/new/")

    sign_in("helen")
    page.goto("/clients/new/")
    page.wait_for_load_state("networkidle")
    others = page.locator("[name=preferred_name]").input_value()
    sign_in("sam")
    page.goto("/clients/new/")
    page.wait_for_load_state("networkidle")

    assert others == ""
    assert page.locator("[name=preferred_name]").input_value() == WORDS
