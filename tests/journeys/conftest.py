"""A real server on a database of its own, and a browser that signs in as anybody."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, visibly, what needs a browser where there is none."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="chromium is not installed"))


@dataclass(frozen=True)
class Site:
    """Where the clinic answers, its people's ids, and every page by who walks it."""

    url: str
    people: dict[str, int]
    pages: dict[str, list[str]]


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Run the web server as `daybridge run` does, on a freshly settled clinic."""
    database = os.environ.get("DAYBRIDGE_TEST_DATABASE", "daybridge_test") + "_journeys"
    environment = {
        **os.environ,
        "DAYBRIDGE_TEST_DATABASE": database,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    settled = subprocess.run(
        [sys.executable, "-m", "tests.journeys.clinic"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "daybridge.site.wsgi:application",
            "-w",
            "1",
            "-k",
            "gthread",
            "--threads",
            "4",
            "-b",
            f"127.0.0.1:{port}",
            "--log-level",
            "error",
        ],
        cwd=ROOT,
        env=environment,
    )
    url = f"http://localhost:{port}"
    _wait_for(url)
    yield Site(url, **json.loads(settled.stdout))
    server.terminate()
    server.wait(timeout=20)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{url}/accounts/login/", timeout=5).close()
            return
        time.sleep(0.1)
    raise TimeoutError(url)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Use Debian's chromium: no browser is downloaded."""
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(site: Site) -> dict[str, object]:
    """Speak English, in the clinic's zone, at a laptop's size."""
    return {
        "base_url": site.url,
        "locale": "en-US",
        "timezone_id": "America/New_York",
        "viewport": {"width": 1280, "height": 800},
        "reduced_motion": "reduce",
    }


@pytest.fixture
def sign_in(page: Page, site: Site) -> Callable[[str], Page]:
    """Sign in by the demo's own door, by first name."""

    def sign(first: str) -> Page:
        page.context.clear_cookies()
        page.goto("/accounts/login/")
        home = "home" if first in {"maria", "andre", "jonah", "ana", "lena"} else "clinic"
        name = f"client{site.people['lena']}" if first == "lena" else first
        page.evaluate(
            """async (email) => {
                 const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
                 await fetch('/demo-sign-in/', {method: 'POST', headers: {'X-CSRFToken': token},
                   body: new URLSearchParams({email})});
               }""",
            f"{name}@{home}.example",
        )
        page.goto("/")
        return page

    return sign


def axe(page: Page, *rules: str) -> list[str]:
    """Return what axe finds on this page: WCAG 2.2 AA and best practices, or these rules."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        "rules => axe.run(rules.length ? {runOnly: rules} : {}).then(r => r.violations.map(v => "
        "v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', ')))",
        list(rules),
    )
    return list(found)
