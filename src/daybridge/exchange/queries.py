"""Reading how far an import is; its content is for the importer alone."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.fernet import Fernet
from django.conf import settings

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import query
from daybridge.exchange.models import ClientImport

SILENT = timedelta(seconds=60)
WORKING = ("checking", "importing")
LATEST = 10


@dataclass(frozen=True, slots=True)
class ImportRow:
    """How far an import is, and what its check found."""

    import_id: uuid.UUID
    name: str
    state: str
    state_words: str
    header: tuple[str, ...]
    problems: tuple[tuple[int, str, str], ...]
    problem_count: int
    added: int
    known: int
    words: str
    done: int
    total: int
    cancel: bool
    asked_at: datetime
    began_at: datetime
    moved_at: datetime
    ended_at: datetime | None

    @property
    def is_working(self) -> bool:
        """Tell whether the worker has it, or will."""
        return self.state in WORKING

    @property
    def may_go(self) -> bool:
        """Tell whether the file is right and adds somebody."""
        return self.state == "checked" and not self.problem_count and self.added > 0

    def is_silent(self, at: datetime) -> bool:
        """Tell whether the worker has given no sign of life for a minute."""
        return self.is_working and at - self.moved_at > SILENT

    def seconds_left(self, at: datetime) -> int | None:
        """Return how long it takes still, as fast as it was so far."""
        spent = (at - self.began_at).total_seconds()
        return round(spent / self.done * (self.total - self.done)) if self.done else None


@dataclass(frozen=True, slots=True)
class Work:
    """What the worker needs: for whom, in which state, the file itself."""

    user_id: int
    state: str
    content: bytes


@query(Can.IMPORT_CLIENTS)
def import_of(viewer: Actor, /, *, import_id: uuid.UUID) -> ImportRow:
    """Return one import."""
    return _row(ClientImport.objects.defer("content").get(pk=import_id))


@query(Can.IMPORT_CLIENTS)
def latest_imports(viewer: Actor, /) -> list[ImportRow]:
    """Return the last imports, newest first."""
    return [_row(one) for one in ClientImport.objects.defer("content").order_by("-asked_at")[:LATEST]]


@query(Can.RUN_IMPORT)
def work_of(importer: Actor, /, *, import_id: uuid.UUID) -> Work:
    """Return the file of an import, decrypted; empty when it is gone."""
    row = ClientImport.objects.get(pk=import_id)
    content = Fernet(settings.FIELD_KEY).decrypt(bytes(row.content)) if row.content else b""
    return Work(row.user_id, row.state, content)


def _row(one: ClientImport) -> ImportRow:
    report = one.report
    return ImportRow(
        one.pk, one.name, one.state, one.get_state_display(), tuple(report.get("header", ())),
        tuple((row, column, words) for row, column, words in report.get("problems", ())),
        report.get("problem_count", 0), report.get("added", 0), report.get("known", 0),
        report.get("words", ""), one.done, one.total, one.cancel, one.asked_at, one.began_at,
        one.moved_at, one.ended_at,
    )
