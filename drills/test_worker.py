"""A worker that dies is started again and its work is taken up; one that hangs shows on the pages."""

import os
import signal
import time

import pytest

from drills.house import Browser, copied, say, wait_for

ROWS = 1500
TAKEN_UP_SECONDS = 120  # SECURITY: a stuck job is retried in less than two minutes
SEND = f"""
import time
from django.db import transaction
from daybridge.access import clock
from daybridge.exchange import commands, jobs
from daybridge.exchange.director import director
from daybridge.exchange.queries import import_of
from tests.client_files import big
helen = director(email="helen@clinic.example")
def wait(done):
    until = time.monotonic() + 120
    while not done(import_of(helen, import_id=key)):
        assert time.monotonic() < until
        time.sleep(0.1)
with transaction.atomic():
    key = commands.send_file(helen, name="clients.csv", content=big({ROWS}), at=clock.now())
    jobs.check_clients.defer(import_id=str(key))
wait(lambda row: row.state == "checked")
with transaction.atomic():
    commands.let_go(helen, import_id=key, at=clock.now())
    jobs.run_import.defer(import_id=str(key))
wait(lambda row: row.done >= 250)
"""
PEOPLE = "SELECT count(*) FROM people_client"
STATE = "SELECT state FROM exchange_clientimport"
TEN_MINUTES_LATER = """
UPDATE access_round SET ended_at = ended_at - interval '10 min', late_at = late_at - interval '10 min'
WHERE name IN ('escalate', 'send_messages', 'seal')
"""


@pytest.fixture
def living(template):
    """A clinic in which time passes."""
    with copied(template[0]) as house:
        (house.home / "daybridge_demo.clock").unlink()
        house.start()
        yield house


def test_a_dead_worker_loses_nothing_and_a_hanging_one_shows(living):
    [(before,)] = living.sql(PEOPLE)
    living.python(SEND)
    first = living.worker()
    os.kill(first, signal.SIGKILL)
    killed = time.monotonic()
    again = wait_for(lambda: living.worker() not in (None, first), what="another worker")
    assert "The worker has stopped; it starts again" in living.log.read_text()
    assert living.sql(PEOPLE) == [(before,)], "half an import"
    wait_for(lambda: living.sql(STATE) == [("done",)], TAKEN_UP_SECONDS, what="the rest of the import")
    took = time.monotonic() - killed
    say(f"worker: killed in the middle of {ROWS} rows, another one after {again:.1f} s, "
        f"all rows there, once, after {took:.0f} s")
    assert living.sql(PEOPLE) == [(before + ROWS,)]
    hangs(living)
    assert living.broken_pages() == []


def hangs(house) -> None:
    """Stop the worker in its tracks, let ten minutes pass, let it go on."""
    helen, worker = Browser(house, "helen"), house.worker()
    wait_for(lambda: "escalate" in dict(house.sql("SELECT name, ended_at FROM access_round")), 90,
             what="the first round")
    fine = helen.get("/programme/").text
    os.kill(worker, signal.SIGSTOP)
    house.sql(TEN_MINUTES_LATER)
    late = helen.get("/programme/").text
    os.kill(worker, signal.SIGCONT)
    better = wait_for(lambda: "stand still" not in helen.get("/programme/").text, 130, what="a fresh page")
    say(f"worker: stopped, the programme says so; {better:.0f} s after it went on all is known again")
    assert "stand still" not in fine
    assert "No message has failed" in fine
    assert "The background jobs stand still" in late
    assert "Not known since" in late
    assert "No message has failed" not in late
