"""One note by keyboard alone, from the chart to the co-signature."""

from playwright.sync_api import expect

from tests.cast import PASSWORD
from tests.journeys.conftest import axe
from tests.journeys.keyboard import Keys


def test_a_note_is_written_signed_and_cosigned_by_keyboard(page, sign_in, site):
    """N, type, Alt 1, type, password, Ctrl Enter; then j, Enter, password, Ctrl Enter."""
    keys = Keys(page)
    sign_in("nora")
    page.goto("/notes/macros/")
    page.fill("#name", "calm")
    page.fill("#words", "Calm, on time, eyes up.")
    page.click("[data-finish]")
    page.goto(f"/clients/{site.people['maria']}/")
    write(page, keys)

    sign_in("vera")
    page.goto("/notes/to-sign/")
    waiting = page.locator("#cosign [data-row]").count()
    cosign(page, keys)
    expect(page.locator("#cosign [data-row]")).to_have_count(waiting - 1)


def write(page, keys) -> None:
    """Write a note from the chart and sign it."""
    with page.expect_navigation():
        keys.press("n")
    assert keys.at("#l-data"), "one writes at once"
    page.keyboard.type("Rang before the weekend. .calm ")
    keys.press("Alt+1")
    keys.to("#l-plan")
    page.keyboard.type("Friday with her sister.")
    assert page.input_value("#l-data") == "Rang before the weekend. Calm, on time, eyes up. "
    keys.to("#pw")
    page.keyboard.type(PASSWORD)
    assert axe(page) == []
    with page.expect_navigation():
        keys.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("Four Fridays without drinking")
    expect(page.locator("main")).to_contain_text("Nora Feld, LCSW")
    expect(page.locator("#add-words")).to_be_visible()


def cosign(page, keys) -> None:
    """Open the first note that stands alone, past the groups, and co-sign it."""
    for _ in range(page.locator("#cosign a[href$='/cosign/']").count() + 1):
        keys.press("j")
    with page.expect_navigation():
        keys.press("Enter")
    keys.to("#co-pw")
    page.keyboard.type(PASSWORD)
    assert axe(page) == []
    with page.expect_navigation():
        keys.press("Control+Enter")


def test_what_is_typed_into_a_note_comes_back(page, sign_in, site):
    """The tab is closed; the words are there the next time, and the saved draft is untouched."""
    sign_in("nora")
    new = f"/clients/{site.people['maria']}/notes/new/"
    page.goto(new)
    page.locator("#l-response").press_sequentially("Laughed about the bus.")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft, saved")
    page.goto("/today/")
    page.goto(new)

    expect(page.locator("#l-response")).to_have_value("Laughed about the bus.")
