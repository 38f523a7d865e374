"""The design's rules about the code, enforced."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "daybridge"
LONGEST_FUNCTION = 40
LONGEST_MODULE = 300
DOMAINS = sorted(
    path
    for group in ("clinic", "care")
    for path in (SOURCE / group).iterdir()
    if path.is_dir() and not path.name.startswith("_")
)


def modules() -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def test_modules_are_short():
    long = {
        name(path): lines
        for path in modules()
        if "tests" not in path.parts  # a story may be long
        and (lines := len(path.read_text().splitlines())) > LONGEST_MODULE
    }
    assert long == {}


def test_functions_are_short():
    long = {}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{name(path)}:{node.name}"] = lines
    assert long == {}


# read for others inside a guarded query or command: numbers and times, or rows handed in
HELPERS = {
    "care/assessment/queries.py:state_of", "care/assessment/queries.py:licence_line",
    "care/intake/queries_slots.py:free_slot_ids", "care/intake/queries_slots.py:slot_starts",
    "care/intake/queries_slots.py:slot_is_free", "care/intake/queries_slots.py:staff_line",
    "care/weekplan/commands_heartbeat.py:report",  # asks the gate itself; a sign of life is no act
}


@pytest.mark.parametrize(("file", "guard"), [("commands", "command"), ("queries", "query")])
def test_every_command_and_query_is_behind_the_gate(file, guard):
    open_ones = []
    for domain in DOMAINS:
        for path in domain.glob(f"{file}*.py"):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    guards = {
                        getattr(getattr(item, "func", item), "id", "")
                        for item in node.decorator_list
                    }
                    if guard not in guards:
                        open_ones.append(f"{name(path)}:{node.name}")
    assert set(open_ones) - HELPERS == set()


def test_tables_are_private_to_their_domain():
    """Only a domain's own commands, queries, facts and tests touch its tables."""
    strangers = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").endswith(".models"):
                continue
            owner = (node.module or "").removeprefix("daybridge.").removesuffix(".models")
            if not owner.startswith(("clinic.", "care.")):
                continue
            home = SOURCE.joinpath(*owner.split("."))
            allowed = path.is_relative_to(home) and (
                path.stem.startswith(("commands", "queries", "facts", "models"))
            )
            if not allowed and "tests" not in path.parts:
                strangers.append(f"{name(path)} touches the tables of {owner}")
    assert strangers == []


def test_the_domain_never_reads_the_clock():
    """Views and jobs pass the moment on; commands take `at=`."""
    readers = [
        name(path)
        for path in modules()
        if path.stem in {"commands", "queries", "rules", "models"}
        and ("clock.now()" in path.read_text() or "timezone.now()" in path.read_text())
    ]
    assert readers == []


def test_the_worker_finds_every_job_of_the_timetable():
    """A program of its own, as the worker is: the jobs must be known after its imports."""
    script = (
        "import django; django.setup();"
        "from procrastinate.contrib.django import app; app.perform_import_paths();"
        "print(sorted(app.tasks))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}, cwd=SOURCE.parents[1],
    )
    assert "daybridge.escalate" in done.stdout
    assert "daybridge.send_messages" in done.stdout
    assert "seal_audit" in done.stdout
