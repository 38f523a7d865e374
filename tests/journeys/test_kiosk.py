"""The tablet at the door in a browser: large, without a name, the same for everybody, gone by itself."""

import pytest

from tests.journeys.conftest import axe


@pytest.mark.parametrize("width", [390, 1024])
def test_a_tablet_takes_a_code_and_clears(sign_in, width):
    """Typed and sent by keyboard; after eight seconds it asks the next person."""
    page = sign_in("helen")
    page.goto("/kiosks/")
    page.fill("#name", f"Door {width}")
    page.click("text=Make its address")
    address = page.locator("#address").input_value()
    assert axe(page) == []
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    assert axe(page) == []
    assert page.locator("#code").bounding_box()["height"] >= 44
    page.locator("#code").focus()
    page.keyboard.type("123 456")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Thank you. Take a seat or see the desk.")
    assert axe(page) == []
    page.wait_for_selector("#code", timeout=12_000)
    assert page.locator("#code").input_value() == ""
