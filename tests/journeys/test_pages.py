"""Every page the policy declares: no accessibility finding, nothing sideways, light and dark.

The clinic walks the URL configuration and says who sees most of each page; a page is loaded
once, and then shown in both themes and at three widths.
"""

import pytest
from playwright.sync_api import Page

from tests.journeys.clinic import MAIN, OTHERS
from tests.journeys.conftest import axe

# What an address shows only when asked so.
MORE = {
    "helen": ["/hours/?view=all", "/hours/?view=long", "/clients/?q=Mem"],
    "nora": ["/clients/{maria}/", "/hours/", "/sessions/{group}/"],
    "fay": ["/arrivals/", "/outbox/"],
    "quinn": ["/principles/"],
}
WIDTHS = (1280, 390, 320)
BY_LAYOUT = ("target-size", "scrollable-region-focusable")  # axe's rules that the width decides
RULES: dict[tuple[str, int], tuple[str, ...]] = {
    ("light", 1280): (), ("dark", 390): (), ("light", 320): BY_LAYOUT,
}


def test_the_walk_meets_the_whole_house(site):
    """The pages below are the declared ones: the main job's are among them, each with a reader."""
    walked = {address for pages in site.pages.values() for address in pages}

    assert len(walked) > 40
    assert {"/today/", "/intake/", "/hours/", "/home/", "/help/", "/accounts/login/"} <= walked


@pytest.mark.parametrize("first", [*MAIN, *OTHERS])
def test_pages_are_accessible_and_fit(page, sign_in, site, first):
    more = [address.format(**site.people) for address in MORE.get(first, [])]
    addresses = [*site.pages[first], *more]
    if addresses and first != "visitor":
        sign_in(first)
    findings = {path: found for path in addresses if (found := look(page, site.url, path))}
    assert findings == {}


def look(page: Page, url: str, path: str) -> list[str]:
    """Return what is wrong with a page, in both themes and at every width."""
    page.set_viewport_size({"width": 1280, "height": 800})
    status = page.goto(path).status
    found = [] if status == 200 else [f"answers {status}"]
    found += wrong_head(page)
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme; }", theme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append(f"scrolls sideways at {width}, {theme}")
            if (theme, width) in RULES:
                found += [f"{one} at {width}, {theme}" for one in axe(page, *RULES[theme, width])]
    return found


def wrong_head(page: Page) -> list[str]:
    """Return what the head has too many or too few of: one h1, one primary action, no name."""
    found = []
    if page.locator("h1:visible").count() != 1:
        found.append(f"{page.locator('h1:visible').count()} h1")
    if page.locator(".db-head .btn-primary:visible, .banner .btn-primary:visible").count() > 1:
        found.append("more than one primary action in the head")
    names = page.eval_on_selector_all("[data-person]", "all => all.map(one => one.dataset.person)")
    if any(word in page.title() for name in names for word in name.split() if len(word) > 2):
        found.append(f"a name in the title: {page.title()}")
    return found


def test_only_a_person_sends_again_what_may_have_arrived(sign_in):
    """A message that may have gone out is sent again after a question, and only with a provider."""
    page = sign_in("fay")
    page.goto("/outbox/")
    page.click("#unknown button")
    page.click("[data-confirm-yes]")
    page.wait_for_selector("[role=alert]")
    assert "no provider for text messages" in page.inner_text("[role=alert]")
