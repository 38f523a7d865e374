"""A counsellor closes a group of twelve."""

from tests.journeys.conftest import axe


def test_a_group_of_twelve_is_closed_with_at_most_forty_clicks_and_keys(sign_in, site):
    """B2, L4: open, everybody here, three corrected by a key each, saved: well under forty."""
    page = sign_in("nora")
    effort = 0
    page.goto(f"/sessions/{site.people['group']}/")
    page.get_by_role("button", name="Open the session").click()
    effort += 1
    page.locator("[data-seat]").nth(11).wait_for()
    page.keyboard.press("a")  # everybody here
    effort += 1
    page.locator("[data-seat]").nth(2).focus()
    for key in ("x", "l"):  # the third is missing, the fourth came late
        page.keyboard.press(key)
        effort += 1
    page.keyboard.type("20")
    effort += 3  # two digits, and going to the row
    assert axe(page) == []
    page.get_by_role("button", name="Save for 12 clients").click()
    effort += 1
    page.get_by_text("not yet").first.wait_for(state="detached")

    saved = page.locator("td[data-label=Saved]").all_inner_texts()
    assert [line.split("\n")[0] for line in saved].count("3.0 h") == 10
    assert any(line.startswith("2.7 h") for line in saved)
    assert effort <= 40


def test_who_missed_is_on_the_outreach_list(sign_in):
    """P05: runs after the group above; the row has an owner and what may be done."""
    page = sign_in("nora")

    page.goto("/outreach/")

    assert page.get_by_text("Cy Member").count() >= 1
    assert axe(page) == []
