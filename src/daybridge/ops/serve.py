"""`daybridge run`: database, web, worker and, in a demo, the clinic's story."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime

from daybridge.care.instruments.library import load
from daybridge.ops import postgres
from daybridge.site.config import Config, load_config

FIRST_PAGE_SECONDS = 120
RESTART_PAUSE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 60.0
CLOCK_JUMP_SECONDS = 60.0
WORKER = "worker"


@dataclass(slots=True)
class Child:
    """A process that is kept running; its pause grows when it dies again and again."""

    name: str
    command: list[str]
    pool: bool = False
    process: "subprocess.Popen[bytes] | None" = None
    ends_by_itself: bool = False
    pause: float = RESTART_PAUSE_SECONDS
    next_start: float = field(default=0.0)

    def start(self) -> None:
        """Start it in our own session's group."""
        pool = os.environ.get("DAYBRIDGE_POOL", str(self.pool).lower())
        self.process = subprocess.Popen(self.command, env={**os.environ, "DAYBRIDGE_POOL": pool})

    def tend(self) -> None:
        """Start it again when it has died, and say so: a stopped worker is visible."""
        if self.process is None or self.process.poll() is None:
            return
        if self.ends_by_itself and self.process.returncode == 0:
            return
        now = time.monotonic()
        if not self.next_start:
            self.next_start = now + self.pause
            print(
                f"The {self.name} has stopped; it starts again in {self.pause:.0f} s.",
                flush=True,
            )
        elif now >= self.next_start:
            self.pause, self.next_start = min(self.pause * 2, LONGEST_PAUSE_SECONDS), 0.0
            self.start()

    def end(self) -> None:
        """Ask it to end, then insist."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def main(argv: list[str]) -> int:
    """Start everything, say when the first page answers, tend it until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="daybridge run")
    parser.add_argument("--port", type=int)
    parser.add_argument("--no-demo", action="store_true", help="leave an empty demo database empty")
    options = parser.parse_args(argv)
    config = load_config()
    port, began = options.port or config.port, time.monotonic()
    was_running = not config.database_url and postgres.is_running(config.home)
    for problem in load().problems:
        _say(f"An instrument is left out. {problem}")
    _say("Preparing the database ...")
    _prepare()
    demo = config.kind == "demo" and not options.no_demo
    children = _children(config, port, demo=demo)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        if demo:
            _found_demo()
        for child in children:
            child.start()
        _announce(config, port, began)
        _tend(config, children)
    except KeyboardInterrupt:
        _say("Stopping ...")
    finally:
        for child in children:
            child.end()
        if not was_running and not config.database_url:
            postgres.stop(config.home)
    return 0


def _prepare() -> None:
    import django  # noqa: PLC0415 - settings need the secrets that the database start makes

    django.setup()
    from daybridge.ops.database import prepare  # noqa: PLC0415

    prepare()


def _found_demo() -> None:
    """Found the demo's house before the first page: whoever is offered there can sign in."""
    from django.db import connections  # noqa: PLC0415

    from daybridge.ops.demo import begin  # noqa: PLC0415
    from daybridge.ops.demo_people import Size  # noqa: PLC0415

    story = begin(size=Size(), now=datetime.now(UTC), say=_say)
    if story is not None:
        story.bring_people(most=1)
    connections.close_all()


def _tend(config: Config, children: list[Child]) -> None:
    """Keep all running until Ctrl-C."""
    drift = _drift()
    while True:
        _tend_database(config)
        if abs(_drift() - drift) > CLOCK_JUMP_SECONDS:
            _say(f"The clock has jumped by {(_drift() - drift) / 60:+.0f} minutes.")
            drift = _drift()
            _begin_anew([child for child in children if child.name == WORKER])
        for child in children:
            child.tend()
        time.sleep(0.5)


def _drift() -> float:
    """Return how the time of day stands to the time that has passed: it changes in a jump."""
    return time.time() - time.monotonic()


def _begin_anew(workers: list[Child]) -> None:
    """Start the worker again: it would wait until the time it has already seen comes back."""
    for worker in workers:
        worker.end()
        worker.start()
        _say("The worker has started again, by the new time.")


def _tend_database(config: Config) -> None:
    """Start a database of our own again when it has died; its pages say so meanwhile."""
    if config.database_url or postgres.is_running(config.home):
        return
    _say("The database has stopped; it starts again.")
    try:
        postgres.ensure(config.home)
    except postgres.CannotStart as error:
        _say(f"{error} Is the disk full? `daybridge doctor` says it. The start is tried again.")
    else:
        _say("The database answers again.")


def _children(config: Config, port: int, *, demo: bool) -> list[Child]:
    python = sys.executable
    web = Child(
        "web server",
        [
            python,
            "-m",
            "gunicorn",
            "daybridge.site.wsgi:application",
            "-b",
            f"{_bind(config)}:{port}",
            "-w",
            str(config.workers),
            "-k",
            "gthread",
            "--threads",
            "2",
            "--log-level",
            "warning",
        ],
        pool=True,
    )
    # two jobs at once: a long import must not hold up alerts
    worker = Child(WORKER, [
        python, "-m", "daybridge", "manage", "procrastinate", "worker", "--concurrency", "2",
    ])
    story = Child("demo clinic", [python, "-m", "daybridge", "demo"],
                  ends_by_itself=True)
    return [web, worker, *([story] if demo else [])]


def _bind(config: Config) -> str:
    return "127.0.0.1" if config.host == "localhost" else config.host


def _announce(config: Config, port: int, began: float) -> None:
    url = f"http://{config.host}:{port}/"
    deadline = time.monotonic() + FIRST_PAGE_SECONDS
    while time.monotonic() < deadline:
        with (
            contextlib.suppress(urllib.error.URLError, OSError),
            urllib.request.urlopen(url, timeout=5),
        ):
            _say(
                f"Daybridge answers at {url} (first page after {time.monotonic() - began:.1f} s). "
                "Ctrl-C stops it."
            )
            return
        time.sleep(0.2)
    _say(f"No page after {FIRST_PAGE_SECONDS} s; the lines above say why.")


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _say(words: str) -> None:
    print(words, flush=True)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daybridge.site.settings")
