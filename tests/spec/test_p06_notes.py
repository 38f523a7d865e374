"""P06. Notes: each line leads back to an objective, written once, signed, never changed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from daybridge.access import identity
from daybridge.access.gate import Conflict, Refused
from daybridge.care.curriculum.queries import practices
from daybridge.care.notes.commands import (
    NotReady,
    begin_note,
    copy_forward,
    discard_draft,
    save_note,
    sign_note,
)
from daybridge.care.notes.commands_after import add_addendum, cosign_note, send_back
from daybridge.care.notes.models import Note, NoteDraft, NoteIndex
from daybridge.care.notes.queries import (
    draft_words,
    last_note,
    note_index,
    notes_by_objective,
    notes_of,
    words_of,
)
from daybridge.care.notes.queries_due import notes_due, to_cosign
from daybridge.care.planning.commands import start_plan
from daybridge.care.planning.commands_sign import sign_as_client, sign_as_clinician
from daybridge.clinic.programme.commands import change_setting
from daybridge.clinic.tasks.queries import tasks_of
from tests import story
from tests.notes import HELD, NORA, TALK, held, objective_of, signed, taught, typed

SIGNER = NORA


@pytest.fixture
def maria(cast):
    """Maria in care, with a plan in force; no note is drawn for a second reader."""
    story.admitted(cast, cast.maria)
    sample(cast, 0)
    return cast.maria


def sample(cast, share):
    change_setting(cast.helen, key="cosign_sample", value=share, source="test",
                   effective_on=story.WEEK, looked_at_by="", looked_at_on=None, at=story.MON)


def test_a_line_cites_an_objective_in_the_words_it_had(cast, maria):
    """The note and the objective find each other, and the words stay as they were signed."""
    objective = objective_of(cast, maria)
    cites = {"data": [objective, "nothing known"]}
    one = signed(cast, maria, typed(data="Two Fridays went well.", cites=cites))

    (line, *_) = words_of(cast.nora, client_id=maria.client_id, note_ids=[one])[one].lines
    assert [cite.words for cite in line.cites] == ["Four Fridays without drinking"]
    found = notes_by_objective(cast.nora, client_id=maria.client_id)
    assert [(row.note_id, row.lines) for row in found[objective]] == [(one, ("Data",))]


def test_a_note_stays_with_its_objective_in_the_next_plan(cast, maria):
    """The next version of the plan keeps the objective's key, and so its notes."""
    objective = objective_of(cast, maria)
    one = signed(cast, maria, typed(data="x", cites={"data": [objective]}))
    ids = {"client_id": maria.client_id, "at": HELD}
    plan = start_plan(cast.nora, **ids)
    sign_as_clinician(cast.nora, **ids, plan_id=plan)
    sign_as_client(maria.account, **ids, plan_id=plan, name=maria.name)

    again = objective_of(cast, maria)
    found = notes_by_objective(cast.nora, client_id=maria.client_id)
    assert [row.note_id for row in found[again]] == [one]


def test_a_note_that_cites_nothing_is_listed_as_such(cast, maria):
    """The thread shows it, so that somebody asks why."""
    one = signed(cast, maria, typed())

    assert [row.note_id for row in notes_by_objective(cast.nora, client_id=maria.client_id)[""]] == [one]


@pytest.mark.parametrize("sql", [
    "UPDATE notes_note SET data = 'another'",
    "DELETE FROM notes_note",
    "UPDATE notes_noteindex SET event_at = event_at + interval '1 day'",
    "UPDATE notes_noteindex SET author_id = author_id + 1",
    "UPDATE notes_noteindex SET signed_at = NULL",
    "UPDATE notes_noteindex SET withdrawn_at = now()",
    "DELETE FROM notes_noteindex",
    ("INSERT INTO notes_note (client_id, author_id, index_id, data, assessment, response, plan, cites,"
    " copied, signed_as, signed_at) SELECT client_id, author_id, index_id, 'a sibling', '', '', '', '[]',"
    " '{}', signed_as, signed_at FROM notes_note"),
    ("INSERT INTO notes_notedraft (client_id, author_id, index_id, data, assessment, response, plan, cites,"
    " copied, version, saved_at) SELECT client_id, author_id, index_id, 'a draft', '', '', '', '[]', '{}', 1,"
    " signed_at FROM notes_note"),
])
def test_a_signed_note_neither_changes_nor_gains_a_sibling(cast, maria, sql):
    """Raw SQL as the program's own login is refused, as the author and as the supervisor."""
    signed(cast, maria, typed())

    for actor in (cast.nora, cast.vera):
        with (pytest.raises(DatabaseError), transaction.atomic(), identity.acting(actor),
              connection.cursor() as cursor):
            cursor.execute(sql)
            pytest.fail(f"{cursor.rowcount} rows met, nothing refused")


def test_bulk_update_is_refused_too(cast, maria):
    """The way around a command ends at the database."""
    signed(cast, maria, typed())

    with pytest.raises(DatabaseError), transaction.atomic(), identity.acting(cast.nora):
        Note.objects.update(plan="another")
    with pytest.raises(DatabaseError), transaction.atomic(), identity.acting(cast.nora):
        NoteIndex.objects.update(kind="crisis")


def test_words_never_stand_in_another_clients_note(cast, maria):
    """A row whose index belongs to somebody else is refused by the database."""
    one = signed(cast, maria, typed())
    story.somebody(cast, "Robin Vale")
    with pytest.raises(DatabaseError), transaction.atomic(), identity.acting(cast.nora):
        Note.objects.create(client_id=cast.andre.client_id, author_id=cast.nora.user_id, index_id=one,
                            data="x", signed_as="x", signed_at=HELD)


def test_an_addendum_is_added_beside_it(cast, maria):
    """The signed words stay; the addendum has its own time and signature."""
    one = signed(cast, maria, typed())
    add_addendum(cast.nora, client_id=maria.client_id, note_id=one, words="It was 18:40.",
                 signer=SIGNER, at=HELD + timedelta(hours=2))

    words = words_of(cast.nora, client_id=maria.client_id, note_ids=[one])[one]
    assert words.texts["data"] == "Rang in the evening."
    assert [(row.words, row.signed_as) for row in words.addenda] == [
        ("It was 18:40.", "Nora Feld, LCSW, LCSW 1003, NY")]


def test_signing_twice_is_once(cast, maria):
    """The second signature finds no draft."""
    one = signed(cast, maria, typed())

    with pytest.raises(NoteDraft.DoesNotExist):
        sign_note(cast.nora, client_id=maria.client_id, note_id=one, signer=SIGNER, version=1, at=HELD)


def test_an_empty_note_is_not_signed(cast, maria):
    """The message says what to write."""
    one = begin_note(cast.nora, client_id=maria.client_id, typed=typed(plan="Next week"), at=HELD)

    with pytest.raises(NotReady, match="what happened"):
        sign_note(cast.nora, client_id=maria.client_id, note_id=one, signer=SIGNER, version=1, at=HELD)


def test_a_draft_never_overwrites_a_newer_one(cast, maria):
    """Two windows: the later one is shown both texts."""
    ids = {"client_id": maria.client_id}
    one = begin_note(cast.nora, **ids, typed=typed(), at=HELD)
    save_note(cast.nora, **ids, note_id=one, typed=typed(data="First window"), version=1, at=HELD)

    with pytest.raises(Conflict) as clash:
        save_note(cast.nora, **ids, note_id=one, typed=typed(data="Second window"), version=1, at=HELD)
    assert clash.value.theirs["data"] == "First window"
    assert draft_words(cast.nora, **ids, note_id=one).texts["data"] == "First window"


def test_a_note_that_was_begun_can_be_let_go_until_it_is_signed(cast, maria):
    """Nothing of it stays."""
    one = begin_note(cast.nora, client_id=maria.client_id, typed=typed(), at=HELD)
    discard_draft(cast.nora, client_id=maria.client_id, note_id=one, at=HELD)

    assert notes_of(cast.nora, client_id=maria.client_id) == []


def test_a_session_has_one_note_of_each_author(cast, maria):
    """Whoever begins a second one is led to the first."""
    session = held(cast, maria)
    signed(cast, maria, typed(occurrence_id=session))

    with pytest.raises(NotReady, match="already"):
        begin_note(cast.nora, client_id=maria.client_id, typed=typed(occurrence_id=session), at=HELD)


def test_a_session_of_somebody_else_is_not_documented_here(cast, maria):
    """Nor one that does not exist, nor a time to come, nor a kind nobody knows."""
    for wrong in (typed(occurrence_id=999), typed(event_at=HELD + timedelta(minutes=1)),
                  typed("group"), typed("counselling"), typed(event_at=HELD - timedelta(days=800))):
        with pytest.raises(NotReady):
            begin_note(cast.nora, client_id=maria.client_id, typed=wrong, at=HELD)


def test_a_note_names_a_practice_of_the_library_or_none(cast, maria):
    """A name that the library does not have is refused; no name says so openly."""
    for slug in (practices(cast.nora)[0].slug, ""):
        one = replace(typed(), practice=slug)
        assert note_index(cast.nora, client_id=maria.client_id,
                          note_id=signed(cast, maria, one)).practice == slug
    with pytest.raises(NotReady, match="practice"):
        begin_note(cast.nora, client_id=maria.client_id, at=HELD, typed=replace(typed(), practice="magic"))


def test_a_session_without_a_note_is_owed_after_24_hours(cast, maria):
    """It is missing at once, overdue a day later, and done with the signature."""
    session = held(cast, maria)
    (soon,) = notes_due(cast.nora, at=HELD)
    assert (soon.client_id, soon.occurrence_id, soon.overdue) == (maria.client_id, session, False)

    (late,) = notes_due(cast.nora, at=HELD + timedelta(hours=24, minutes=1))
    assert late.overdue
    one = begin_note(cast.nora, client_id=maria.client_id, typed=typed(occurrence_id=session), at=HELD)
    (begun,) = notes_due(cast.nora, at=HELD)
    assert begun.note_id == one
    sign_note(cast.nora, client_id=maria.client_id, note_id=one, signer=SIGNER, version=1, at=HELD)
    assert notes_due(cast.nora, at=HELD) == []
    assert notes_due(cast.paul, at=HELD) == []


def test_a_late_entry_keeps_both_times(cast, maria):
    """When it happened and when it was written both stand there."""
    one = signed(cast, maria, typed(event_at=TALK), at=TALK + timedelta(days=2))
    (row,) = notes_of(cast.nora, client_id=maria.client_id)

    assert (row.note_id, row.event_at, row.is_late) == (one, TALK, True)
    assert row.begun_at == TALK + timedelta(days=2)


def test_what_was_copied_forward_says_so_after_signing(cast, maria):
    """By the button or word for word by hand: the mark names the note it came from."""
    words = "Looks ahead to the weekend with her sister and the plan on the fridge."
    first = signed(cast, maria, typed(data="Then.", plan=words, assessment=words))
    ids = {"client_id": maria.client_id}
    one = begin_note(cast.nora, **ids, typed=typed(data="Now.", assessment=words), at=HELD)
    copy_forward(cast.nora, **ids, note_id=one, line="plan", at=HELD)
    save_note(cast.nora, **ids, note_id=one, version=2, at=HELD,
              typed=typed(data="Now.", assessment=words, plan=words + " And Sunday."))
    sign_note(cast.nora, **ids, note_id=one, signer=SIGNER, version=3, at=HELD)

    lines = {line.key: line for line in words_of(cast.nora, **ids, note_ids=[one])[one].lines}
    assert (lines["plan"].copied.note_id, lines["plan"].copied.changed) == (first, True)
    assert (lines["assessment"].copied.note_id, lines["assessment"].copied.changed) == (first, False)
    assert lines["data"].copied is None
    with pytest.raises(NotReady):
        copy_forward(cast.nora, **ids, note_id=begin_note(cast.nora, **ids, typed=typed(), at=HELD),
                     line="data", at=HELD)


def test_a_trainees_note_waits_for_the_supervisor(cast, maria):
    """All of them, within 72 hours; the supervisor of the author signs, nobody else."""
    iris = taught(cast, maria)
    one = signed(cast, maria, typed(), by=iris)
    (row,) = to_cosign(cast.vera, at=HELD)

    assert (row.index.note_id, row.index.cosign_why, row.overdue) == (one, "trainee", False)
    assert row.index.cosign_due_at == HELD + timedelta(hours=72)
    assert to_cosign(cast.vera, at=HELD + timedelta(hours=73))[0].overdue
    with pytest.raises(NotReady, match="another supervisor"):
        cosign_note(cast.osei, client_id=maria.client_id, note_id=one, signer=SIGNER, at=HELD)
    cosign_note(cast.vera, client_id=maria.client_id, note_id=one, signer=SIGNER, at=HELD)
    assert to_cosign(cast.vera, at=HELD) == []
    with pytest.raises(NotReady):
        cosign_note(cast.vera, client_id=maria.client_id, note_id=one, signer=SIGNER, at=HELD)


def test_the_sample_is_a_setting(cast, maria):
    """At 100 of 100 each note of licensed staff is read, at 0 none."""
    assert notes_of(cast.nora, client_id=maria.client_id) == []
    signed(cast, maria, typed())
    sample(cast, 100)
    two = signed(cast, maria, typed())

    assert [row.index.note_id for row in to_cosign(cast.vera, at=HELD)] == [two]


def test_a_note_that_is_sent_back_stays_signed(cast, maria):
    """The author is asked by a task, answers with an addendum, and it comes back to the list."""
    iris = taught(cast, maria)
    ids = {"client_id": maria.client_id, "note_id": signed(cast, maria, typed(), by=iris)}
    send_back(cast.vera, **ids, words="Which number did she ring from?", signer=SIGNER, at=HELD)

    assert "Add to a note" in [row.title for row in tasks_of(iris, client_id=maria.client_id, at=HELD)]
    assert to_cosign(cast.vera, at=HELD)[0].index.sent_back_at == HELD
    add_addendum(iris, **ids, words="From her own.", signer=SIGNER, at=HELD)
    (row,) = to_cosign(cast.vera, at=HELD)
    assert row.index.sent_back_at is None
    cosign_note(cast.vera, **ids, signer=SIGNER, at=HELD)


def test_nobody_writes_in_another_persons_draft(cast, maria):
    """Not the supervisor either, who may read it."""
    one = begin_note(cast.nora, client_id=maria.client_id, typed=typed(), at=HELD)

    assert draft_words(cast.vera, client_id=maria.client_id, note_id=one).texts["data"]
    with pytest.raises(NoteDraft.DoesNotExist):
        save_note(cast.vera, client_id=maria.client_id, note_id=one, typed=typed(), version=1, at=HELD)
    with pytest.raises(Refused):
        begin_note(cast.tess, client_id=maria.client_id, typed=typed(), at=HELD)


def test_a_nurse_and_a_peer_sign_their_own_notes(cast, maria):
    """Their signature is stored like everybody's."""
    for actor in (cast.ruth, cast.leo):
        signed(cast, maria, typed("phone"), by=actor)

    assert {row.author for row in notes_of(cast.nora, client_id=maria.client_id)} == {
        "Ruth Bell, RN", "Leo Marsh, CPS"}


def test_the_last_note_is_at_hand(cast, maria):
    """The newest by event, whoever wrote it."""
    assert last_note(cast.nora, client_id=maria.client_id) is None
    signed(cast, maria, typed(event_at=TALK))
    newest = signed(cast, maria, typed(event_at=HELD, data="Newest."), by=cast.ruth)

    index, words = last_note(cast.nora, client_id=maria.client_id)
    assert (index.note_id, words.texts["data"]) == (newest, "Newest.")
