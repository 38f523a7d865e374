"""Import: is this file right? Choose, columns, errors, counts, go; nothing is written before."""

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.pages import page
from daybridge.exchange import commands, jobs
from daybridge.exchange.client_file import COLUMNS, MOST_BYTES, MOST_ROWS, NEEDED
from daybridge.exchange.queries import import_of, latest_imports

WORDS = {
    "preferred_name": "the name the person uses", "legal_name": "if it is another one",
    "birth_date": "like 1992-03-04 or 03/04/1992 (month first)", "phone": "", "email": "",
    "language": "en or es; blank: en", "level": "outpatient, iop, php or residential",
    "admitted_on": "the day this stay began", "evaluated_on": "if it is known",
    "primary_counsellor": "the address they sign in with here",
    "professional_in_charge": "their address; blank: the primary counsellor, if licensed",
    "prescribed_hours": "a week; blank: the hours of the level", "notes": "become a task to read",
}


@page(Can.IMPORT_CLIENTS)
def choose(request: ActorRequest) -> HttpResponse:
    """Choose a file; it is checked by the worker, whatever its size."""
    if request.method == "POST":
        error, content, name = _sent(request)
        if not error:
            at = clock.now()
            key = commands.send_file(request.actor, name=name, content=content, at=at)
            jobs.check_clients.defer(import_id=str(key))
            return redirect("exchange:import", import_id=key)
        return _choose(request, error, 422)
    return _choose(request, "", 200)


def _choose(request: ActorRequest, error: str, status: int) -> HttpResponse:
    context = {
        "error": error, "latest": latest_imports(request.actor), "most_rows": MOST_ROWS,
        "columns": [(name, name in NEEDED, WORDS[name]) for name in COLUMNS],
        "most_megabytes": MOST_BYTES // 1_000_000,
    }
    return render(request, "exchange/choose.html", context, status=status)


def _sent(request: ActorRequest) -> tuple[str, bytes, str]:
    """Return what is wrong with what was sent, the file, its name."""
    file = request.FILES.get("file")
    too_large = f"The file is larger than {MOST_BYTES // 1_000_000} MB: split it."
    if file is None:
        sent = int(request.META.get("CONTENT_LENGTH") or 0)
        return (too_large if sent > MOST_BYTES else "Choose a file first."), b"", ""
    if (file.size or 0) > MOST_BYTES:
        return too_large, b"", ""
    return "", file.read(), file.name or ""


@page(Can.IMPORT_CLIENTS)
def one_import(request: ActorRequest, import_id: uuid.UUID) -> HttpResponse:
    """Show how far one import is."""
    return _show(request, import_id, "", 200)


@page(Can.IMPORT_CLIENTS)
@require_POST
def go(request: ActorRequest, import_id: uuid.UUID) -> HttpResponse:
    """Let a file go that is right, or start again what has fallen silent."""
    try:
        commands.let_go(request.actor, import_id=import_id, at=clock.now())
    except commands.NotNow as error:
        return _show(request, import_id, str(error), 409)
    checks = import_of(request.actor, import_id=import_id).state == "checking"
    (jobs.check_clients if checks else jobs.run_import).defer(import_id=str(import_id))
    return redirect("exchange:import", import_id=import_id)


@page(Can.IMPORT_CLIENTS)
@require_POST
def cancel(request: ActorRequest, import_id: uuid.UUID) -> HttpResponse:
    """Cancel; the file goes, nothing of it is written."""
    commands.cancel(request.actor, import_id=import_id, at=clock.now())
    return redirect("exchange:import", import_id=import_id)


def _show(request: ActorRequest, import_id: uuid.UUID, error: str, status: int) -> HttpResponse:
    at, row = clock.now(), import_of(request.actor, import_id=import_id)
    context = {
        "row": row, "at": at, "error": error, "silent": row.is_silent(at),
        "left": row.seconds_left(at) if row.state == "importing" else None,
        "columns": [(name, name in row.header) for name in COLUMNS] if row.header else [],
    }
    return render(request, "exchange/import.html", context, status=status)
