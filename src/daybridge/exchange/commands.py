"""Sending a file, letting it go, cancelling it; what the worker writes down meanwhile."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction

from daybridge.access import identity
from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command, require
from daybridge.exchange.models import ClientImport
from daybridge.exchange.queries import SILENT, WORKING
from daybridge.kernel import text

KEPT = timedelta(hours=24)


class NotNow(ValueError):
    """The import is not at this step; the message says what it waits for."""


@command(Can.IMPORT_CLIENTS)
def send_file(actor: Actor, /, *, name: str, content: bytes, at: datetime) -> uuid.UUID:
    """Keep a file, encrypted, until its import ends; the worker checks it first."""
    return ClientImport.objects.create(
        user_id=actor.user_id or 0, name=text.tidy(name)[:200], asked_at=at, began_at=at, moved_at=at,
        content=Fernet(settings.FIELD_KEY).encrypt(content),
    ).pk


@command(Can.IMPORT_CLIENTS)
def let_go(actor: Actor, /, *, import_id: uuid.UUID, at: datetime) -> None:
    """Say go to a file that is right; or start again what has fallen silent."""
    row = ClientImport.objects.select_for_update().get(pk=import_id)
    silent = row.state in WORKING and at - row.moved_at > SILENT
    right = row.state == "checked" and row.content is not None
    if not (silent or right):
        raise NotNow("This file is not waiting for a go.")
    row.state = "importing" if right else row.state
    row.user_id, row.began_at, row.moved_at, row.done = actor.user_id or 0, at, at, 0
    row.save(update_fields=["state", "user", "began_at", "moved_at", "done"])


@command(Can.IMPORT_CLIENTS)
def cancel(actor: Actor, /, *, import_id: uuid.UUID, at: datetime) -> None:
    """Cancel: at once when nothing runs, else the worker stops after the rows in hand."""
    row = ClientImport.objects.select_for_update().get(pk=import_id)
    if row.state in WORKING and at - row.moved_at <= SILENT:
        ClientImport.objects.filter(pk=row.pk).update(cancel=True)
    elif row.ended_at is None:
        _end(row.pk, "cancelled", row.report, at)


@command(Can.RUN_IMPORT)
def write_check(
    importer: Actor, /, *, import_id: uuid.UUID, report: Mapping[str, object], keep: bool,
    at: datetime,
) -> None:
    """Write down what the check found; a file that can't go is forgotten at once."""
    rows = ClientImport.objects.filter(pk=import_id, state__in=WORKING)
    rows.update(state="checked", report=dict(report), moved_at=at, cancel=False)
    if not keep:
        rows.model.objects.filter(pk=import_id, state="checked").update(content=None, ended_at=at)


@command(Can.RUN_IMPORT)
def end_import(
    importer: Actor, /, *, import_id: uuid.UUID, state: str, report: Mapping[str, object],
    at: datetime,
) -> None:
    """End an import, one way or another; its file goes."""
    _end(import_id, state, dict(report), at)


@command(Can.RUN_IMPORT)
def forget_files(importer: Actor, /, *, at: datetime) -> None:
    """Cancel what nobody has let go for a day, so that no file lies about (hourly)."""
    for row in ClientImport.objects.filter(ended_at=None, moved_at__lt=at - KEPT).defer("content"):
        _end(row.pk, "cancelled", row.report, at)


def move(
    importer: Actor, import_id: uuid.UUID, done: int, total: int, *, at: datetime
) -> bool:
    """Show how far the worker is, on a connection of its own; return whether to stop.

    A heartbeat, not an act: it is not put on record.
    """
    with transaction.atomic(), identity.acting(importer, at=at):
        require(importer, Can.RUN_IMPORT)
        rows = ClientImport.objects.filter(pk=import_id)
        rows.update(done=done, total=total, moved_at=at)
        return bool(rows.values_list("cancel", flat=True).first())


def _end(import_id: uuid.UUID, state: str, report: Mapping[str, object], at: datetime) -> None:
    ClientImport.objects.filter(pk=import_id).update(
        state=state, report={**report, "problems": report.get("problems", [])}, content=None,
        ended_at=at, moved_at=at,
    )
