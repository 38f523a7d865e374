"""Two people at one record, and a draft that comes back: in the browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import axe


@pytest.fixture
def second(browser: Browser, browser_context_args, sign_in: Callable[[str], Page]):
    """Sign two people in, each in a browser of their own."""
    helen = sign_in("helen")
    context = browser.new_context(**browser_context_args)
    sam = context.new_page()
    sam.goto("/accounts/login/")
    sam.evaluate(
        """async () => {
             const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
             await fetch('/demo-sign-in/', {method: 'POST', headers: {'X-CSRFToken': token},
               body: new URLSearchParams({email: 'sam@clinic.example'})});
           }"""
    )
    yield helen, sam
    context.close()


def test_edit_together_keeps_both_and_theirs_leads_back(second, site):
    helen, sam = second
    page = f"/clients/{site.people['jonah']}/details/"
    for one in second:
        one.goto(page)
    sam.locator("#names [name=pronouns]").fill("they")
    sam.get_by_role("button", name="Save names").click()
    expect(sam.locator("#names [name=pronouns]")).to_have_value("they")

    helen.locator("#names [name=pronouns]").fill("he")
    helen.get_by_role("button", name="Save names").click()
    expect(helen.locator("tr.is-different")).to_contain_text("Pronouns")
    assert axe(helen) == []
    helen.get_by_label("Pronouns").fill("he or they")
    helen.get_by_role("button", name="Save both together").click()
    expect(helen.locator("#names [name=pronouns]")).to_have_value("he or they")

    sam.locator("#names [name=pronouns]").fill("ze")  # Sam's page is the old one now
    sam.get_by_role("button", name="Save names").click()
    sam.get_by_role("button", name="Keep theirs").click()
    expect(sam.locator("#names [name=pronouns]")).to_have_value("he or they")
    expect(sam.locator("[data-draft-band]")).to_have_count(0)


def typed(page: Page, act: Callable[[], None]) -> None:
    """Do something that is a draft on the server before the test goes on."""
    with page.expect_response(lambda answer: "/drafts/" in answer.url and answer.request.method == "POST"):
        act()


def test_a_draft_comes_back_whole_with_choices(second):
    helen, _ = second
    address = "/groups/new/"
    helen.goto(address)
    title, level = helen.locator("[name=title]"), helen.locator("[name=levels]").first
    was = level.is_checked()
    typed(helen, lambda: (title.fill("Sleep well"), title.blur()))
    typed(helen, lambda: level.set_checked(not was))

    helen.goto("/programme/")
    helen.goto(address)
    expect(title).to_have_value("Sleep well")
    expect(level).to_be_checked(checked=not was)
    expect(helen.locator("[data-draft-band]")).to_contain_text("Your draft is back, from")
    assert axe(helen) == []
    helen.get_by_role("button", name="Let the draft go").click()
    expect(title).to_have_value("")
    helen.reload()
    expect(helen.locator("[data-draft-band]")).to_have_count(0)


def test_a_draft_never_hides_what_is_newer(second, site):
    helen, sam = second
    names = f"/clients/{site.people['andre']}/details/"
    for one in second:
        one.goto(names)
    pronouns = helen.locator("#names [name=pronouns]")
    typed(helen, lambda: pronouns.fill("ey"))
    sam.locator("#names [name=pronouns]").fill("he, him")
    sam.get_by_role("button", name="Save names").click()
    expect(sam.locator("#names [name=pronouns]")).to_have_value("he, him")
    helen.reload()
    band = helen.locator("[data-draft-band]")
    expect(band).to_contain_text("newer than your draft from")
    expect(band.locator("tbody tr")).to_contain_text("ey")
    expect(pronouns).to_have_value("he, him")
    helen.get_by_role("button", name="Take my draft").click()
    expect(pronouns).to_have_value("ey")
