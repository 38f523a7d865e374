"""Reading notes: that they are there, and their words for those who may."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import may, query
from daybridge.care.notes import rules
from daybridge.care.notes.models import (
    Addendum,
    CounsellingNote,
    Macro,
    Note,
    NoteDraft,
    NoteIndex,
)
from daybridge.care.notes.rows import (
    AddendumRow,
    ApartRow,
    CiteRow,
    CitingRow,
    CopyRow,
    IndexRow,
    LineRow,
    SessionRow,
    WordsRow,
)
from daybridge.care.schedule.queries import seats, sessions_by_id, zone
from daybridge.clinic.people.queries import staff_lines
from daybridge.clinic.programme.queries import setting

MOST = 200
NOTABLE_DAYS = 30
MACROS = 60


@query(Can.SEE_NOTE_INDEX)
def notes_of(viewer: Actor, /, *, client_id: int, most: int = MOST) -> list[IndexRow]:
    """Return the notes about a client, newest first; a withdrawn one is not there."""
    rows = NoteIndex.objects.filter(client_id=client_id, withdrawn_at=None)
    return index_rows(viewer, rows=rows.order_by("-event_at", "-pk")[:most])


@query(Can.SEE_NOTE_INDEX)
def note_index(viewer: Actor, /, *, client_id: int, note_id: int) -> IndexRow:
    """Return one note's place in the chart, also of a withdrawn one for those who see that."""
    return index_rows(viewer, rows=[NoteIndex.objects.get(pk=note_id, client_id=client_id)])[0]


@query(Can.SEE_NOTE_INDEX)
def index_rows(viewer: Actor, /, *, rows: Iterable[NoteIndex]) -> list[IndexRow]:
    """Return rows with their authors and clocks, in two queries."""
    found = list(rows)
    authors = staff_lines(viewer, user_ids={row.author_id for row in found})
    hours: dict[date, int] = {}
    for row in found:
        day = row.over_at.date()
        if day not in hours:
            hours[day] = setting(viewer, key="note_hours", on=day)
    return [_index(row, authors, hours[row.over_at.date()]) for row in found]


def _index(row: NoteIndex, authors: Mapping[int, str], hours: int) -> IndexRow:
    return IndexRow(
        row.pk, row.client_id, row.kind, row.occurrence_id, row.event_at, row.over_at,
        row.begun_at, row.author_id, authors.get(row.author_id, ""), row.practice, row.signed_at,
        row.cosign_why, row.cosigner_id, row.cosign_due_at, row.sent_back_at, row.cosigned_at,
        row.cosigned_as, row.withdrawn_at, rules.due_at(row.over_at, hours),
        rules.is_late_entry(row.over_at, row.begun_at, hours),
    )


@query(Can.SEE_NOTES)
def words_of(viewer: Actor, /, *, client_id: int, note_ids: list[int]) -> dict[int, WordsRow]:
    """Return the signed words of a client's notes, with what was added to each."""
    added: dict[int, list[AddendumRow]] = {}
    for one in Addendum.objects.filter(client_id=client_id, index__in=note_ids).order_by("added_at", "pk"):
        added.setdefault(one.index_id, []).append(
            AddendumRow(one.words, one.signed_as, one.added_at, one.sends_back)
        )
    return {
        row.index_id: WordsRow(row.index_id, row.author_id, _lines(row), row.signed_as,
                               tuple(added.get(row.index_id, ())))
        for row in Note.objects.filter(client_id=client_id, index__in=note_ids)
    }


@query(Can.SEE_NOTES)
def last_note(viewer: Actor, /, *, client_id: int) -> tuple[IndexRow, WordsRow] | None:
    """Return the newest signed progress note about a client, to have at hand."""
    row = (
        NoteIndex.objects.filter(client_id=client_id, signed_at__isnull=False, withdrawn_at=None)
        .exclude(kind=rules.Kind.COUNSELLING).order_by("-event_at", "-pk").first()
    )
    found = words_of(viewer, client_id=client_id, note_ids=[row.pk]) if row else {}
    if row is None or row.pk not in found:
        return None
    return index_rows(viewer, rows=[row])[0], found[row.pk]


@query(Can.WRITE_NOTE)
def draft_words(viewer: Actor, /, *, client_id: int, note_id: int) -> WordsRow | None:
    """Return the words of a note on their way: one's own, or as a supervisor."""
    row = NoteDraft.objects.filter(client_id=client_id, index_id=note_id).first()
    if row is None:
        return None
    return WordsRow(note_id, row.author_id, _lines(row), version=row.version, saved_at=row.saved_at)


@query(Can.SEE_COUNSELLING_NOTES)
def notes_apart(viewer: Actor, /, *, client_id: int) -> list[ApartRow]:
    """Return the counselling notes the viewer may read: a counsellor's own."""
    rows = CounsellingNote.objects.filter(client_id=client_id)
    return [
        ApartRow(row.index_id, row.event_at, row.words, row.signed_as, row.signed_at)
        for row in rows.order_by("-event_at", "-pk")[:MOST]
    ]


@query(Can.SEE_NOTE_INDEX)
def notable_sessions(viewer: Actor, /, *, client_id: int, at: datetime) -> list[SessionRow]:
    """Return the client's sessions of the last days that have a note of their own, newest first."""
    if not may(viewer, Can.SEE_SCHEDULE, client_id=client_id):
        return []
    today = at.astimezone(zone(viewer)).date()
    rows = [
        row for row in seats(viewer, first=today - timedelta(days=NOTABLE_DAYS), last=today, of={client_id})
        if row.service in rules.KIND_OF_SERVICE and row.starts_at <= at
    ]
    ids = {row.occurrence_id for row in rows}
    held = sessions_by_id(viewer, ids=ids) if ids else {}
    noted = set(NoteIndex.objects.filter(
        client_id=client_id, occurrence__in=ids, author_id=viewer.user_id, withdrawn_at=None,
    ).exclude(kind=rules.Kind.COUNSELLING).values_list("occurrence_id", flat=True))
    found = []
    for row in sorted(rows, key=lambda row: row.starts_at, reverse=True):
        kind = rules.KIND_OF_SERVICE[row.service]
        found.append(SessionRow(
            row.occurrence_id, kind, rules.TITLES[kind], row.starts_at, row.ends_at,
            held[row.occurrence_id].leader_id == viewer.user_id, row.occurrence_id in noted,
        ))
    return sorted(found, key=lambda one: (one.noted, not one.mine))


@query(Can.SEE_NOTES)
def notes_by_objective(viewer: Actor, /, *, client_id: int) -> dict[str, tuple[CitingRow, ...]]:
    """Return the signed notes that cite each objective, by its key; under "" those that cite none."""
    indexes = {row.note_id: row for row in notes_of(viewer, client_id=client_id) if not row.is_apart}
    found: dict[str, dict[int, list[str]]] = {}
    rows = Note.objects.filter(client_id=client_id, index__in=indexes).values_list("index_id", "cites")
    for note_id, cites in rows:
        if not cites:
            found.setdefault("", {})[note_id] = []
        for one in cites:
            lines = found.setdefault(one["objective"], {}).setdefault(note_id, [])
            lines.append(rules.SECTION_TITLES[rules.Section(one["line"])])
    return {
        objective: tuple(
            CitingRow(pk, indexes[pk].event_at, indexes[pk].title, indexes[pk].author, tuple(lines))
            for pk, lines in sorted(notes.items(), key=lambda one: (indexes[one[0]].event_at, one[0]),
                                    reverse=True)
        )
        for objective, notes in found.items()
    }


@query(Can.WRITE_NOTE)
def macros(viewer: Actor, /) -> dict[str, str]:
    """Return the viewer's own text macros by name."""
    rows = Macro.objects.filter(user_id=viewer.user_id or 0).order_by("name")
    return dict(rows.values_list("name", "words")[:MACROS])


def _lines(row: Note | NoteDraft) -> tuple[LineRow, ...]:
    cites: list[dict[str, Any]] = row.cites
    return tuple(
        LineRow(
            key, rules.SECTION_TITLES[key], getattr(row, key),
            tuple(CiteRow(one["objective"], one["words"], one["problem"])
                  for one in cites if one["line"] == key),
            _copy(row.copied.get(key)),
        )
        for key in rules.Section
    )


def _copy(stored: Mapping[str, Any] | None) -> CopyRow | None:
    if stored is None:
        return None
    return CopyRow(stored["note"], datetime.fromisoformat(stored["event_at"]), stored["changed"])
