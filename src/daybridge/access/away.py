"""When the database can't answer or can't save: say so, and give back what was typed.

Nothing here asks the database. A form comes back in a page that holds its words and its key:
sent again, it is saved once, whether or not the first attempt had reached the disk.
"""

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from daybridge.access import room
from daybridge.access.kept import sent_fields

_ENOSPC, _DEADLOCK = "53100", "40P01"


class NoRoom(OperationalError):
    """The disk is nearly full: nothing is saved, so that reading can go on."""


def is_away(error: BaseException | None) -> bool:
    """Tell whether it is the database that failed, not the program."""
    return isinstance(error, OperationalError | InterfaceError)


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
    if request.method != "POST":
        return render(None, "db_down.html", status=503)
    context = {
        "full": is_full(error), "crossed": _state(error) == _DEADLOCK,
        "address": request.get_full_path(), "fields": sent_fields(request),
        "asks_password": "password" in request.POST, "asks_file": bool(request.FILES),
        "marks": [(name, request.POST[name]) for name in ("csrfmiddlewaretoken", "_key", "_who")
                  if name in request.POST],
    }
    return render(None, "cannot_save.html", context, status=503)


def _state(error: BaseException | None) -> str:
    return str(getattr(error.__cause__, "sqlstate", "") or "") if error is not None else ""
