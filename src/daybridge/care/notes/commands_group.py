"""The note of a group: one shared part, a line for each client, all signed in one act.

Each client gets a note of their own, with the shared part and their line: what a chart, a copy
of the record or a letter holds can't contain anybody else's line, because it isn't there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from daybridge.access import memory
from daybridge.access.actors import Actor
from daybridge.access.capabilities import Can
from daybridge.access.gate import command, may_for
from daybridge.access.signatures import Signer, sign
from daybridge.care.curriculum.queries import practices
from daybridge.care.hours.queries import PresenceRow, presence_at
from daybridge.care.notes import rules
from daybridge.care.notes.commands import NotReady
from daybridge.care.notes.models import Note, NoteIndex
from daybridge.care.notes.queries_due import cosignature
from daybridge.care.planning.queries_many import objectives_of_many
from daybridge.care.schedule.queries_free import HeldRow, held_session
from daybridge.clinic.people.queries import names
from daybridge.clinic.programme.queries import setting, sites
from daybridge.kernel import text


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One client's line: how they took part, their response, the objective it belongs to."""

    client_id: int
    participation: str = ""
    response: str = ""
    objective: str = ""

    @property
    def words(self) -> str:
        """Return the line in words."""
        took_part = dict(rules.PARTICIPATION).get(self.participation, "")
        return " ".join(part for part in (took_part.capitalize() + "." if took_part else "",
                                          text.tidy_lines(self.response)) if part)


@dataclass(frozen=True, slots=True)
class Shared:
    """What is the same for all who were there."""

    done: str
    practice: str = ""
    names_are_others: bool = False  # the author has looked: the flagged words name no member


@command(Can.SIGN_NOTE)
def sign_group(
    actor: Actor, /, *, occurrence_id: int, client_ids: Sequence[int], shared: Shared,
    lines: Mapping[int, OwnLine], signer: Signer, at: datetime,
) -> int:
    """Sign the group's notes (the page has asked for the password); return how many.

    A client whose note of this session is signed already, by whomever, is left as it is: twice is once.
    """
    one = held_session(actor, occurrence_id=occurrence_id)
    present = presence_at(actor, occurrence_id=occurrence_id)
    _check(actor, one, present, client_ids, shared, lines, at)
    known = set(NoteIndex.objects.filter(
        occurrence_id=occurrence_id, kind=rules.Kind.GROUP, withdrawn_at=None, client__in=client_ids,
    ).values_list("client_id", flat=True))
    wanted = [pk for pk in client_ids if pk not in known]
    try:
        with transaction.atomic():
            indexes = _indexes(actor, one, wanted, shared.practice, at)
    except IntegrityError:
        raise NotReady("Somebody else has just signed notes of this group. Nothing of yours was lost: "
                       "look at the page again.") from None
    cites = _cites(actor, [lines[pk] for pk in wanted if pk in lines])
    rows = [_note(actor, index, present[index.client_id], shared, lines.get(index.client_id), cites,
                  signer, at) for index in indexes]
    Note.objects.bulk_create(rows)
    for row in rows:
        shown = "\n".join([rules.TITLES[rules.Kind.GROUP], one.starts_at.isoformat(), row.data, row.response])
        sign(actor, client_id=row.client_id, kind="note", object_id=row.index_id, shown=shown,
             signer=signer, meaning="group note", as_client=False, at=at)
    return len(indexes)


def _check(
    actor: Actor, one: HeldRow, present: Mapping[int, PresenceRow], client_ids: Sequence[int], shared: Shared,
    lines: Mapping[int, OwnLine], at: datetime,
) -> None:
    if one.service not in rules.GROUP_SERVICES:
        raise NotReady("This session is no group. Write its note in the client's chart.")
    if not client_ids or any(pk not in present for pk in client_ids):
        raise NotReady("Save who was here first. Then sign.")
    if not text.tidy_lines(shared.done):
        raise NotReady("Write what the group did. Then sign.")
    if shared.practice and shared.practice not in {row.slug for row in practices(actor)}:
        raise NotReady("Choose a practice of the library, or none.")
    known = names(actor, of=set(client_ids))
    here = [pk for pk in client_ids if present[pk].present_from is not None]
    silent = [known.get(pk, "One client") for pk in here if pk not in lines or not lines[pk].words]
    if silent:
        raise NotReady(f"No line yet for {', '.join(silent)}: how did they take part?")
    flagged = [] if shared.names_are_others else _flagged_names(shared, lines, known)
    if flagged:
        raise NamesOthers(flagged)


class NamesOthers(NotReady):
    """A line holds another member's name; `flagged` says whose line and which words."""

    def __init__(self, flagged: list[tuple[str, list[str]]]) -> None:
        where = "; ".join(f"{whose}: {', '.join(words)}" for whose, words in flagged)
        super().__init__(
            f"These words name somebody of the group ({where}). Nobody may stand in another's chart: "
            "write \"a peer\", or say below that the words mean somebody else.")
        self.flagged = flagged


def _flagged_names(
    shared: Shared, lines: Mapping[int, OwnLine], known: Mapping[int, str]
) -> list[tuple[str, list[str]]]:
    """Return whose line names whom of the group; the shared part may name nobody of it."""
    found = [("what the group did", rules.names_in(shared.done, known.values()))]
    for pk, line in lines.items():
        others = [name for other, name in known.items() if other != pk]
        own = rules.name_parts(known.get(pk, ""))
        words = [word for word in rules.names_in(line.words, others) if rules.plain(word) not in own]
        found.append((known.get(pk, ""), words))
    return [(whose, words) for whose, words in found if words]


def _indexes(
    actor: Actor, one: HeldRow, wanted: Sequence[int], practice: str, at: datetime
) -> list[NoteIndex]:
    """Write down that the notes are there, with who co-signs each until when."""
    rows = NoteIndex.objects.bulk_create([
        NoteIndex(client_id=pk, author_id=actor.user_id or 0, kind=rules.Kind.GROUP,
                  occurrence_id=one.occurrence_id, event_at=one.starts_at,
                  over_at=max(one.starts_at, min(one.ends_at, at)), begun_at=at, practice=practice)
        for pk in wanted
    ])
    here = sites(actor)
    day = here[0].day(at) if here else at.date()
    hours = setting(actor, key="cosign_hours", on=day)
    with memory.remembering():  # who reads the author's notes is the same for all of them
        for row in rows:
            row.signed_at = at
            row.cosign_why, row.cosigner_id = cosignature(actor, note_id=row.pk, on=day)
            row.cosign_due_at = at + timedelta(hours=hours) if row.cosign_why else None
    NoteIndex.objects.bulk_update(rows, ["signed_at", "cosign_why", "cosigner", "cosign_due_at"])
    return rows


def _cites(actor: Actor, lines: Sequence[OwnLine]) -> dict[int, list[dict[str, str]]]:
    """Return what each line cites, of the plans the actor may read."""
    readable = may_for(actor, Can.SEE_PLAN, [line.client_id for line in lines if line.objective])
    known = objectives_of_many(actor, of=set(readable)) if readable else {}
    return {
        line.client_id: [{"line": rules.Section.RESPONSE.value, "objective": one.key, "words": one.words,
                          "problem": one.problem} for one in known.get(line.client_id, ())
                         if one.key == line.objective]
        for line in lines
    }


def _note(
    actor: Actor, index: NoteIndex, was: PresenceRow, shared: Shared, line: OwnLine | None,
    cites: Mapping[int, list[dict[str, str]]], signer: Signer, at: datetime,
) -> Note:
    """Return one client's note: the shared part and their line; of who was away only that."""
    pk, came = index.client_id, was.present_from is not None
    known = text.tidy_lines(line.response) if line else ""
    return Note(
        client_id=pk, author_id=actor.user_id or 0, index=index, cites=cites.get(pk, []),
        data=text.tidy_lines(shared.done) if came else rules.AWAY,
        response=line.words if came and line else known, signed_as=signer.line, signed_at=at)
