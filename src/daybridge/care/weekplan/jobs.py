"""The worker's side: the engine in a process of its own, its progress shown, its best week kept.

The engine gets ids, times and places in a folder that only this account may read, and that goes
at the end; no name. A person stops it, or the worker dies: the best week so far is kept.
"""

import json
import logging
import re
import signal
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from procrastinate.contrib.django import app

from daybridge.access import clock
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.care.schedule.timetable import explain
from daybridge.care.schedule.timetable.checker import judge
from daybridge.care.schedule.timetable.instance import BadInstance, Instance, read_instance
from daybridge.care.schedule.timetable.plan import read_plan
from daybridge.care.weekplan import commands, rules_found
from daybridge.care.weekplan.commands_heartbeat import report
from daybridge.care.weekplan.queries import asked_of

SEARCHER = system(Role.SESSIONS)
INTERRUPTED = 130
CHUNK = 256
_PROGRESS = re.compile(r"(\d+) %  cost ([ \d]{5}\d)")  # six places, read one by one
_log = logging.getLogger(__name__)


@app.task(name="daybridge.search_week")  # type: ignore[untyped-decorator]
def search_week(search_id: str) -> None:
    """Search a week that somebody asked for."""
    key = uuid.UUID(search_id)
    asked, seconds = asked_of(SEARCHER, search_id=key)
    if asked is None:
        return
    try:
        found, words = _search(key, asked, seconds)
    except (BadInstance, OSError) as error:
        _log.exception("week search %s", key)
        found, words = None, f"The week could not be searched: {type(error).__name__}. Nothing was changed."
    commands.end_search(SEARCHER, search_id=key, found=found, words=words, at=clock.now())


def _search(
    key: uuid.UUID, asked: Mapping[str, Any], seconds: int
) -> tuple[dict[str, Any] | None, str]:
    instance = read_instance(asked["instance"])
    with tempfile.TemporaryDirectory(prefix="week-") as folder:
        week, now, out = (Path(folder) / name for name in ("week.json", "now.json", "found.json"))
        week.write_text(json.dumps(asked["instance"]))
        now.write_text(json.dumps(asked["plan"]))
        code = _run(key, asked, instance, [
            sys.executable, "-m", "daybridge", "timetable", "solve", str(week), "-o", str(out),
            "--previous", str(now), "--seconds", str(seconds)], out)
        found = _found(asked, instance, out)
    if found is None:
        return None, "The search ended without a week that keeps every rule. Nothing was changed."
    return found, "Stopped early: the best week until then." if code == INTERRUPTED else ""


def _run(
    key: uuid.UUID, asked: Mapping[str, Any], instance: Instance, words: list[str], out: Path
) -> int:
    """Run the engine; tell of its progress, keep its better weeks, hand on a wish to stop."""
    engine = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)  # noqa: S603
    kept, line = 0.0, ""
    assert engine.stderr is not None  # noqa: S101 - it was asked for a line above
    with engine:
        while piece := engine.stderr.read(1):
            line = (line + piece)[-CHUNK:]
            progress = _PROGRESS.search(line)
            if progress is None:
                continue
            line, better, changed = "", None, out.stat().st_mtime if out.exists() else 0.0
            if changed > kept:
                kept, better = changed, _found(asked, instance, out)
            if report(SEARCHER, key, percent=int(progress[1]), cost=int(progress[2]),
                               found=better, at=clock.now()):
                engine.send_signal(signal.SIGINT)
    return engine.returncode


def _found(asked: Mapping[str, Any], instance: Instance, out: Path) -> dict[str, Any] | None:
    """Return a week with its reasons, if our own judge finds that it keeps every rule."""
    try:
        data = rules_found.keep_rooms(asked["instance"], asked["plan"], json.loads(out.read_text()))
    except (OSError, ValueError):
        return None
    plan = read_plan(data)
    verdict = judge(instance, plan)
    if verdict.broken:
        _log.error("a found week broke %d rules: not shown", len(verdict.broken))
        return None
    rows = explain.unmet(instance, plan)
    data["asked"] = {"clients": [one["id"] for one in asked["instance"]["clients"]], "places": {
        key: held["members"] for key, held in asked["plan"]["groups"].items()}}
    return {
        "plan": data, "unmet": [{"client": int(one.client[1:]), "why": one.why} for one in rows],
    }
