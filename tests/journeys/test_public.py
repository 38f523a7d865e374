"""The public page by keyboard on a telephone's screen, leaving it fast, and Spanish on a narrow one."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import axe
from tests.journeys.keyboard import Keys

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 700}
NEUTRAL = "https://www.weather.gov/"
# A text that is cut off: its box hides what does not fit, or it stands outside of the window.
CLIPPED = """() => [...document.querySelectorAll('body *')].flatMap(one => {
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const words = [...one.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  if (!words || !box.width || one.closest('.visually-hidden, .skip-link, svg, [hidden]')) return [];
  const hides = ['hidden', 'clip'].includes(style.overflowX) || style.textOverflow === 'ellipsis';
  const cut = hides && one.scrollWidth > one.clientWidth + 1;
  const inside = one.closest('.table-responsive') || (box.left >= -1 && box.right <= innerWidth + 1);
  return cut || !inside ? [`${one.tagName} ${one.className}: ${one.textContent.trim().slice(0, 60)}`] : [];
})"""


@pytest.fixture
def phone(page) -> Page:
    """Hold a telephone."""
    page.set_viewport_size(PHONE)
    return page


def test_somebody_asks_for_help_by_keyboard_on_a_phone(phone):
    keys = Keys(phone)
    phone.goto("/help/")
    keys.to(".skip-link")
    keys.press("Enter")
    keys.write("#id_contact", "nobody")
    keys.send("Ask for a call")
    expect(phone.locator("[data-autofocus]")).to_be_focused()
    expect(phone.locator("[role=alert]")).to_contain_text("One answer needs a look")
    keys.to("[role=alert] a")
    keys.press("Enter")
    assert keys.at("#id_contact")
    assert phone.input_value("#id_contact") == "nobody", "nothing typed is lost"

    keys.write("#id_contact", "555-555-0100")
    keys.to("input[name=safe]")
    keys.press("Space")
    keys.write("#id_name", "J")
    keys.choose("for_whom", "other")
    keys.write("#id_words", "My brother does not sleep.")
    keys.send("Ask for a call")

    expect(phone.locator("h1")).to_contain_text("Thank you")
    assert "/help/thanks/" in phone.url
    assert axe(phone) == []


def test_the_language_is_changed_by_keyboard(phone):
    keys = Keys(phone)
    phone.goto("/help/")
    keys.send("Español")

    expect(phone.locator("html")).to_have_attribute("lang", "es")
    expect(phone.locator("h1")).to_have_text("Aquí puede recibir ayuda")
    expect(phone.locator(".db-unreviewed")).to_be_visible()
    keys.send("English")
    expect(phone.locator("html")).to_have_attribute("lang", "en")


@pytest.fixture
def outside(page) -> list[str]:
    """Answer for the neutral page: no test leaves this machine."""
    asked: list[str] = []

    def answer(route) -> None:
        asked.append(route.request.headers.get("referer", ""))
        route.fulfill(body="<title>Weather</title>", content_type="text/html")

    page.route(f"{NEUTRAL}**", answer)
    return asked


@pytest.mark.parametrize("how", ["enter", "shift", "click"])
def test_leave_fast_replaces_the_page_and_tells_nothing(phone, outside, how):
    keys = Keys(phone)
    phone.goto("/accounts/login/")
    phone.goto("/help/")
    before = phone.evaluate("history.length")
    leave_by(phone, keys, how)

    phone.wait_for_url(re.compile(re.escape(NEUTRAL)))
    assert phone.title() == "Weather"
    assert outside == [""], "the neutral page is not told where somebody came from"
    assert phone.evaluate("history.length") == before, "the page is replaced, not put behind"
    phone.go_back()
    assert "/help/" not in phone.url


def leave_by(page: Page, keys: Keys, how: str) -> None:
    """Leave by the button or by the sign."""
    if how == "shift":
        keys.to("#id_words")
        keys.press("Shift", "Shift", "Shift")
    elif how == "enter":
        keys.to("[data-leave-fast]")
        keys.press("Enter")
    else:
        page.click("[data-leave-fast]")


def test_capital_letters_do_not_leave(phone, outside):
    keys = Keys(phone)
    phone.goto("/help/")
    keys.to("#id_words")
    for letter in "ABC":
        keys.press(f"Shift+{letter}")

    assert phone.input_value("#id_words") == "ABC"
    assert "/help/" in phone.url
    assert outside == []


@pytest.mark.parametrize("first", ["visitor", "maria", "ana"])
def test_nothing_is_clipped_in_spanish_on_a_narrow_phone(page, sign_in, site, first):
    if first != "visitor":
        sign_in(first)
    page.context.add_cookies([{"name": "django_language", "value": "es", "url": site.url}])
    page.set_viewport_size(NARROW)
    found = {}
    for path in {*site.pages[first], "/no-such-page/"}:
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert page.locator("html").get_attribute("lang") == "es", path
        problems = [*page.evaluate(CLIPPED), *(["scrolls sideways"] if wide else [])]
        if problems:
            found[path] = problems
    assert found == {}
