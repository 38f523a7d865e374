"""The worker's side of an import: check a file, import it, show how far it is."""

import logging
import uuid
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

from django.db import DatabaseError, connections, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from daybridge.access import clock
from daybridge.access.actors import system
from daybridge.access.policy import Role
from daybridge.exchange import commands
from daybridge.exchange.director import director
from daybridge.exchange.import_clients import Busy, Outcome, import_clients
from daybridge.exchange.queries import Work, work_of

IMPORTER = system(Role.IMPORTER)
SHOWN = 500
_AGAIN = RetryStrategy(max_attempts=200, wait=3, retry_exceptions={Busy})
_log = logging.getLogger(__name__)


class Cancelled(Exception):
    """Somebody has cancelled while the rows were being written."""


class Reporter:
    """Tells the page how far the import is, while the import's own transaction is open.

    The words go out on another thread, that is on another connection: what the import has
    written so far stays invisible until all of it is there.
    """

    def __init__(self, import_id: uuid.UUID) -> None:
        self.import_id = import_id
        self._thread = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> "Reporter":
        return self

    def __call__(self, done: int, total: int) -> None:
        """Show done and total; raise Cancelled when somebody has asked for it."""
        sent = self._thread.submit(
            commands.move, IMPORTER, self.import_id, done, total, at=clock.now()
        )
        if sent.result():
            raise Cancelled

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.submit(connections.close_all).result()
        self._thread.shutdown()


@app.task(name="daybridge.check_clients", retry=_AGAIN)  # type: ignore[untyped-decorator]
def check_clients(import_id: str) -> None:
    """Check a file that was sent; nothing of it is written."""
    key = uuid.UUID(import_id)
    work = work_of(IMPORTER, import_id=key)
    if work.state == "checking":
        _guarded(key, work, dry_run=True)


@app.task(name="daybridge.import_clients", retry=_AGAIN)  # type: ignore[untyped-decorator]
def run_import(import_id: str) -> None:
    """Import a file whose go was given, all rows or none."""
    key = uuid.UUID(import_id)
    work = work_of(IMPORTER, import_id=key)
    if work.state == "importing":
        _guarded(key, work, dry_run=False)


def _guarded(key: uuid.UUID, work: Work, *, dry_run: bool) -> None:
    """Work a file; whatever stops it is written down, with nothing else written."""
    try:
        with Reporter(key) as reporter:
            reporter(0, 0)
            _work(key, work, reporter, dry_run=dry_run)
    except Cancelled:
        commands.end_import(
            IMPORTER, import_id=key, state="cancelled", report={}, at=clock.now()
        )
    except (DatabaseError, PermissionError) as error:
        _log.exception("import %s", key)
        words = str(error) if isinstance(error, PermissionError) else "The database refused it."
        commands.end_import(
            IMPORTER, import_id=key, state="failed", report={"words": words}, at=clock.now()
        )


def _work(key: uuid.UUID, work: Work, reporter: Reporter, *, dry_run: bool) -> None:
    actor = director(user_id=work.user_id)
    if actor is None:
        raise PermissionError("Whoever sent the file is no director any more.")
    with transaction.atomic():
        outcome = import_clients(
            actor, work.content, at=clock.now(), dry_run=dry_run, progress=reporter
        )
        report, at = _report(outcome), clock.now()
        if dry_run or outcome.problems:
            keep = not outcome.problems and outcome.added > 0
            commands.write_check(IMPORTER, import_id=key, report=report, keep=keep, at=at)
        else:
            commands.end_import(IMPORTER, import_id=key, state="done", report=report, at=at)


def _report(outcome: Outcome) -> dict[str, object]:
    shown = outcome.problems[:SHOWN]
    return {
        "header": list(outcome.header), "added": outcome.added, "known": outcome.known,
        "problem_count": len(outcome.problems),
        "problems": [[one.row, one.column, one.words] for one in shown],
    }
