"""The import as in a clinic: a real worker, a database that keeps, progress seen from outside."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = """
import sys, time, uuid, threading
import django; django.setup()
from django.db import transaction
from daybridge.access import clock
from daybridge.care.placement.queries import stays_in_care
from daybridge.exchange import commands, jobs
from daybridge.exchange.director import director
from daybridge.exchange.queries import import_of
from tests.client_files import big

helen = director(email="helen@clinic.example")
before = len(stays_in_care(helen))

def wait(key, done, seen=None):
    end = time.monotonic() + 300
    while time.monotonic() < end:
        row = import_of(helen, import_id=key)
        if seen is not None and row.state == "importing" and row.done:
            seen.append((row.done, row.total))
        if done(row):
            return row
        time.sleep(0.05)
    raise TimeoutError(row)

def send(rows):
    with transaction.atomic():
        key = commands.send_file(helen, name="clients.csv", content=big(rows), at=clock.now())
        jobs.check_clients.defer(import_id=str(key))
    row = wait(key, lambda row: row.state == "checked")
    assert row.may_go, row
    with transaction.atomic():
        commands.let_go(helen, import_id=key, at=clock.now())
        jobs.run_import.defer(import_id=str(key))
    return key

key = send(1500)
wait(key, lambda row: row.done >= 250)
commands.cancel(helen, import_id=key, at=clock.now())
assert wait(key, lambda row: row.ended_at).state == "cancelled"
assert len(stays_in_care(helen)) == before, "a cancelled import left somebody"

seen = []
key = send(1500)
assert len(stays_in_care(helen)) == before
row = wait(key, lambda row: row.ended_at, seen)
assert row.state == "done" and row.added == 1500, row
assert len(set(seen)) > 2, seen
assert len(stays_in_care(helen)) == before + 1500
print("kept", len(set(seen)))
"""


@pytest.fixture
def environment():
    """A settled clinic of its own, and a worker, as `daybridge run` starts it."""
    name = os.environ.get("DAYBRIDGE_TEST_DATABASE", "daybridge_test") + "_import"
    found = {
        **os.environ, "DAYBRIDGE_TEST_DATABASE": name, "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    subprocess.run([sys.executable, "-m", "tests.journeys.clinic"], cwd=ROOT, env=found, check=True,
                   capture_output=True)
    (ROOT / "build" / "test-home" / f"{name}.clock").unlink()  # time must pass
    worker = subprocess.Popen(
        [sys.executable, "-m", "daybridge", "manage", "procrastinate", "worker", "--concurrency", "2"],
        cwd=ROOT, env=found,
    )
    yield found
    worker.terminate()
    worker.wait(timeout=30)


def test_the_worker_shows_progress_stops_when_told_and_keeps_all(environment):
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, check=False,
                          capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "kept" in done.stdout
