"""When the database can't answer or can't save: say so, and give back what was typed.

Nothing here asks the database. A form comes back in a page that holds its words and its key:
sent again, it is saved once, whether or not the first attempt had reached the disk.
"""

import time

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from daybridge.access import room
from daybridge.access.kept import sent_fields

_ENOSPC, _DEADLOCK, _NOT_ALLOWED = "53100", "40P01", "42501"
CLOCKS_APART_SECONDS = 60


class NoRoom(OperationalError):
    """The disk is nearly full: nothing is saved, so that reading can go on."""


def is_away(error: BaseException | None) -> bool:
    """Tell whether it is the database that failed, or the clocks, not the program."""
    return isinstance(error, OperationalError | InterfaceError) or (
        _state(error) == _NOT_ALLOWED and abs(clocks_apart()) > CLOCKS_APART_SECONDS
    )


def clocks_apart() -> float:
    """Return by how many seconds this clock is ahead of the database's.

    Signatures of who acts live for minutes: with clocks apart the database believes nobody.
    """
    other = connection.copy()  # the request's own has failed
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float")
            (seconds,) = cursor.fetchone()
    except (OperationalError, InterfaceError):
        return 0.0
    finally:
        other.close()
    return time.time() - float(seconds)


def is_full(error: BaseException | None) -> bool:
    """Tell whether the disk is full, or nearly."""
    return isinstance(error, NoRoom) or _state(error) == _ENOSPC


def require_room() -> None:
    """Raise NoRoom when the database's disk is nearly full (a database of our own only)."""
    folder = settings.DATABASE_FOLDER
    if folder is not None and room.free_bytes(folder) < room.LEAST_BYTES:
        raise NoRoom("The disk is nearly full.")


def answer(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """Say that the database is away; a form's words stay in the page."""
    clocks = _state(error) == _NOT_ALLOWED
    if request.method != "POST":
        return render(None, "db_down.html", {"clocks": clocks}, status=503)
    context = {
        "clocks": clocks, "full": is_full(error), "crossed": _state(error) == _DEADLOCK,
        "address": request.get_full_path(), "fields": sent_fields(request),
        "asks_password": "password" in request.POST, "asks_file": bool(request.FILES),
        "marks": [(name, request.POST[name]) for name in ("csrfmiddlewaretoken", "_key", "_who")
                  if name in request.POST],
    }
    return render(None, "cannot_save.html", context, status=503)


def _state(error: BaseException | None) -> str:
    return str(getattr(error.__cause__, "sqlstate", "") or "") if error is not None else ""
