"""A counsellor's calendar: the address made in the browser, read over HTTP by another program."""

import urllib.request

import vobject

from tests.journeys.conftest import axe


def test_an_address_is_made_and_read_as_a_calendar_does_it(sign_in):
    """Shown once; without cookies a calendar reads the times; after its end it reads nothing."""
    page = sign_in("nora")
    page.goto("/calendar/")
    page.click("text=Make an address")
    address = page.locator("#feed").input_value()
    assert axe(page) == []
    with urllib.request.urlopen(address) as answer:
        assert answer.headers["Content-Type"].startswith("text/calendar")
        events = list(vobject.readOne(answer.read().decode()).vevent_list)
    assert events
    assert {one.summary.value for one in events} == {"Appointment"}
    page.goto("/calendar/")
    assert page.locator("#feed").count() == 0
    page.click("text=End this address")
    page.wait_for_selector("text=You have no address yet")
