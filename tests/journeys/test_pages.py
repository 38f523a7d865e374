"""Every page of the main job: no accessibility finding, nothing sideways, light and dark."""

import pytest

from tests.journeys.conftest import axe

PAGES = {
    "nora": ["/today/", "/clients/", "/groups/", "/hours/", "/hours/?view=all", "/outreach/",
             "/tasks/", "/on-call/", "/clients/{maria}/", "/clients/{maria}/plan/",
             "/clients/{maria}/groups/", "/clients/{maria}/details/", "/clients/{maria}/payer/"],
    "osei": ["/clients/{maria}/placement/", "/clients/{maria}/evaluation/"],
    "helen": ["/programme/", "/principles/", "/principles/L2/", "/staff/", "/groups/new/",
              "/settings/", "/settings/choices/grace_minutes/", "/settings/places/", "/settings/days/",
              "/payers/", "/clients/{maria}/apart/?q=ada", "/clients/{maria}/blocks/",
              "/staff/3/leaving/", "/import/clients/"],
    "sam": ["/intake/", "/clients/new/", "/clients/{maria}/papers/", "/clients/{maria}/admit/"],
    "fay": ["/arrivals/", "/outbox/"],
    "ana": ["/support/"],
    "maria": ["/home/", "/my/plan/"],
}
SIZES = [(1280, "light"), (390, "dark"), (320, "light")]


@pytest.mark.parametrize("first", PAGES)
@pytest.mark.parametrize(("width", "theme"), SIZES)
def test_pages_are_accessible_and_fit(sign_in, site, first, width, theme):
    page = sign_in(first)
    page.context.add_cookies([{"name": "theme", "value": theme, "url": site.url}])
    page.set_viewport_size({"width": width, "height": 800})
    findings = {}
    for address in PAGES[first]:
        path = address.format(**site.people)
        page.goto(path)
        found = axe(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append("scrolls sideways")
        if found:
            findings[path] = found
    assert findings == {}


def test_only_a_person_sends_again_what_may_have_arrived(sign_in):
    """A message that may have gone out is sent again after a question, and only with a provider."""
    page = sign_in("fay")
    page.goto("/outbox/")
    page.click("#unknown button")
    page.click("[data-confirm-yes]")
    page.wait_for_selector("[role=alert]")
    assert "no provider for text messages" in page.inner_text("[role=alert]")


def test_a_visitor_finds_help_without_signing_in(page):
    """P02: the public page answers a visitor and has no finding."""
    page.goto("/help/")

    assert axe(page) == []
    assert "988" in page.content()
