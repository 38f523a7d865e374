"""Notes: the list, the editor, one note, what is kept apart."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from daybridge.access import clock
from daybridge.access.actors import ActorRequest
from daybridge.access.capabilities import Can
from daybridge.access.gate import may
from daybridge.access.pages import page
from daybridge.access.signatures import Signer, is_really
from daybridge.care.assessment.queries import licence_line, reasons_of
from daybridge.care.curriculum.queries import practice, practices
from daybridge.care.notes import commands, commands_after, queries, queries_due, rules
from daybridge.care.notes.commands import NotReady
from daybridge.care.notes.forms import (
    Sheet,
    empty_sheet,
    expanded,
    moment_from,
    sheet_of,
    sheet_sent,
    typed_from,
)
from daybridge.care.notes.rows import IndexRow, WordsRow
from daybridge.care.planning.queries import plan_in_force
from daybridge.care.schedule.queries import zone
from daybridge.clinic.people.queries import name_of, staff_by_user

WRONG_PASSWORD = "That password does not fit. A signature needs yours."  # noqa: S105 - words
PREVIEWED = 30
READ_AGAIN = "Your macros are written out now. Read the note once more, then sign."


@page(Can.SEE_NOTE_INDEX)
def notes(request: ActorRequest, client_id: int) -> HttpResponse:
    """List the notes about a client, with their words where the viewer may read them."""
    viewer, at = request.actor, clock.now()
    rows = queries.notes_of(viewer, client_id=client_id)
    reads = may(viewer, Can.SEE_NOTES, client_id=client_id)
    words = queries.words_of(
        viewer, client_id=client_id, note_ids=[row.note_id for row in rows[:PREVIEWED]]
    ) if reads else {}
    context = {
        "client": name_of(viewer, client_id=client_id), "at": at, "reads": reads,
        "rows": [(row, words.get(row.note_id)) for row in rows],
        "due": queries_due.notes_due(viewer, at=at, client_id=client_id),
        **_may(request, client_id),
    }
    return render(request, "notes/list.html", context)


@page(Can.WRITE_NOTE)
def new(request: ActorRequest, client_id: int) -> HttpResponse:
    """Write a new note: saved as a draft, or signed at once."""
    return _edit(request, client_id, None, None)


@page(Can.SEE_NOTE_INDEX)
def note(request: ActorRequest, client_id: int, note_id: int) -> HttpResponse:
    """Show one note: the editor while it is the author's own draft, else what is signed."""
    index = queries.note_index(request.actor, client_id=client_id, note_id=note_id)
    words = None
    if index.signed_at is None and may(request.actor, Can.WRITE_NOTE, client_id=client_id):
        words = queries.draft_words(request.actor, client_id=client_id, note_id=note_id)
    if words is not None and words.author_id == request.actor.user_id:
        return _edit(request, client_id, index, words)
    if request.method != "POST":
        return _show(request, index, words)
    try:
        _after_signing(request, index)
    except NotReady as error:
        return _show(request, index, words, str(error), 422)
    if request.POST.get("do") in {"cosign", "back"}:
        return redirect("notes:to_sign")
    return redirect("notes:note", client_id, note_id)


def _edit(
    request: ActorRequest, client_id: int, index: IndexRow | None, words: WordsRow | None
) -> HttpResponse:
    actor, at, here = request.actor, clock.now(), zone(request.actor)
    if request.method != "POST":
        sessions = queries.notable_sessions(actor, client_id=client_id, at=at)
        sheet = sheet_of(index, words, here) if index and words else empty_sheet(
            sessions, request.GET.get("session", ""), at, here)
        return _editor(request, client_id, index, words, sheet)
    sent = sheet_sent(request.POST)
    sheet = expanded(sent, queries.macros(actor))
    try:
        if request.POST.get("do") == "sign":
            _check_before_signing(request, sent, sheet)
        return _save(request, client_id, index, sheet, at)
    except NotReady as error:
        return _editor(request, client_id, index, words, sheet, str(error))


def _check_before_signing(request: ActorRequest, sent: Sheet, sheet: Sheet) -> None:
    """Refuse before anything is saved: the words stay in the editor as they were typed."""
    missing = rules.lacks(sheet.texts)
    if missing:
        raise NotReady(" ".join(missing))
    if sent.texts != sheet.texts:
        raise NotReady(READ_AGAIN)
    check_password(request)


def _save(
    request: ActorRequest, client_id: int, index: IndexRow | None, sheet: Sheet, at: datetime
) -> HttpResponse:
    actor, do = request.actor, request.POST.get("do", "")
    if do == "discard" and index:
        commands.discard_draft(actor, client_id=client_id, note_id=index.note_id, at=at)
        return redirect("notes:notes", client_id)
    typed = typed_from(sheet, zone(actor), at)
    if index is None:
        note_id = commands.begin_note(actor, client_id=client_id, typed=typed, at=at)
        version = 1
    else:
        note_id = index.note_id
        version = commands.save_note(
            actor, client_id=client_id, note_id=note_id, typed=typed, at=at,
            version=_version(request),
        )
    if do == "sign":
        commands.sign_note(actor, client_id=client_id, note_id=note_id, signer=signer(request),
                           version=version, at=at)
    elif do.removeprefix("copy-") in set(rules.Section):
        commands.copy_forward(actor, client_id=client_id, note_id=note_id,
                              line=do.removeprefix("copy-"), at=at)
    return redirect("notes:note", client_id, note_id)


def _version(request: ActorRequest) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) <= 9 else 0  # noqa: PLR2004


def _editor(
    request: ActorRequest, client_id: int, index: IndexRow | None, words: WordsRow | None,
    sheet: Sheet, error: str = "",
) -> HttpResponse:
    viewer, at = request.actor, clock.now()
    if words is not None:
        sheet = replace(sheet, copied={line.key: line.copied for line in words.lines})
    last = queries.last_note(viewer, client_id=client_id)
    plan = plan_in_force(viewer, client_id=client_id) if may(
        viewer, Can.SEE_PLAN, client_id=client_id) else None
    sees_reasons = may(viewer, Can.SEE_ASSESSMENT, client_id=client_id)
    context = {
        "client": name_of(viewer, client_id=client_id), "index": index, "words": words,
        "sheet": sheet, "error": error,
        "sessions": [one for one in queries.notable_sessions(viewer, client_id=client_id, at=at)
                     if not one.noted or (index and one.occurrence_id == index.occurrence_id)],
        "contacts": [(kind.value, rules.TITLES[kind]) for kind in rules.CONTACTS],
        "last": last, "to_copy": [key for key, words in last[1].texts.items() if words] if last else [],
        "objectives": [one for problem in (plan.problems if plan else ()) for one in problem.objectives],
        "reasons": reasons_of(viewer, client_id=client_id)[:2] if sees_reasons else [],
        "practices": [row for row in practices(viewer) if row.is_supported or row.slug == sheet.practice],
        "macros": queries.macros(viewer), "now": at.astimezone(zone(viewer)),
    }
    return render(request, "notes/edit.html", context, status=422 if error else 200)


def _show(
    request: ActorRequest, index: IndexRow, draft: WordsRow | None, error: str = "", status: int = 200
) -> HttpResponse:
    viewer, ids = request.actor, {"client_id": index.client_id}
    if index.is_apart:
        return _show_apart(request, index)
    reads = may(viewer, Can.SEE_NOTES, **ids)
    found = queries.words_of(viewer, **ids, note_ids=[index.note_id]) if reads else {}
    context: dict[str, Any] = {
        "client": name_of(viewer, **ids), "index": index, "error": error, "sent": request.POST,
        "reads": reads, "words": found.get(index.note_id) or draft, "is_draft": draft is not None,
        "withdrawal": queries_due.withdrawal_of(viewer, **ids, note_id=index.note_id),
        "withdraws_as": queries_due.may_withdraw_as(viewer)
        if may(viewer, Can.WITHDRAW_NOTE, **ids) else "",
        "is_mine": index.author_id == viewer.user_id, **_may(request, index.client_id),
        "practice": practice(viewer, slug=index.practice) if reads and index.practice else None,
        "may_add": index.signed_at and not index.withdrawn_at and reads
        and may(viewer, Can.SIGN_NOTE, **ids),
        "may_cosign": index.waits and index.author_id != viewer.user_id and reads
        and index.cosigner_id in {None, viewer.user_id} and may(viewer, Can.COSIGN_NOTE, **ids),
    }
    return render(request, "notes/note.html", context, status=status)


def _show_apart(request: ActorRequest, index: IndexRow) -> HttpResponse:
    """Show that a counselling note is there; its words stand on a page of their own."""
    viewer, ids = request.actor, {"client_id": index.client_id}
    context = {
        "client": name_of(viewer, **ids), "index": index, "is_apart": True,
        "withdrawal": queries_due.withdrawal_of(viewer, **ids, note_id=index.note_id),
        "withdraws_as": queries_due.may_withdraw_as(viewer)
        if may(viewer, Can.WITHDRAW_NOTE, **ids) else "", **_may(request, index.client_id),
        "is_mine": index.author_id == viewer.user_id,
    }
    return render(request, "notes/note.html", context)


def _after_signing(request: ActorRequest, index: IndexRow) -> None:
    actor, sent, at = request.actor, request.POST, clock.now()
    ids = {"client_id": index.client_id, "note_id": index.note_id}
    check_password(request)
    who = signer(request)
    match sent.get("do"):
        case "cosign":
            commands_after.cosign_note(actor, **ids, signer=who, at=at)
        case "back":
            commands_after.send_back(actor, **ids, words=sent.get("words", ""), signer=who, at=at)
        case _:
            commands_after.add_addendum(actor, **ids, words=sent.get("words", ""), signer=who, at=at)


def check_password(request: ActorRequest) -> None:
    """Refuse a signature without the person's own password."""
    if not is_really(request.actor, request.POST.get("password", "")):
        raise NotReady(WRONG_PASSWORD)


def signer(request: ActorRequest) -> Signer:
    """Return how this person signs: with the licence of that day, or in training without one."""
    actor, at = request.actor, clock.now()
    line = licence_line(actor, at.astimezone(zone(actor)).date())
    if line:
        return Signer(*line)
    me = staff_by_user(actor, user_ids={actor.user_id or 0}).get(actor.user_id or 0)
    return Signer(me.name, me.credential) if me else Signer(actor.name)


def _may(request: ActorRequest, client_id: int) -> dict[str, bool]:
    return {
        "may_write": may(request.actor, Can.WRITE_NOTE, client_id=client_id),
        "may_apart": may(request.actor, Can.SEE_COUNSELLING_NOTES, client_id=client_id),
    }


@page(Can.SEE_COUNSELLING_NOTES)
def apart(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show and write what a clinician keeps apart from the record."""
    viewer, at, here = request.actor, clock.now(), zone(request.actor)
    error, sent = "", request.POST
    if request.method == "POST":
        try:
            check_password(request)
            commands.keep_apart(
                viewer, client_id=client_id, words=sent.get("words", ""), at=at,
                event_at=moment_from(sent.get("when", ""), here), signer=signer(request),
            )
        except NotReady as problem:
            error = str(problem)
        else:
            return redirect("notes:apart", client_id)
    context = {
        "client": name_of(viewer, client_id=client_id), "error": error, "at": at,
        "rows": queries.notes_apart(viewer, client_id=client_id),
        "may_write": may(viewer, Can.WRITE_COUNSELLING_NOTE, client_id=client_id),
        "words": sent.get("words", ""),
        "when": sent.get("when", "") or at.astimezone(here).strftime("%Y-%m-%dT%H:%M"),
    }
    return render(request, "notes/apart.html", context, status=422 if error else 200)
