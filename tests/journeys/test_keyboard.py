"""Every main journey by keyboard alone, with the focus always in sight."""

import pytest
from playwright.sync_api import expect

from tests.cast import PASSWORD
from tests.journeys.conftest import axe
from tests.journeys.keyboard import Keys

NEXT_WEEK = "/hours/?week=2026-11-23"


@pytest.fixture
def keys(page) -> Keys:
    """Somebody at the keyboard."""
    return Keys(page)


def test_somebody_signs_in_with_a_password(page, keys):
    page.goto("/accounts/login/")
    keys.write("#id_login", "nora@clinic.example")
    keys.write("#id_password", PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url(lambda url: "login" not in url)


def test_from_the_first_call_to_a_level_change(page, sign_in, keys):
    """The main job: each step as the one who does it."""
    sign_in("sam")
    call(page, keys)
    client = int(page.url.split("/clients/")[1].split("/")[0])

    sign_in("osei")
    evaluate(page, keys, client)
    sign_both_views(page, keys, client)
    admit(page, keys, client)

    sign_in("nora")
    plan(page, keys, client)
    page.goto(f"/clients/{client}/")
    keys.send("Level")
    keys.choose("level", "php")
    keys.write("#why", "The evenings alone are hard just now.")
    with page.expect_navigation():
        keys.press("Control+Enter")
    expect(page.locator("dl.facts")).to_contain_text("PHP")


def call(page, keys) -> None:
    """Open a time, take the call at the desk, book the time in the same form."""
    page.goto("/intake/times/")
    keys.select("#id_evaluator", "Dr Kwame")
    keys.to("#id_starts_at")
    page.keyboard.type("11162026")
    keys.press("ArrowRight")  # the year may have six digits
    page.keyboard.type("0515PM")
    keys.send("Open this time")
    expect(page.locator("#free")).to_contain_text("17:15")
    page.goto("/intake/")
    keys.press("i")
    assert keys.at("#id_name")
    keys.look()
    page.keyboard.type("Kim Quay")
    keys.write("#id_phone", "212 555 0190")
    keys.write("#id_reason", "I fell asleep at the wheel.")
    keys.to("input[name=slot]")
    keys.press("ArrowDown")
    with page.expect_navigation():
        keys.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("the evaluation is booked")


def evaluate(page, keys, client: int) -> None:
    """Answer every section, save each with Ctrl Enter, and sign."""
    at = f"/clients/{client}/evaluation/"
    page.goto(at)
    keys.send("Begin the evaluation")
    save = {
        "safety": lambda: [keys.choose(one, "no") for one in ("self_harm", "in_danger")],
        "substances": lambda: [
            keys.select("#id_substance", "Alc"), *(keys.choose(f"c{n}", "yes") for n in range(11))],
        "medical": lambda: keys.choose("found", "none"),
        "mental": lambda: keys.choose("found", "none"),
        "areas": lambda: [keys.choose(f"rating_{area}", "1") for area in "WBMRCE"],
        "criteria": lambda: [keys.choose(name, "no") for name in names(page)],
    }
    for section, answer in save.items():
        page.goto(f"{at}?section={section}")
        answer()
        with page.expect_navigation():
            keys.press("Control+Enter")
    page.goto(at)
    keys.send("Finish")
    keys.write("input[type=password]", PASSWORD)
    keys.send("Sign the evaluation")
    expect(page.locator("main")).to_contain_text("Signed")


def names(page) -> list[str]:
    """Return the names of the groups of choices, in the page's order."""
    return page.eval_on_selector_all(
        "#section input[type=radio]", "all => [...new Set(all.map(one => one.name))]")


def sign_both_views(page, keys, client: int) -> None:
    """The client's view, the physician's own, the decision."""
    page.goto(f"/clients/{client}/placement/")
    keys.choose("client_level", "iop")
    keys.write("#c-why", "I need to be home at night.")
    keys.to_button("The client signs here")
    keys.press("Enter")
    keys.confirm()
    keys.choose("clinician_level", "iop")
    keys.write("#d-why", "Home is safe.")
    keys.write("#d-pw", PASSWORD)
    keys.send("Sign my view")
    keys.send("Record the decision")


def admit(page, keys, client: int) -> None:
    """Name who is in charge and who mostly sees them."""
    page.goto(f"/clients/{client}/admit/")
    keys.select("#charge", "Dr Kwame")
    keys.select("#prim", "Nora")
    with page.expect_navigation():
        keys.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("Papers")


def plan(page, keys, client: int) -> None:
    """Write the first plan and let both sign."""
    page.goto(f"/clients/{client}/plan/")
    keys.send("Start the first plan")
    words = {"#p0-words": "Driving tired", "#p0-goal": "Drive home awake",
             "#p0-s0-words": "Sleep before work", "#p0-s0-measure": "own calendar",
             "#p0-s0-i0-what": "sleep group", "#p0-s0-i0-who": "Nora Feld"}
    for field, text in words.items():
        keys.write(field, text)
    keys.send("Save the plan")
    keys.write("#pw", PASSWORD)
    keys.send("Sign as clinician")
    keys.to_button("The client signs here")
    keys.press("Enter")
    keys.confirm()
    expect(page.locator("main")).to_contain_text("In force: plan 1")


def test_a_group_is_made_and_a_member_joins(page, sign_in, site, keys):
    sign_in("helen")
    page.goto("/groups/")
    with page.expect_navigation():
        keys.press("n")
    keys.write("#id_title", "Night workers")
    keys.select("#id_practice", "Cog")
    keys.select("#id_weekday", "Sat")
    keys.write("#id_starts", "09:00")
    keys.select("#id_room", "Room 2")
    keys.select("#id_leader", "Iris")
    with page.expect_navigation():
        keys.press("Control+Enter")
    expect(page.locator("#week")).to_contain_text("Night workers")

    page.goto(f"/clients/{site.people['maria']}/groups/")
    saturday = page.locator("#join label", has_text="Sat").first
    keys.to(f"#{saturday.get_attribute('for') or saturday.locator('input').get_attribute('id')}")
    keys.press("Space")
    keys.send("Give the places")
    expect(page.locator("#places")).to_contain_text("Night workers")


def test_a_group_of_twelve_is_closed(page, sign_in, site, keys):
    sign_in("nora")
    page.goto(f"/sessions/{site.people['second']}/")
    with page.expect_navigation():
        keys.press("g")
    keys.press("j", "x")  # the first row: missing; the focus goes on to the second
    keys.look()
    keys.press("l")
    keys.look()
    page.keyboard.type("15")
    keys.press("Shift+Tab", "a")  # everybody else is here
    expect(page.locator("[data-room-state]")).to_have_text("11 here, 1 missing")
    with page.expect_navigation():
        keys.press("Control+Enter")
    expect(page.locator("td[data-label=Saved]", has_text="not yet")).to_have_count(0)


def test_a_makeup_is_booked_from_the_row(page, sign_in, keys):
    sign_in("helen")
    page.goto(NEXT_WEEK)
    keys.press("j")
    while not page.evaluate("!!document.activeElement.querySelector('[data-row-hotkey=b]')"):
        keys.press("j")
    keys.look()
    client = page.evaluate("document.activeElement.querySelector('th a').textContent")
    row = page.locator("tr[data-row]", has_text=client)
    before = row.locator("[data-label=Booked]").inner_text()
    with page.expect_navigation():
        keys.press("b")

    assert page.url.endswith("week=2026-11-23")
    assert row.count() == 0 or row.locator("[data-label=Booked]").inner_text() != before


def test_an_attempt_to_reach_somebody_is_logged(page, sign_in, keys):
    sign_in("nora")
    page.goto("/outreach/")
    keys.press("j")
    keys.look()
    keys.press("l")
    keys.look()
    assert keys.at("select[name=outcome]")
    page.keyboard.type("message")
    keys.press("Tab")
    page.keyboard.type("Left a word with her sister.")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator("main")).to_contain_text("tried")


def test_the_palette_finds_a_client_and_keys_lead_to_pages(page, sign_in, keys):
    sign_in("nora")
    keys.press("Control+k")
    keys.look()
    assert axe(page) == []
    page.keyboard.type("Delg")
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator("h1")).to_contain_text("Maria Delgado")
    for key, address in {"t": "/today/", "c": "/clients/", "h": "/hours/"}.items():
        keys.press("g", key)
        page.wait_for_url(f"**{address}")
    keys.press("?")
    keys.look()
    assert axe(page) == []
    keys.press("Escape")
    keys.press("Control+.")
    expect(page.locator("[data-initials-toggle]").first).to_have_attribute("aria-pressed", "true")


def test_a_client_signs_a_paper_at_home(page, sign_in, keys):
    sign_in("maria")
    page.set_viewport_size({"width": 390, "height": 700})
    papers = page.locator("a[href$='/papers/']").first.get_attribute("href")
    keys.to(f"a[href='{papers}']")
    with page.expect_navigation():
        keys.press("Enter")
    signed = page.locator("main .st-ok").count()
    keys.send("Lo leí y firmo")
    assert page.locator("main .st-ok").count() == signed + 1


def test_a_visitor_asks_for_a_call(page, keys):
    page.goto("/help/")
    keys.write("#id_contact", "212 555 0133")
    keys.to("input[name=safe]")
    keys.press("Space")
    keys.send("Ask for a call")
    expect(page.locator("h1")).to_contain_text("Thank you")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("first", "path"), [
    ("nora", "/clients/{maria}/"), ("nora", "/today/"), ("helen", "/programme/"),
    ("osei", "/clients/{maria}/placement/"), ("maria", "/home/"), ("fay", "/arrivals/"),
])
def test_no_stop_is_hidden_under_a_bar(page, sign_in, site, keys, first, path, width):
    """Tab through a whole page with a banner and bars, and back."""
    sign_in(first)
    page.set_viewport_size({"width": width, "height": 600})
    page.goto(path.format(**site.people))
    for key in ("Tab", "Shift+Tab"):
        for _ in range(60):
            keys.press(key)
            if keys.at("body"):
                break
            keys.look()
