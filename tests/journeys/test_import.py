"""The import in a browser, with a worker: errors with their remedy, then a file that is right."""

import os
import subprocess
import sys

import pytest

from tests.client_files import big
from tests.journeys.conftest import ROOT, axe


@pytest.fixture
def worker(site):
    """Run the worker on the journeys' database."""
    database = os.environ.get("DAYBRIDGE_TEST_DATABASE", "daybridge_test") + "_journeys"
    process = subprocess.Popen(
        [sys.executable, "-m", "daybridge", "manage", "procrastinate", "worker"], cwd=ROOT,
        env={**os.environ, "DAYBRIDGE_TEST_DATABASE": database,
             "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    yield process
    process.terminate()
    process.wait(timeout=20)


def choose(page, content: bytes) -> None:
    page.goto("/clients/")
    page.get_by_role("link", name="Import a file").click()
    page.get_by_label("The file, CSV").set_input_files(
        {"name": "clients.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Next: check the file").click()


def test_errors_then_a_file_that_is_right(sign_in, worker):
    page = sign_in("helen")
    choose(page, big(3).replace(b"nora@clinic.example", b"ghost@clinic.example"))
    page.get_by_role("heading", name="This file can't be imported yet").wait_for(timeout=30_000)
    assert "Nobody of the staff signs in as ghost@clinic.example" in page.content()
    assert axe(page) == []

    choose(page, big(3))
    page.get_by_role("heading", name="This file is right").wait_for(timeout=30_000)
    page.get_by_role("button", name="Go: import 3 people").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("heading", name="Cancelled").wait_for()
