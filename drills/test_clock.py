"""The machine's clock jumps an hour back and a day forward: nobody is shut out, no minute is negative."""

import re
import shutil
import subprocess

import pytest

from daybridge.ops import postgres
from drills.house import Browser, copied, folder, new_key, say, wait_for
from drills.test_disk_full import people_called

HOUR, DAY = 3600, 24 * 3600
SOURCE = __file__.replace("test_clock.py", "clock.c")
NEGATIVE = re.compile(r"(?<![\w-])-\d+(?:\.\d+)?\s?(?:min|h|minutes|hours|days)\b")
TAG = re.compile(r"<[^>]*>")
JOB_BY_NEW_TIME = """
SELECT 1 FROM access_round WHERE name = 'escalate' AND ended_at < now() + interval '1 min'
"""
ALERT = """
from daybridge.access import clock
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.clinic.tasks.commands import open_alert
open_alert(system(Role.NIGHTLY), client_id={maria}, title="Before the jump", why="A drill", clock_minutes=5,
           source_kind="drill", source_id="2", at=clock.now())
"""


class Clock:
    """The time of day of a whole machine: of its program and of its database."""

    def __init__(self, library: str, home) -> None:
        self.files = {name: home / f"{name}.offset" for name in ("program", "database")}
        self.library = library
        self.set(0)

    def set(self, seconds: int, *machines: str) -> None:
        """Set the clock so many seconds off."""
        for name in machines or self.files:
            self.files[name].write_text(f"{seconds}\n")

    def environment(self, machine: str) -> dict[str, str]:
        """Return what a process of this machine is started with."""
        return {"LD_PRELOAD": self.library, "DRILL_CLOCK": str(self.files[machine])}


@pytest.fixture(scope="module")
def library():
    """A library that sets the time of day of a process, made here."""
    if shutil.which("cc") is None:
        pytest.skip("The clock's library is made by a C compiler (cc); there is none.")
    place = folder() / "clock.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", str(place), SOURCE], check=True)
    yield str(place)
    shutil.rmtree(place.parent)


@pytest.fixture
def machine(template, library, monkeypatch):
    """A clinic on a machine whose clock can be set."""
    with copied(template[0]) as house:
        (house.home / "daybridge_demo.clock").unlink()
        clock, start = Clock(library, house.home), subprocess.Popen
        with monkeypatch.context() as patch:
            patch.setattr(postgres.subprocess, "Popen", lambda *args, **kw: start(
                *args, **{**kw, "env": {**kw["env"], **clock.environment("database")}}))
            postgres.ensure(house.home)
        house.start(**clock.environment("program"))
        house.sql("UPDATE access_identitykey SET allows_past = false")  # as in a real clinic
        yield house, clock


def test_an_hour_back_and_a_day_forward(machine, people):
    house, clock = machine
    nora, sam, helen = (Browser(house, first) for first in ("nora", "sam", "helen"))
    house.python(ALERT.format(**people), **clock.environment("program"))
    hour, address = people["hours"][0], f"/sessions/{people['hours'][0]}/"
    runs_now(house, hour)
    assert nora.post(address, {"do": "open"}, new_key()).status == 302
    wait_for(lambda: house.sql("SELECT 1 FROM access_round WHERE name = 'escalate'"), 90, what="a round")

    clock.set(-HOUR)
    early = attendance(nora, address, people)
    pages = [nora.get("/today/"), nora.get("/tasks/"), sam.get("/intake/new/"), helen.get("/programme/")]
    saved = sam.post("/intake/new/", {"name": "An Hour Back"}, new_key())
    jobs = wait_for(lambda: house.sql(JOB_BY_NEW_TIME), 150, what="a job by the new time")
    clock.set(0)
    late = attendance(nora, address, people)

    say(f"clock: an hour back, jobs go on {jobs:.0f} s later")
    assert [page.status for page in pages] == [200] * 4
    assert [NEGATIVE.findall(TAG.sub(" ", page.text)) for page in pages] == [[]] * 4
    assert (early.status, saved.status, late.status) == (422, 302, 302)
    assert "has not begun" in early.text
    assert house.sql("SELECT DISTINCT clinical_minutes FROM hours_attendance WHERE occurrence_id = %s",
                     hour) == [(50,)]
    assert people_called(house, "An Hour Back") == 1
    assert "The clock has jumped by -60 minutes" in house.log.read_text()
    a_day_forward(house, clock, sam, pages[2].text)
    assert house.broken_pages() == []


def a_day_forward(house, clock: Clock, sam: Browser, page: str) -> None:
    """The session has ended; the form that was open is kept for its person."""
    mark = re.search(r'name="_who" value="([^"]+)"', page)[1]
    clock.set(DAY)
    ended = sam.post("/intake/new/", {"name": "A Day Later", "_who": mark}, new_key())
    kept = Browser(house, "sam").get("/kept/")

    say(f"clock: a day forward, the session has ended ({ended.status}) and its form is kept")
    assert ended.status == 302
    assert "login" in ended.headers["location"]
    assert "A Day Later" in kept.text


def runs_now(house, occurrence_id: int) -> None:
    """Let a session begin half an hour ago."""
    house.sql("UPDATE schedule_occurrence SET state = 'cancelled' WHERE id <> %s AND starts_at "
              "BETWEEN now() - interval '1 day' AND now() + interval '1 day'", occurrence_id)
    house.sql("UPDATE schedule_occurrence SET starts_at = now() - interval '30 min', "
              "ends_at = now() + interval '30 min' WHERE id = %s", occurrence_id)


def attendance(nora: Browser, address: str, people):
    """Save everybody as ten minutes late."""
    version = re.search(r'name="version" value="(\d+)"', nora.get(address).text)[1]
    lines = {f"state-{pk}": "late" for pk in people["members"]} | {
        f"late-{pk}": 10 for pk in people["members"]}
    return nora.post(address, {"version": version, **lines}, new_key())


def test_two_machines_that_do_not_agree(machine):
    """The program's clock is a day and three hours ahead of the database's: doctor names it."""
    house, clock = machine
    helen = Browser(house, "helen")

    clock.set(27 * HOUR, "program")
    shown = helen.get("/programme/")
    said = house.program("doctor", **clock.environment("program"))
    clock.set(0)

    assert shown.status == 503
    assert "clock and the database" in shown.text
    assert "problem  this machine's clock: it is +1620 minutes from the database's." in said.stdout
    assert wait_for(lambda: Browser(house, "helen").get("/programme/").status == 200) < 20
    assert house.broken_pages() == []
