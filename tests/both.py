"""Run the tests on both cores: two pytest processes, each with a database of its own.

`python -m tests.both [pytest arguments]`. The second half's output waits in a file and is
printed when the first is done; either half's failure fails the run. One core, or
DAYBRIDGE_TEST_HALVES=1: one process, as `pytest` itself.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# the browser waits for pages and pages for PostgreSQL: kept apart, the halves last about as long
SECOND = ("tests/journeys", "tests/words", "tests/bad_input", "tests/pages")
FIRST = ("src", *sorted(
    f"tests/{path.name}" for path in (ROOT / "tests").iterdir()
    if (path / "__init__.py").exists() and f"tests/{path.name}" not in SECOND
))


def start(folders: tuple[str, ...], number: int, output: int | None) -> "subprocess.Popen[bytes]":
    """Start pytest on these folders."""
    name = os.environ.get("DAYBRIDGE_TEST_DATABASE", "daybridge_test")
    database = name if number == 1 else f"{name}_{number}"
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", *sys.argv[1:], *folders], cwd=ROOT, stdout=output,
        stderr=subprocess.STDOUT if output else None,
        env={**os.environ, "DAYBRIDGE_TEST_DATABASE": database},
    )


def main() -> int:
    """Run both halves; return the worst exit code."""
    if (os.cpu_count() or 1) < 2 or os.environ.get("DAYBRIDGE_TEST_HALVES") == "1":
        return start((*FIRST, *SECOND), 1, None).wait()
    log = ROOT / "build" / "second-half.txt"
    log.parent.mkdir(exist_ok=True)
    with log.open("wb") as output:
        second = start(SECOND, 2, output.fileno())
        code = start(FIRST, 1, None).wait()
        sys.stdout.write("· the other half\n")
        sys.stdout.flush()
        other = second.wait()
    sys.stdout.write(log.read_text(errors="replace"))
    return max(code, other)


if __name__ == "__main__":
    sys.exit(main())
