"""A whole clinic for a drill: a home folder, a port and processes of its own, and people who click.

The first drill settles a clinic once; each one gets a copy of it. What runs is what a clinic
runs: `daybridge run`, with PostgreSQL as it is delivered (fsync on).
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from daybridge.ops import postgres

ROOT = Path(__file__).parents[1]
DATABASE = "daybridge_demo"
SECONDS = 60


FIGURES: list[str] = []


def say(words: str) -> None:
    """Keep a drill's figures; they are printed when all drills are over."""
    FIGURES.append(words)


def folder() -> Path:
    """Return a new folder that PostgreSQL's own user may walk into."""
    found = Path(tempfile.mkdtemp(prefix="daybridge-drill-"))
    found.chmod(0o755)
    return found


def wait_for(found: Callable[[], object], seconds: float = SECONDS, *, what: str = "it") -> float:
    """Wait until something is true; return how many seconds it took."""
    began = time.monotonic()
    while not found():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"{what} did not come within {seconds} s")
        time.sleep(0.1)
    return time.monotonic() - began


def children(pid: int) -> dict[int, str]:
    """Return the processes that this one started, with their command lines."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            state, parent = (path / "stat").read_text().rsplit(")", 1)[1].split()[:2]
            if int(parent) == pid and state not in "ZX":
                found[int(path.name)] = (path / "cmdline").read_text().replace("\0", " ")
    return found


class House:
    """One clinic: its home, its program, its database."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen[str] | None = None
        self.log = home / "run.log"
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("DAYBRIDGE_", "DATABASE_URL"))},
            "DAYBRIDGE_HOME": str(home), "DAYBRIDGE_KIND": "demo", "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "daybridge.site.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }

    def program(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run a `daybridge` verb to its end."""
        return subprocess.run(
            [sys.executable, "-m", "daybridge", *words], cwd=ROOT, env={**self.environment, **more},
            capture_output=True, text=True, check=False,
        )

    def python(self, code: str, **more: str) -> str:
        """Run a piece of Python inside this clinic and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"], cwd=ROOT,
            env={**self.environment, **more}, capture_output=True, text=True, check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, **more: str) -> None:
        """Start `daybridge run` and wait for the first page."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "daybridge", "run", "--no-demo", "--port", str(self.port)],
                cwd=ROOT, env={**self.environment, **more}, stdout=log, stderr=log,
            )
        wait_for(lambda: "answers at" in self.log.read_text(), what="the first page")

    def stop(self) -> None:
        """Stop all that runs here."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=40)
            self.process.kill()
            self.process.wait()
        postgres.stop(self.home)

    def worker(self) -> int | None:
        """Return the worker's process id."""
        mine = children(self.process.pid)
        return next((pid for pid, line in mine.items() if "procrastinate" in line), None)

    def web_workers(self) -> list[int]:
        """Return the processes that answer pages (without their parent)."""
        mine = children(self.process.pid)
        return [pid for parent, line in mine.items() if "gunicorn" in line for pid in children(parent)]

    def postmaster(self) -> int | None:
        """Return the process id of PostgreSQL."""
        with suppress(OSError, ValueError):
            return int((postgres.data_dir(self.home) / "postmaster.pid").read_text().split()[0])
        return None

    def sql(self, text: str, *values: object) -> list[tuple]:
        """Ask the database as its superuser, round every rule."""
        secrets = json.loads((self.home / "secrets.json").read_text())
        with psycopg.connect(
            host=str(postgres.socket_dir(self.home)), port=postgres.PORT, dbname=DATABASE,
            user="postgres", password=secrets["superuser_password"], autocommit=True,
        ) as connection:
            cursor = connection.execute(text, values or None)
            return cursor.fetchall() if cursor.description else []

    def broken_pages(self) -> list[str]:
        """Return the pages that broke (500), from the program's own log."""
        return re.findall(r".*Internal Server Error.*", self.log.read_text())


class Answer:
    """What came back: status, text, headers."""

    def __init__(self, status: int, text: str, headers: dict[str, str]) -> None:
        self.status, self.text, self.headers = status, text, headers


class Browser:
    """Somebody who is signed in and sends forms as a browser does, without its scripts."""

    def __init__(self, house: House, first: str) -> None:
        self.house, self.cookies = house, {}
        self.get("/accounts/login/")
        self.post("/demo-sign-in/", {"email": f"{first}@clinic.example"})

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, object], key: str = "") -> Answer:
        """Send a form."""
        sent = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields}
        return self._ask("POST", path, urlencode({**sent, "_key": key} if key else sent, doseq=True))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.house.port, timeout=SECONDS)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Host": "localhost"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        finally:
            connection.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self.cookies.update([value.split(";")[0].split("=", 1)])
        return Answer(response.status, text, {k.lower(): v for k, v in response.getheaders()})


def new_key() -> str:
    """Return a form's key, as a page draws it."""
    return str(uuid.uuid4())


def settled() -> tuple[Path, dict]:
    """Settle the clinic that every drill copies; return its home and who is who."""
    home = folder()
    house = House(home)
    postgres.ensure(home, fsync=False)
    done = subprocess.run(
        [sys.executable, "-m", "drills.settle"], cwd=ROOT, env=house.environment, capture_output=True,
        text=True, check=False,
    )
    postgres.stop(home)
    assert done.returncode == 0, done.stdout + done.stderr
    return home, json.loads(done.stdout.splitlines()[-1])


@contextmanager
def copied(template: Path, into: Path | None = None):
    """Yield a copy of the settled clinic; whatever runs in it is stopped in the end."""
    home = into or folder()
    data = postgres.data_dir(home)
    shutil.copytree(template, home, dirs_exist_ok=True, symlinks=True, ignore=shutil.ignore_patterns("pg"))
    subprocess.run(["cp", "-aT", str(postgres.data_dir(template)), str(data)], check=True)
    house = House(home)
    try:
        yield house
    finally:
        house.stop()
        shutil.rmtree(home, ignore_errors=True)
