"""A sick call in the browser: the proposal is taken by keyboard, in one act."""

from tests.journeys.conftest import axe


def test_a_sick_call_is_answered_by_keyboard(sign_in):
    """From the staff page: days, proposal, save; what is left is said."""
    page = sign_in("helen")
    page.goto("/staff/")
    page.locator("a", has_text="Sick call").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cover/")
    shown = page.locator("select[name^='lead-']")
    page.locator("#first").focus()
    assert axe(page) == []
    before = shown.count()
    page.locator("text=Save for these days").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Whoever steps in has it among their tasks")
    assert shown.count() <= before
