"""A client fills a form on a phone, by keys alone; staff see an answer's row come back at once."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import axe
from tests.journeys.keyboard import Keys


@pytest.fixture
def keys(page) -> Keys:
    """Somebody at the keyboard."""
    return Keys(page)


def test_a_client_fills_a_form_on_a_phone_by_keys_alone(page, sign_in, site, keys):
    """Spanish, 390 px: answer, skip, stop, go on, tell of danger at home, see help, send it."""
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in("maria")
    page.goto("/my/questions/")
    assert axe(page) == []
    keys.send("Empezar")
    here = page.url.split("?")[0].removeprefix(site.url)
    keys.choose("value", "0")
    keys.send("Siguiente")
    expect(page.locator("h1")).to_contain_text("pleitos")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    keys.send("Saltar esta pregunta")
    keys.send("Parar aquí")
    keys.to(f"a[href='{here}']")
    with page.expect_navigation():
        keys.press("Enter")
    while "a salvo" not in page.inner_text("h1"):
        keys.send("Saltar esta pregunta")
    keys.choose("value", "2")
    keys.send("Siguiente")

    expect(page.get_by_role("alert")).to_contain_text("de una manera segura para usted")
    assert page.locator("a[href='tel:988']").first.is_visible()
    assert axe(page) == []
    while "última pregunta" not in page.inner_text("h1"):
        keys.send("Saltar esta pregunta")
    keys.send("Listo, enviar")
    expect(page.locator("h1")).to_have_text("Preguntas para mí")


def test_staff_answer_row_by_row_and_see_the_first_steps_at_once(page, sign_in, site, keys):
    """No page is loaded anew: the row is saved, new questions come, the alert stands above."""
    sign_in("nora")
    page.goto(f"/clients/{site.people['maria']}/instruments/family_check/")
    keys.send("Begin with")
    page.evaluate("window.stayed = true")
    keys.choose("value", "0")
    expect(page.locator("#q-support")).to_contain_text("Saved")
    page.locator("#q-safe label").last.click()
    expect(page.locator("#alerts-here")).to_contain_text("Violence at home")
    expect(page.locator("#progress")).to_contain_text("2 of 8")
    assert page.evaluate("window.stayed"), "the page was loaded anew"
    assert axe(page) == []
