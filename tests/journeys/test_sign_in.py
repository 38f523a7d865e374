"""Getting in."""

from tests.journeys.conftest import axe


def test_everybody_lands_on_their_own_first_page(sign_in):
    page = sign_in("helen")

    assert page.locator("h1").count() == 1
    assert axe(page) == []


def test_the_sign_in_page_is_accessible(page):
    page.goto("/accounts/login/")

    assert axe(page) == []
