"""The main job in one go, as the people who do it: from the first call to a booked week."""

from playwright.sync_api import Page

from tests.cast import PASSWORD
from tests.journeys.conftest import axe


def choose(page: Page, name: str, value: str) -> None:
    """Choose a radio by name and value, as a click on its label does."""
    radio = page.locator(f"input[name='{name}'][value='{value}']").first
    page.locator(f"label[for='{radio.get_attribute('id')}']").click()


def save(page: Page) -> None:
    """Save a section and go on."""
    page.get_by_role("button", name="Save, and go on").click()


def call(page: Page) -> int:
    """Take a call for help; return the client's id."""
    page.goto("/intake/new/")
    page.get_by_label("What may we call them?").fill("Rosa Quiroga")
    page.get_by_label("Phone that is safe to call").fill("212 555 0177")
    page.get_by_label("In their own words: what brings them?").fill("My boys found me on the floor.")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/inquiry/**")
    return int(page.url.split("/clients/")[1].split("/")[0])


def evaluate(page: Page, client: int) -> None:
    """Fill every section of the evaluation and sign it."""
    at = f"/clients/{client}/evaluation/"
    page.goto(at)
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{at}safety/")
    choose(page, "self_harm", "no")
    choose(page, "in_danger", "no")
    save(page)
    page.goto(f"{at}substances/")
    page.get_by_label("Substance", exact=True).select_option("alcohol")
    for number in range(11):
        choose(page, f"c{number}", "yes" if number < 6 else "no")
    save(page)
    for part in ("medical", "mental"):
        page.goto(f"{at}{part}/")
        choose(page, "found", "none")
        save(page)
    page.goto(f"{at}areas/")
    for area, rating in {"W": 0, "B": 0, "M": 1, "R": 1, "C": 2, "E": 2}.items():
        choose(page, f"rating_{area}", str(rating))
    save(page)
    page.goto(f"{at}criteria/")
    for name in page.eval_on_selector_all("input[type=radio]", "all => [...new Set(all.map(i => i.name))]"):
        choose(page, name, "yes" if name == "weak_support" else "no")
    save(page)
    page.goto(at)
    finish = page.get_by_role("button", name="Finish")
    if finish.count():
        finish.first.click()
    page.goto(at)
    page.locator("input[type=password]").first.fill(PASSWORD)
    page.get_by_role("button", name="Sign").last.click()
    page.goto(at)


def test_from_the_first_call_to_a_booked_week(sign_in, site):
    page = sign_in("sam")
    client = call(page)
    page.goto(f"/clients/{client}/")
    assert "Rosa Quiroga" in page.locator("h1").inner_text()

    page = sign_in("paul")  # not on her team
    assert page.goto(f"/clients/{client}/").status == 403

    page = sign_in("sam")
    evaluator(page, client)
    page = sign_in("osei")
    evaluate(page, client)
    assert page.get_by_text("Signed").count() >= 1

    decide(page, client)
    admit(page)

    page = sign_in("nora")
    plan(page, client)
    page.goto(f"/clients/{client}/groups/")
    for label in ("Wed", "Thu", "Fri"):  # three groups in one act
        page.locator("#join label", has_text=label).first.click()
    page.get_by_role("button", name="Give the places").click()
    page.locator("#places form").nth(2).wait_for()
    page.goto("/hours/?view=all")
    row = page.locator("tr", has_text="Rosa Quiroga")
    assert "9.0 h" in row.inner_text()
    assert "On track" in row.inner_text()
    assert page.locator(".st-short, .st-risk").count() >= 1, "the missed group of twelve is flagged"


def decide(page: Page, client: int) -> None:
    """Both sign their view; the decision is recorded."""
    page.goto(f"/clients/{client}/placement/")
    assert "Intensive outpatient" in page.inner_text("main")
    choose(page, "client_level", "iop")
    page.get_by_label("Why, in my own words").fill("I need to be home at night.")
    page.get_by_role("button", name="The client signs here").click()
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_text("I want:").wait_for()
    choose(page, "clinician_level", "iop")
    page.get_by_label("Reasons, in plain words").fill("Home is safe, and she wants it.")
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="Sign my view").click()
    page.get_by_role("button", name="Record the decision").click()
    page.get_by_role("link", name="Go on to admission").click()


def admit(page: Page) -> None:
    """Name who is in charge and who mostly sees her."""
    page.get_by_label("Professional in charge").select_option(label="Dr Kwame Osei, MD")
    page.get_by_label("Primary counsellor").select_option(label="Nora Feld, LCSW, counsellor")
    page.get_by_role("button", name="Admit").click()
    page.wait_for_url("**/papers/")
    assert axe(page) == []


def evaluator(page: Page, client: int) -> None:
    """Offer and book an evaluation time: the evaluator joins the team by it."""
    page.goto("/intake/times/")
    who = page.locator("#id_evaluator option", has_text="Osei").first.get_attribute("value")
    page.locator("#id_evaluator").select_option(who)
    page.locator("#id_starts_at").fill("2026-11-16T15:00")
    page.get_by_role("button", name="Open this time").click()
    page.goto(f"/clients/{client}/inquiry/")
    page.locator("button[name=slot]").first.click()
    page.wait_for_url("**/inquiry/**")


def plan(page: Page, client: int) -> None:
    """Write the first plan, and let both sign."""
    page.goto(f"/clients/{client}/plan/")
    page.get_by_role("button", name="Start the first plan").click()
    page.get_by_label("What is hard").fill("Drinking on Friday nights")
    page.get_by_label("Goal, in the client's own words").fill("Get through Friday nights sober")
    page.get_by_label("Step", exact=True).fill("Four Fridays")
    page.get_by_label("How we see it").fill("own calendar")
    page.get_by_label("What somebody does for it").fill("coping skills group")
    page.get_by_label("Who", exact=True).fill("Nora Feld")
    page.get_by_role("button", name="Save the plan").click()
    page.get_by_label("Your password, to sign").fill(PASSWORD)
    page.get_by_role("button", name="Sign as clinician").click()
    page.get_by_role("button", name="The client signs here").click()
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_text("In force: plan 1").wait_for()
    assert axe(page) == []
