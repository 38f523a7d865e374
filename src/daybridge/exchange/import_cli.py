"""`daybridge import clients FILE.csv`."""

import argparse
import sys
import time
from datetime import timedelta
from pathlib import Path

from django.db import DatabaseError

from daybridge.access import clock
from daybridge.access.actors import Actor
from daybridge.exchange.director import director
from daybridge.exchange.import_clients import Busy, Outcome, import_clients

WIDTH = 30
INTERRUPTED = 130


def main(argv: list[str]) -> int:
    """Import one file; print every problem, and return 1 when there is any."""
    parser = argparse.ArgumentParser(prog="daybridge import")
    parser.add_argument("what", choices=["clients"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="read and check, write nothing")
    parser.add_argument("--as", dest="email", help="the director who imports (default: the first)")
    options = parser.parse_args(argv)
    try:
        content = options.file.read_bytes()
    except OSError as error:
        sys.stderr.write(f"{options.file}: {error.strerror}.\n")
        return 1
    actor = director(email=options.email)
    if actor is None:
        sys.stderr.write("No director has this address. Make one: daybridge createadmin.\n")
        return 1
    return _run(actor, content, dry_run=options.dry_run)


def _run(actor: Actor, content: bytes, *, dry_run: bool) -> int:
    bar = Bar(time.monotonic())
    try:
        outcome = import_clients(
            actor, content, at=clock.now(), dry_run=dry_run, progress=bar.show
        )
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped: nothing was written.\n")
        return INTERRUPTED
    except Busy as busy:
        sys.stderr.write(f"{busy}\n")
        return 1
    except DatabaseError as error:
        sys.stderr.write(f"\nThe database refused, nothing was written: {error}\n")
        return 1
    _tell(outcome, dry_run=dry_run)
    return 1 if outcome.problems else 0


def _tell(outcome: Outcome, *, dry_run: bool) -> None:
    for problem in outcome.problems:
        where = f"row {problem.row}, {problem.column}" if problem.column else f"row {problem.row}"
        sys.stderr.write(f"{where}: {problem.words}\n")
    verb = "would be added" if dry_run or outcome.problems else "added"
    written = " Nothing was written." if dry_run or outcome.problems else ""
    sys.stdout.write(f"{outcome.added} {verb}, {outcome.known} already there, "
                     f"{len(outcome.problems)} problems.{written}\n")


class Bar:
    """A line that grows: done, total, time left. Elsewhere than in a terminal it is silent."""

    def __init__(self, began: float) -> None:
        self.began = began

    def show(self, done: int, total: int) -> None:
        """Draw the line anew."""
        if not sys.stderr.isatty():
            return
        left = timedelta(seconds=round((time.monotonic() - self.began) / done * (total - done)))
        full = WIDTH * done // total
        sys.stderr.write(
            f"\r[{'#' * full}{'.' * (WIDTH - full)}] {done:,} of {total:,}, {left} left"
            + ("\n" if done == total else "")
        )
        sys.stderr.flush()
