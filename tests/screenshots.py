"""Take the README's pictures from a demo clinic of its own: `make screenshots`."""

import os
import subprocess
import sys
import time
import urllib.request
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.journeys.conftest import ARGUMENTS, CHROMIUM

ROOT = Path(__file__).parents[1]
HOME = ROOT / "build" / "pictures-home"
OUT = ROOT / "docs" / "pictures"
PORT = 8124
URL = f"http://localhost:{PORT}"
# name, who, address, width, height, theme; {client} is somebody of Nora's
PICTURES = (
    ("today", "nora", "/today/", 1280, 800, "light"),
    ("today-dark", "nora", "/today/", 1280, 800, "dark"),
    ("today-phone", "nora", "/today/", 390, 800, "light"),
    ("chart", "nora", "{client}", 1280, 900, "light"),
    ("hours", "helen", "/hours/", 1280, 800, "light"),
    ("placement", "osei", "{client}placement/", 1280, 800, "light"),
    ("principles", "helen", "/principles/", 1280, 800, "light"),
    ("week", "nora", "/week/", 1280, 900, "light"),
    ("coverage", "helen", "/groups/1/lessons/", 1280, 850, "light"),
    ("week-difference", "helen", "{found}", 1280, 1000, "light"),
    ("times-phone", "client1@home.example", "/my/times/", 390, 844, "light"),
)
# people in care and their last two weeks: what the pictures show; the year before is not waited for
FILL = """
import django; django.setup()
from daybridge.ops.database import prepare; prepare()
from daybridge.ops.demo import load
from daybridge.ops.demo_people import Size
load(say=print, size=Size(past=0, days=30))
from tests.screenshots import ask_for_a_better_week; ask_for_a_better_week()
"""


def ask_for_a_better_week() -> None:
    """Let Paul work three days, end a place of some, and search: the picture shows a real difference."""
    from django.db import transaction

    from daybridge.access import clock, identity
    from daybridge.care.placement.queries import stays_in_care
    from daybridge.care.schedule.commands import leave
    from daybridge.care.schedule.queries import memberships_of
    from daybridge.care.weekplan.commands import ask_for_week
    from daybridge.care.weekplan.jobs import search_week
    from daybridge.clinic.calendar.commands import give_staff_week
    from daybridge.clinic.calendar.rules import Window
    from daybridge.ops.demo_house import known_house

    house, at = known_house(), clock.now()
    helen, today = house.staff["helen"], house.day(at)
    days = [Window(weekday, 9 * 60, 21 * 60) for weekday in range(3)]
    with transaction.atomic(), identity.acting(helen, at=at):
        give_staff_week(helen, user_id=house.staff["paul"].user_id or 0, from_day=today, at=at, windows=days)
        for place, one in enumerate(stays_in_care(helen)[::8]):
            mine = memberships_of(helen, client_id=one.client_id, on=today)
            leave(helen, client_id=one.client_id, series_id=mine[place % len(mine)].series_id,
                  until_day=today, at=at)
        monday = today + timedelta(days=7 - today.weekday())
        key = ask_for_week(helen, monday=monday, seconds=20, at=at)
    search_week(str(key))


def main() -> None:
    """Start a demo clinic, wait until its story is up to today, take the pictures."""
    environment = {**os.environ, "DAYBRIDGE_HOME": str(HOME), "DAYBRIDGE_KIND": "demo"}
    command = [sys.executable, "-m", "daybridge"]
    environment["DJANGO_SETTINGS_MODULE"] = "daybridge.site.settings"
    subprocess.run([sys.executable, "-c", FILL], env=environment, check=True)
    server = subprocess.Popen([*command, "run", "--no-demo", "--port", str(PORT)], env=environment)
    try:
        _wait()
        OUT.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            for picture in PICTURES:
                _take(browser, *picture)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait() -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{URL}/accounts/login/", timeout=5).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(URL)


def _take(browser: Browser, name: str, who: str, path: str, width: int, height: int, theme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=URL)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator(f"button[value='{who if '@' in who else who + '@clinic.example'}']").click()
    context.add_cookies([{"name": "theme", "value": theme, "url": URL}])
    if "{client}" in path:
        page.goto("/hours/?view=all")  # only of their own team: the chart is whole
        path = path.format(client=page.locator("main a[href^='/clients/']").first.get_attribute("href"))
    if path == "{found}":
        page.goto("/week-plan/")
        path = page.locator("#latest a").first.get_attribute("href") or "/"
    page.goto(path)
    page.wait_for_timeout(300)
    page.screenshot(path=OUT / f"{name}.png")
    context.close()


if __name__ == "__main__":
    main()
