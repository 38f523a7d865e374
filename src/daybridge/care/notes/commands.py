"""Writing, signing and co-signing notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import Conflict, command, may
from daybridge.access.signatures import Signer, sign
from daybridge.care.curriculum.queries import practices
from daybridge.care.notes import queries, rules
from daybridge.care.notes.models import CounsellingNote, Note, NoteDraft, NoteIndex
from daybridge.care.notes.queries_due import cosignature
from daybridge.care.planning.queries import plan_in_force
from daybridge.clinic.programme.queries import setting, sites
from daybridge.kernel import text

OLDEST = timedelta(days=365)


class NotReady(ValueError):
    """It can't be saved or signed like this; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A progress note as its editor sends it: what it is about, four lines, objectives by line."""

    kind: str
    occurrence_id: int | None
    event_at: datetime
    texts: Mapping[str, str]
    cites: Mapping[str, Sequence[str]]
    practice: str = ""


@command(Can.WRITE_NOTE)
def begin_note(actor: Actor, /, *, client_id: int, typed: Typed, at: datetime) -> int:
    """Begin a note and save its first words; a session that has one of the author's keeps it."""
    about = _about(actor, client_id, typed, at)
    if typed.occurrence_id is not None:
        known = NoteIndex.objects.filter(
            client_id=client_id, occurrence_id=typed.occurrence_id, author_id=actor.user_id,
            withdrawn_at=None,
        ).exclude(kind=rules.Kind.COUNSELLING).first()
        if known is not None:
            raise NotReady("You have begun a note of this session already. Open it under Notes.")
    row = NoteIndex.objects.create(client_id=client_id, author_id=actor.user_id or 0, begun_at=at, **about)
    NoteDraft.objects.create(
        client_id=client_id, author_id=actor.user_id or 0, index=row, saved_at=at,
        **_words(actor, client_id, typed),
    )
    return row.pk


@command(Can.WRITE_NOTE)
def save_note(
    actor: Actor, /, *, client_id: int, note_id: int, typed: Typed, version: int, at: datetime
) -> int:
    """Save the author's draft; somebody with an older version is shown both."""
    draft = _own_draft(actor, client_id, note_id)
    if draft.version != version:
        stored = {key.value: getattr(draft, key) for key in rules.Section}
        labels = {key.value: title for key, title in rules.SECTION_TITLES.items()}
        raise Conflict(stored, version=draft.version, labels=labels)
    NoteIndex.objects.filter(pk=note_id).update(**_about(actor, client_id, typed, at))
    for name, value in _words(actor, client_id, typed).items():
        setattr(draft, name, value)
    draft.version, draft.saved_at = draft.version + 1, at
    draft.save()
    return draft.version


@command(Can.WRITE_NOTE)
def copy_forward(actor: Actor, /, *, client_id: int, note_id: int, line: str, at: datetime) -> None:
    """Take a line of the last signed note into this draft; that it was copied stays visible."""
    draft, last = _own_draft(actor, client_id, note_id), queries.last_note(actor, client_id=client_id)
    key = rules.Section(line)
    if last is None or not last[1].texts[key]:
        raise NotReady("The last note says nothing there.")
    if getattr(draft, key).strip():
        raise NotReady("There are words in that line already: empty it first, or copy by hand.")
    index, words = last
    setattr(draft, key, words.texts[key])
    draft.copied = {**draft.copied, key.value: {
        "note": index.note_id, "event_at": index.event_at.isoformat(), "changed": False}}
    draft.version, draft.saved_at = draft.version + 1, at
    draft.save()


@command(Can.WRITE_NOTE)
def discard_draft(actor: Actor, /, *, client_id: int, note_id: int, at: datetime) -> None:
    """Let a note go that was begun and not signed."""
    _own_draft(actor, client_id, note_id).delete()
    NoteIndex.objects.filter(pk=note_id, client_id=client_id, signed_at=None).delete()


@command(Can.SIGN_NOTE)
def sign_note(
    actor: Actor, /, *, client_id: int, note_id: int, signer: Signer, version: int, at: datetime
) -> None:
    """Sign the author's own draft (the page has asked for the password): its words stand."""
    draft = _own_draft(actor, client_id, note_id)
    if draft.version != version:
        raise NotReady("The note was changed meanwhile. Read it once more, then sign.")
    texts = {key.value: getattr(draft, key) for key in rules.Section}
    missing = rules.lacks(texts)
    if missing:
        raise NotReady(" ".join(missing))
    copied = _copied(actor, client_id, draft)
    index = _sign_index(actor, client_id, note_id, at)
    Note.objects.create(
        client_id=client_id, author_id=actor.user_id or 0, index=index, cites=draft.cites,
        copied=copied, signed_as=signer.line, signed_at=at, **texts,
    )
    draft.delete()
    shown = "\n".join([rules.TITLES[rules.Kind(index.kind)], index.event_at.isoformat(),
                       *(f"{key}: {words}" for key, words in texts.items())])
    sign(actor, client_id=client_id, kind="note", object_id=note_id, shown=shown, signer=signer,
         meaning="progress note", as_client=False, at=at)


@command(Can.WRITE_COUNSELLING_NOTE)
def keep_apart(
    actor: Actor, /, *, client_id: int, words: str, event_at: datetime, signer: Signer, at: datetime
) -> int:
    """Write a counselling note: kept apart, the author's own, final at once."""
    tidied = text.tidy_lines(words)
    if not tidied:
        raise NotReady("Write the note first. Nothing was kept.")
    _check_moment(event_at, at)
    index = NoteIndex.objects.create(
        client_id=client_id, author_id=actor.user_id or 0, kind=rules.Kind.COUNSELLING,
        event_at=event_at, over_at=event_at, begun_at=at, signed_at=at,
    )
    CounsellingNote.objects.create(
        client_id=client_id, author_id=actor.user_id or 0, index=index, words=tidied,
        event_at=event_at, signed_as=signer.line, signed_at=at,
    )
    return index.pk


def _about(actor: Actor, client_id: int, typed: Typed, at: datetime) -> dict[str, Any]:
    """Return what a note is about: a session of this client, or a contact at a moment."""
    practice = typed.practice
    if practice and practice not in {row.slug for row in practices(actor)}:
        raise NotReady("Choose a practice of the library, or none.")
    if typed.occurrence_id is not None:
        known = {
            one.occurrence_id: one
            for one in queries.notable_sessions(actor, client_id=client_id, at=at)
        }
        if typed.occurrence_id not in known:
            raise NotReady("That session is not one of this client's. Choose what the note is about.")
        one = known[typed.occurrence_id]
        return {"kind": one.kind, "occurrence_id": one.occurrence_id, "event_at": one.starts_at,
                "over_at": max(one.starts_at, min(one.ends_at, at)), "practice": practice}
    if typed.kind not in rules.CONTACTS:
        raise NotReady("Choose what the note is about.")
    _check_moment(typed.event_at, at)
    return {"kind": typed.kind, "occurrence_id": None, "event_at": typed.event_at,
            "over_at": typed.event_at, "practice": practice}


def _check_moment(event_at: datetime, at: datetime) -> None:
    if event_at > at:
        raise NotReady("That time is still to come. Write when it happened.")
    if event_at < at - OLDEST:
        raise NotReady("That is more than a year ago. Look at the date.")


def _words(actor: Actor, client_id: int, typed: Typed) -> dict[str, Any]:
    """Return the four lines, and the objectives of the plan in force that they cite."""
    plan = plan_in_force(actor, client_id=client_id) if may(
        actor, Can.SEE_PLAN, client_id=client_id) else None
    known = {
        one.key: (one.words, problem.words)
        for problem in (plan.problems if plan else ()) for one in problem.objectives
    }
    cites = [
        {"line": line.value, "objective": key, "words": known[key][0], "problem": known[key][1]}
        for line in rules.Section for key in dict.fromkeys(typed.cites.get(line, ())) if key in known
    ]
    lines = {key.value: text.tidy_lines(typed.texts.get(key, "")) for key in rules.Section}
    return {**lines, "cites": cites}


def _own_draft(actor: Actor, client_id: int, note_id: int) -> NoteDraft:
    drafts = NoteDraft.objects.select_for_update().filter(author_id=actor.user_id)
    return drafts.get(client_id=client_id, index_id=note_id)


def _sign_index(actor: Actor, client_id: int, note_id: int, at: datetime) -> NoteIndex:
    """Lock the note's place, with who co-signs it until when."""
    index = NoteIndex.objects.select_for_update().get(
        pk=note_id, client_id=client_id, author_id=actor.user_id, signed_at=None)
    here = sites(actor)
    day = here[0].day(at) if here else at.date()
    index.signed_at = at
    index.cosign_why, index.cosigner_id = cosignature(actor, note_id=note_id, on=day)
    if index.cosign_why:
        index.cosign_due_at = at + timedelta(hours=setting(actor, key="cosign_hours", on=day))
    index.save()
    return index


def _copied(actor: Actor, client_id: int, draft: NoteDraft) -> dict[str, Any]:
    """Return which lines were copied: by the button, or word for word like the last note."""
    found = {
        key: {**one, "changed": getattr(draft, key) != _former(actor, client_id, one["note"], key)}
        for key, one in draft.copied.items() if getattr(draft, key).strip()
    }
    last = queries.last_note(actor, client_id=client_id)
    for key in rules.Section if last else ():
        if key not in found and last and rules.is_copy(getattr(draft, key), last[1].texts[key]):
            found[key.value] = {"note": last[0].note_id, "changed": False,
                                "event_at": last[0].event_at.isoformat()}
    return found


def _former(actor: Actor, client_id: int, note_id: int, key: str) -> str:
    found = queries.words_of(actor, client_id=client_id, note_ids=[note_id]).get(note_id)
    return found.texts[key] if found else ""
