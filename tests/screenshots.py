"""Take the README's pictures from a demo clinic of its own: `make screenshots`."""

import os
import subprocess
import sys
import time
import urllib.request
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
)
# people in care and their last two weeks: what the pictures show; the year before is not waited for
FILL = """
import django; django.setup()
from daybridge.ops.database import prepare; prepare()
from daybridge.ops.demo import load
from daybridge.ops.demo_people import Size
load(say=print, size=Size(past=0, days=30))
"""


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
    page.locator(f"button[value='{who}@clinic.example']").click()
    context.add_cookies([{"name": "theme", "value": theme, "url": URL}])
    if "{client}" in path:
        page.goto("/hours/?view=all")  # only of their own team: the chart is whole
        path = path.format(client=page.locator("main a[href^='/clients/']").first.get_attribute("href"))
    page.goto(path)
    page.wait_for_timeout(300)
    page.screenshot(path=OUT / f"{name}.png")
    context.close()


if __name__ == "__main__":
    main()
