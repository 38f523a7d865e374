"""The week in a browser: a session moved by keyboard and by hand, what clashes said before."""

import re

from tests.journeys.conftest import axe


def test_a_session_is_moved_by_keyboard_and_dragged_to_a_question(sign_in):
    """M on a session opens its move with what clashes; a drop asks and saves nothing by itself."""
    page = sign_in("helen")
    page.goto("/week/")
    page.locator("a[aria-label='The week after']").click()
    boxes = page.locator("[data-move]")
    title = boxes.first.locator("strong").inner_text()
    boxes.first.locator("a").first.focus()
    page.keyboard.press("m")
    page.wait_for_url(re.compile("/move/"))
    assert title in page.locator("h1").inner_text()
    page.fill("#starts", "06:05")
    page.keyboard.press("Tab")
    page.wait_for_selector("#against >> text=Nothing stands against it")
    assert axe(page) == []
    page.click("text=Move it")
    page.wait_for_url(re.compile("/week/"))
    assert page.locator("article", has_text=title).filter(has_text="06:05").count() == 1

    before = page.locator("article").all_inner_texts()
    address = page.url
    boxes.first.drag_to(page.locator("[data-day]").nth(3), target_position={"x": 30, "y": 150})
    page.wait_for_url(re.compile("/move/\\?day="))
    assert page.locator("#against p").count() >= 1
    page.goto(address)
    assert page.locator("article").all_inner_texts() == before
