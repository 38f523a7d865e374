"""S4. Responsibility: a note in the wrong chart is taken out of it by two people, and kept on record."""

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from daybridge.access import identity
from daybridge.access.actors import Actor
from daybridge.access.drafts import draft_of
from daybridge.access.gate import Refused
from daybridge.access.policy import Role
from daybridge.access.relate import join_team
from daybridge.care.notes.commands import NotReady, keep_apart
from daybridge.care.notes.commands_withdraw import (
    copy_to_right_chart,
    decide_breach,
    decline_withdrawal,
    withdraw_note,
)
from daybridge.care.notes.models import Note, NoteIndex, Withdrawal
from daybridge.care.notes.queries import (
    draft_words,
    last_note,
    note_index,
    notes_apart,
    notes_by_objective,
    notes_of,
    words_of,
)
from daybridge.care.notes.queries_due import to_cosign, withdrawal_of, withdrawals
from daybridge.clinic.tasks.queries import tasks_of
from tests import story
from tests.notes import HELD, NORA, signed, taught, typed

WHY = "It is about another person."


@pytest.fixture
def note(cast):
    """A signed note in Maria's chart that is about somebody else."""
    story.admitted(cast, cast.maria)
    one = signed(cast, cast.maria, typed(data="Wrongchartwords, at some length."))
    return {"client_id": cast.maria.client_id, "note_id": one}


def both(cast, note, *people):
    for actor in people or (cast.vera, cast.pia):
        withdraw_note(actor, **note, why=WHY, at=HELD)


@pytest.mark.parametrize("order", [("vera", "pia"), ("pia", "vera")])
def test_two_people_withdraw_a_note_in_either_order(cast, note, order):
    """After the first nothing has gone, after the second no view shows it; the row stays."""
    first, second = (cast.everyone[one] for one in order)
    client = {"client_id": note["client_id"]}
    withdraw_note(first, **note, why=WHY, at=HELD)
    assert [row.note_id for row in notes_of(cast.nora, **client)] == [note["note_id"]]

    withdraw_note(second, **note, why=WHY, at=HELD)
    for reader in (cast.nora, cast.osei, cast.tess, cast.helen, cast.bill, cast.maria.account, cast.vera):
        assert notes_of(reader, **client) == []
    assert last_note(cast.nora, **client) is None
    assert notes_by_objective(cast.nora, **client) == {}
    assert withdrawal_of(cast.pia, **note).done_at == HELD
    assert NoteIndex.objects.filter(pk=note["note_id"]).count() == 0, "without an identity, nothing at all"


def test_nobody_reads_the_words_of_a_withdrawn_note(cast, note):
    """By raw SQL as the program's login, in any role, its author's among them."""
    both(cast, note)
    found = {}
    for first, actor in cast.everyone.items():
        with identity.acting(actor, at=HELD), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM notes_note")
            found[first] = cursor.fetchone()[0]
    everything = Actor(cast.nora.user_id, frozenset(Role), "every hat")
    with identity.acting(everything, at=HELD), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM notes_note")
        found["every hat"] = cursor.fetchone()[0]

    assert {first for first, number in found.items() if number} == set()


def test_one_person_is_not_enough(cast, note):
    """Not with both hats, not by raw SQL, not in another's name."""
    both_hats = Actor(cast.vera.user_id, frozenset({Role.SUPERVISOR, Role.PRIVACY}), "Vera")
    withdraw_note(both_hats, **note, why=WHY, at=HELD)
    with pytest.raises(NotReady, match="somebody else"):
        withdraw_note(both_hats, **note, why=WHY, at=HELD)
    for sql in ("UPDATE notes_withdrawal SET privacy_id = supervisor_id",
                f"UPDATE notes_withdrawal SET privacy_id = {cast.pia.user_id}",
                "UPDATE notes_withdrawal SET done_at = now()",
                "UPDATE notes_noteindex SET withdrawn_at = now()"):
        with (pytest.raises((DatabaseError, IntegrityError, psycopg.Error)), transaction.atomic(),
              identity.acting(both_hats, at=HELD), connection.cursor() as cursor):
            cursor.execute(sql)
            pytest.fail(f"{cursor.rowcount} rows met, nothing refused")


def test_others_do_not_withdraw(cast, note):
    """Nor does the author, nor the director."""
    for actor in (cast.nora, cast.helen, cast.osei, cast.tess):
        with pytest.raises(Refused):
            withdraw_note(actor, **note, why=WHY, at=HELD)
    with pytest.raises(NotReady, match="why"):
        withdraw_note(cast.vera, **note, why=" ", at=HELD)
    with pytest.raises(NotReady, match="withdraw together"):
        both(cast, note, cast.vera, Actor(cast.osei.user_id, frozenset({Role.SUPERVISOR}), "Osei"))


def test_a_request_that_was_wrong_is_declined_and_may_be_made_anew(cast, note):
    """The note stays where it is."""
    withdraw_note(cast.vera, **note, why=WHY, at=HELD)
    decline_withdrawal(cast.pia, **note, at=HELD)
    assert withdrawal_of(cast.pia, **note) is None
    assert len(notes_of(cast.nora, client_id=note["client_id"])) == 1

    both(cast, note)
    with pytest.raises(NotReady, match="already"):
        withdraw_note(cast.vera, **note, why=WHY, at=HELD)


def test_the_author_is_asked_to_write_it_in_the_right_chart(cast, note):
    """By a task; the words come along once, as a draft to read and sign, if both charts are theirs."""
    both(cast, note)
    titles = [row.title for row in tasks_of(cast.nora, client_id=note["client_id"], at=HELD)]
    assert "Enter a note in the right chart" in titles
    charts, one = [note["client_id"], cast.andre.client_id], note["note_id"]
    with pytest.raises(Refused):
        copy_to_right_chart(cast.nora, client_ids=charts, note_id=one, at=HELD)

    join_team(cast.helen, client_id=charts[1], user_id=cast.nora.user_id, part="member", at=HELD)
    with pytest.raises(NotReady, match="right one"):
        copy_to_right_chart(cast.nora, client_ids=charts[:1] * 2, note_id=one, at=HELD)
    new = copy_to_right_chart(cast.nora, client_ids=charts, note_id=one, at=HELD)

    assert "Wrongchartwords" in draft_words(cast.nora, client_id=charts[1], note_id=new).texts["data"]
    assert note_index(cast.nora, client_id=charts[1], note_id=new).event_at == HELD
    with pytest.raises(NotReady, match="already"):
        copy_to_right_chart(cast.nora, client_ids=charts, note_id=one, at=HELD)


def test_words_come_along_for_their_author_alone(cast, note):
    """Not for the supervisor, and not before both have signed."""
    charts = [note["client_id"], cast.andre.client_id]
    for actor in (cast.nora, cast.vera):
        join_team(cast.helen, client_id=charts[1], user_id=actor.user_id, part="member", at=HELD)
    withdraw_note(cast.vera, **note, why=WHY, at=HELD)
    with pytest.raises(NotReady):
        copy_to_right_chart(cast.nora, client_ids=charts, note_id=note["note_id"], at=HELD)
    withdraw_note(cast.pia, **note, why=WHY, at=HELD)
    with pytest.raises(NotReady):
        copy_to_right_chart(cast.vera, client_ids=charts, note_id=note["note_id"], at=HELD)


def test_the_privacy_officer_decides_on_breach_without_reading(cast, note):
    """Yes or no, and why; once, and nobody else."""
    both(cast, note)
    (row,) = withdrawals(cast.pia, at=HELD)
    assert (row.breach, row.author, row.client) == (None, "Nora Feld", "Maria Delgado")
    with pytest.raises(Refused):
        decide_breach(cast.vera, **note, breach=False, why="The team only.", at=HELD)
    with pytest.raises(NotReady, match="why"):
        decide_breach(cast.pia, **note, breach=False, why="", at=HELD)
    decide_breach(cast.pia, **note, breach=False, why="The team only.", at=HELD)

    with pytest.raises(NotReady, match="already"):
        decide_breach(cast.pia, **note, breach=True, why="No.", at=HELD)
    with (pytest.raises(DatabaseError), transaction.atomic(), identity.acting(cast.pia, at=HELD)):
        Withdrawal.objects.update(breach=True)
    with pytest.raises(Refused):
        words_of(cast.pia, client_id=note["client_id"], note_ids=[note["note_id"]])


def test_a_withdrawn_note_waits_for_no_cosignature_and_counts_nowhere(cast, note):
    """The role that measures reads no row of it."""
    iris = taught(cast, cast.maria)
    two = signed(cast, cast.maria, typed(), by=iris)
    both(cast, {**note, "note_id": two})
    both(cast, note)

    assert to_cosign(cast.vera, at=HELD) == []
    measures = Actor(None, frozenset({Role.MEASURES}), "measures")
    with identity.acting(measures, at=HELD):
        assert NoteIndex.objects.count() == 0


def test_a_withdrawn_counselling_note_is_gone_for_its_author_too(cast, note):
    """Its words come along into the form in which one is written, for its author alone."""
    pk, andre = note["client_id"], cast.andre.client_id
    one = keep_apart(cast.nora, client_id=pk, words="Apartwords", event_at=HELD, signer=NORA, at=HELD)
    both(cast, {"client_id": pk, "note_id": one})
    assert notes_apart(cast.nora, client_id=pk) == notes_apart(cast.vera, client_id=pk) == []

    join_team(cast.helen, client_id=andre, user_id=cast.nora.user_id, part="member", at=HELD)
    assert copy_to_right_chart(cast.nora, client_ids=[pk, andre], note_id=one, at=HELD) is None
    with identity.acting(cast.nora, at=HELD):
        assert draft_of(cast.nora, f"apart-{andre}").fields == {"words": "Apartwords"}


def test_a_note_that_is_not_signed_is_not_withdrawn(cast, note):
    """Its author lets it go instead."""
    with identity.acting(cast.nora, at=HELD):
        assert Note.objects.count() == 1
    with pytest.raises(NoteIndex.DoesNotExist):
        withdraw_note(cast.vera, client_id=note["client_id"], note_id=note["note_id"] + 1, why=WHY, at=HELD)
