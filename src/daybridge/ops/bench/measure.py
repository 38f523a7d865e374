"""Timing over HTTP: the program's pages and the floor's, turn by turn in one run."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

WARM_UP = 3
LEAST = 4  # a page of seconds is not asked for minutes
SERVE = ("-w", "2", "-k", "gthread", "--threads", "2", "--log-level", "warning")


@dataclass(slots=True)
class Times:
    """Seconds of each answer."""

    seconds: list[float] = field(default_factory=list)

    def at(self, percent: int) -> float:
        """Return a percentile, in milliseconds."""
        return quantiles(self.seconds, n=100, method="inclusive")[percent - 1] * 1000


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: GET, or POST when it has a form."""

    path: str
    form: dict[str, str] | None = None


class Site:
    """A running web server, and a connection that is kept."""

    def __init__(self, application: str, cookie: str) -> None:
        self.port = _free_port()
        self.headers = {"Cookie": cookie, "Host": f"localhost:{self.port}"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", application, "-b", f"127.0.0.1:{self.port}",
             "--keep-alive", "60", *SERVE],
            env={**os.environ, "DAYBRIDGE_POOL": "true"},
        )
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        _wait(self.port)

    def ask(self, one: Ask) -> tuple[float, int, bytes]:
        """Return the seconds of an answer, its status and body."""
        began = time.perf_counter()
        if one.form is None:
            self.connection.request("GET", one.path, headers=self.headers)
        else:
            self.connection.request("POST", one.path, urlencode(one.form), {
                **self.headers, "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://localhost:{self.port}/"})
        answer = self.connection.getresponse()
        body = answer.read()
        return time.perf_counter() - began, answer.status, body

    def stop(self) -> None:
        """End the server."""
        self.connection.close()
        self.process.terminate()
        self.process.wait(timeout=20)


def side_by_side(ours: "Iterator[Ask]", floors: "Iterator[Ask]", sites: tuple[Site, Site],
                 seconds: float) -> tuple[Times, Times]:
    """Ask both sites in turn for so many seconds; a wrong answer stops the bench."""
    times = (Times(), Times())
    end = time.monotonic() + seconds
    turn = 0
    while time.monotonic() < end or turn < WARM_UP + LEAST:
        for site, asks, found in zip(sites, (ours, floors), times, strict=True):
            one = next(asks)
            took, status, body = site.ask(one)
            if status not in (200, 302):
                raise SystemExit(f"{one.path} answered {status}: {body[:300]!r}")
            if turn >= WARM_UP:
                found.seconds.append(took)
        turn += 1
    return times


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: Any = one.getsockname()[1]
        return int(port)


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("The bench's web server does not answer.")
