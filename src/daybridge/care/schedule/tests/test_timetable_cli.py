"""`daybridge timetable`: a plan is always whole, and a wrong file is told what is wrong with it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.data.timetable.check_schedule import check

from daybridge.care.schedule.timetable.cli import main

DATA = Path(__file__).parents[5] / "tests" / "data" / "timetable"
S1 = DATA / "S-1.json"
# a shell's background job hands on SIGINT as ignored: a person's Ctrl-C is what is tested
RUN = """import signal, sys
from daybridge.care.schedule.timetable.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main(sys.argv[1:]))"""


def _judged(plan: Path) -> list[object]:
    return check(json.loads(S1.read_text()), json.loads(plan.read_text()))[0]


def test_no_seconds_give_a_first_week_that_keeps_the_rules(tmp_path, capsys):
    plan = tmp_path / "plan.json"
    assert main(["solve", str(S1), "-o", str(plan), "--seconds", "0"]) == 0
    assert not _judged(plan)
    assert "0 hard rules broken" in capsys.readouterr().out
    repaired = tmp_path / "repaired.json"
    assert main(["sick", "s0k0", str(S1), "--previous", str(plan), "-o", str(repaired)]) == 0
    assert "sessions of" in capsys.readouterr().out
    assert main(["place", "s0c24", str(S1), "--previous", str(plan), "-o", str(repaired)]) == 0
    assert main(["check", str(S1), str(repaired), str(plan)]) == 0


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_a_search_that_is_stopped_keeps_the_last_good_week(tmp_path, how, code):
    plan = tmp_path / "plan.json"
    work = subprocess.Popen(
        [sys.executable, "-c", RUN, "solve", str(S1), "-o", str(plan), "--seconds", "60"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )
    while not plan.exists():
        assert work.poll() is None
        time.sleep(0.05)
    os.kill(work.pid, how)
    assert work.wait(20) == code
    assert not _judged(plan)


@pytest.mark.parametrize(("words", "said"), [
    (["solve", "nowhere.json", "-o", "plan.json"], "No such file"),
    (["solve", str(DATA / "check_schedule.py"), "-o", "plan.json"], "is not JSON"),
    (["solve", str(S1), "-o", "/nowhere/plan.json", "--seconds", "0"], "can't be written"),
    (["solve", str(S1), "-o", "plan.json", "--seconds", "-1"], "--seconds is 0"),
    (["sick", "nobody", str(S1), "--previous", str(S1), "-o", "plan.json"], "can't be used"),
])
def test_what_cannot_be_done_is_said(words, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(words) == 1
    assert said in capsys.readouterr().err
