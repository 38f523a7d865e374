"""UX.md section 1, in clicks and keys; what somebody writes is not counted.

The group of twelve has its own test, `test_group`.
"""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.cast import PASSWORD


class Effort:
    """Count every click and every key."""

    def __init__(self, page: Page) -> None:
        """Begin at nothing."""
        self.page, self.spent = page, 0

    def click(self, target: Locator) -> None:
        """One click."""
        target.first.click()
        self.spent += 1

    def key(self, *keys: str) -> None:
        """One press each; Ctrl K is one."""
        for key in keys:
            self.page.keyboard.press(key)
            self.spent += 1

    def write(self, words: str) -> None:
        """Prose, where the focus is: not counted."""
        assert self.page.evaluate("document.activeElement.matches('input, textarea')")
        self.page.keyboard.type(words)


@pytest.fixture
def effort(page) -> Effort:
    """Nothing done yet."""
    return Effort(page)


def test_the_director_comes_from_a_weak_principle_to_the_clients_behind_it(page, sign_in, effort):
    sign_in("helen")
    effort.click(page.get_by_role("link", name="Principles"))
    effort.click(page.locator("tr", has_text="not kept").get_by_role("link"))

    expect(page.locator("#open")).to_contain_text("Ada Member")
    assert effort.spent <= 2


def test_the_director_books_all_sure_makeups(page, sign_in, effort):
    sign_in("helen")
    effort.click(page.get_by_role("link", name="Hours board"))
    effort.click(page.get_by_role("button", name="sure make-up"))
    effort.click(page.locator("[data-confirm-yes]"))

    expect(page.get_by_role("button", name="sure make-up")).to_have_count(0)
    assert effort.spent <= 3


def test_a_counsellor_records_an_outreach_call(page, sign_in, effort):
    sign_in("nora")
    effort.click(page.get_by_role("link", name="Reach Maria Delgado"))
    page.locator("select[name=outcome]:focus").wait_for()  # the row that was chosen
    effort.key("m")  # left a message
    effort.key("Tab")
    effort.write("Her sister gives her our number.")
    effort.key("Enter")

    expect(page.locator("[data-row]", has_text="Maria Delgado")).to_contain_text("2 tried")
    assert effort.spent <= 5


def test_the_physician_signs_an_own_view(page, sign_in, site, effort):
    sign_in("osei")
    page.goto(f"/clients/{site.people['andre']}/")
    effort.click(page.get_by_role("link", name="Placement", exact=True))
    effort.click(page.locator("label[for=d-iop]"))
    effort.key("Tab")
    effort.write("Home is safe, and he wants it.")
    effort.key("Tab")
    effort.write(PASSWORD)
    effort.key("Enter")

    expect(page.locator("main")).to_contain_text("Recommends")
    assert effort.spent <= 5


def test_intake_brings_an_inquiry_to_a_booked_evaluation(page, sign_in, effort):
    sign_in("sam")
    a_free_time(page)
    page.goto("/")
    effort.key("i")
    effort.write("Tom Aster")
    effort.key("Tab")
    effort.write("212 555 0181")
    effort.key("Tab")
    effort.write("My wife says it is time.")
    for number in range(6):  # the safety questions, asked of everybody
        effort.click(page.locator("#new .seg").nth(number).get_by_text("No", exact=True))
    effort.click(page.locator("label", has=page.locator("input[name=slot]")).nth(1))
    effort.key("Control+Enter")

    expect(page.locator("main")).to_contain_text("the evaluation is booked")
    assert effort.spent <= 12


def a_free_time(page: Page) -> None:
    """Open an evaluation time, which is not part of the count."""
    page.goto("/intake/times/")
    page.locator("#id_evaluator").select_option(label="Nora Feld, LCSW")
    page.locator("#id_starts_at").fill("2026-11-17T09:00")
    page.get_by_role("button", name="Open this time").click()
    page.locator("#free form").first.wait_for()


def test_intake_solves_a_hurdle(page, sign_in, effort):
    sign_in("sam")
    effort.click(page.locator("#waiting").get_by_role("link", name="Andre Novak"))
    effort.click(page.get_by_label("How was “Transport” solved?"))
    effort.write("A bus pass for the first week")
    effort.key("Enter")

    expect(page.locator("#hurdle")).to_contain_text("A bus pass for the first week")
    assert effort.spent <= 3


def test_intake_finds_somebody_who_was_here_before(page, sign_in, effort):
    sign_in("sam")
    effort.key("Control+k")
    effort.write("Delg")
    effort.key("Enter")

    expect(page.locator("h1")).to_contain_text("Maria Delgado")
    assert effort.spent <= 4


def test_the_front_desk_checks_somebody_in(page, sign_in, effort):
    sign_in("fay")
    effort.click(page.get_by_role("button", name="Check in Lou Member"))

    expect(page.locator("tr", has_text="Lou Member").locator(".st-ok")).to_have_count(1)
    assert effort.spent <= 2


def test_the_quality_manager_opens_a_definition(page, sign_in, effort):
    sign_in("quinn")
    effort.click(page.locator("tr", has_text="P05").get_by_role("link"))

    expect(page.get_by_role("heading", name="Definition")).to_be_visible()
    assert effort.spent <= 1
