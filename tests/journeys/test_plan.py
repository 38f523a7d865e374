"""The plan editor: three needs become a plan by keyboard, and nothing typed is lost."""

import pytest
from playwright.sync_api import Page, expect

SECONDS_A_KEY = 0.2
GOALS = ("Wake up on Sundays and remember Saturday", "A key to a door of my own",
         "Come here and get home without asking anybody")


class Typist:
    """Somebody without a mouse whose every key is counted, also those of the words."""

    def __init__(self, page: Page) -> None:
        """Sit down."""
        self.page, self.keys = page, 0

    def press(self, key: str, times: int = 1) -> None:
        """Press a key; with Alt, Ctrl or Shift it is one."""
        for _ in range(times):
            self.page.keyboard.press(key)
            self.keys += 1

    def type(self, words: str) -> None:
        """Type words where the focus is."""
        self.page.keyboard.type(words)
        self.keys += len(words)

    def tab_to(self, words: str) -> None:
        """Go on with Tab to a button that begins with these words."""
        for _ in range(60):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.textContent.trim()").startswith(words):
                return
        raise AssertionError(words)


@pytest.fixture
def typist(page) -> Typist:
    """Nothing typed yet."""
    return Typist(page)


def test_a_counsellor_turns_three_needs_into_a_plan_in_five_minutes(page, sign_in, site, typist):
    sign_in("nora")
    page.goto(f"/clients/{site.people['kit']}/plan/")
    typist.tab_to("Start the first plan")
    with page.expect_navigation():
        typist.press("Enter")
    expect(page.locator("#open-needs-h")).to_have_text("3 needs without an answer. Start with one.")
    for goal in GOALS:
        typist.press("Alt+n")
        typist.type(goal)
        typist.press("Tab", 2)
        typist.press("ArrowDown")
        typist.press("Shift+Tab")
        typist.press("End")
        typist.type(", together with my brother")
    with page.expect_navigation():
        typist.press("Control+Enter")

    expect(page.locator("#open-needs-h")).to_have_text("Every open need is in this plan.")
    expect(page.get_by_role("button", name="Sign as clinician")).to_be_visible()
    assert [one.input_value() for one in page.locator("[name$=-goal]").all()] == [*GOALS]
    assert page.locator("[name=p1-s0-words]").input_value() == (
        "A safe place to sleep every night of the month, together with my brother")
    assert page.locator("[name=p1-s0-i0-none]").input_value() == "a practical help, not a treatment"
    assert typist.keys * SECONDS_A_KEY <= 300, f"{typist.keys} keys"


def test_parts_are_added_moved_and_taken_out_and_no_word_is_lost(page, sign_in, site):
    sign_in("osei")
    page.goto(f"/clients/{site.people['maria']}/plan/")
    page.get_by_role("button", name="Start the next plan").click()
    before = page.locator("[name=p0-words]").input_value()
    page.get_by_role("button", name="Another problem").click()
    page.keyboard.type("Alone after work")
    page.get_by_role("button", name="Another step").last.click()
    page.keyboard.press("Shift+Tab")
    page.locator("[name=p1-s0-words]").fill("Ring two people a week")
    page.locator("[name=p1-s0-i0-who]").fill("Leo Marsh")
    page.locator("[name=p1-words]").press("Alt+ArrowUp")

    expect(page.locator("[name=p0-words]")).to_be_focused()
    expect(page.locator("[name=p0-words]")).to_have_value("Alone after work")
    page.locator("[data-remove=problem]").first.click()
    expect(page.locator("[name=p0-words]")).to_have_value(before)
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("[name=p0-s0-i0-who]")).to_have_value("Leo Marsh")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft, saved")
    page.wait_for_timeout(1500)

    page.reload()
    expect(page.locator("[name=p0-words]")).to_have_value("Alone after work")
    expect(page.locator("[name=p0-s0-words]")).to_have_value("Ring two people a week")
    expect(page.locator("[name=p1-words]")).to_have_value(before)
    with page.expect_navigation():
        page.get_by_role("button", name="Save the plan").click()
    expect(page.locator("[name=p1-words]")).to_have_value(before)
    page.goto(f"/clients/{site.people['maria']}/plan/changes/")
    expect(page.locator("main")).to_contain_text("added")
