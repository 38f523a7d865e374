"""Who reads the words of notes: by every actor of the cast, in Python and by raw SQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from daybridge.access import identity
from daybridge.access.gate import Refused
from daybridge.access.models import Grant
from daybridge.care.notes.commands import begin_note, keep_apart
from daybridge.care.notes.commands_after import keep_macro
from daybridge.care.notes.queries import macros, notes_apart, notes_of, words_of
from tests import story
from tests.notes import HELD, NORA, signed, typed

TEAM = {"vera", "nora", "osei", "ruth", "leo", "tess"}


@pytest.fixture
def maria(cast):
    """A signed note, a draft and a counselling note, all of Nora's, about Maria."""
    story.admitted(cast, cast.maria)
    pk = cast.maria.client_id
    signed(cast, cast.maria, typed(data="Signedwords"))
    begin_note(cast.nora, client_id=pk, typed=typed(data="Draftwords"), at=HELD)
    keep_apart(cast.nora, client_id=pk, words="Apartwords", event_at=HELD, signer=NORA, at=HELD)
    return pk


def readers(cast, table):
    """Return who reads a row of this table by raw SQL, as the program's own login."""
    found = set()
    for first, actor in cast.everyone.items():
        with identity.acting(actor, at=HELD), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            if cursor.fetchone()[0]:
                found.add(first)
    return found


def test_signed_words_are_the_teams_and_the_clients(cast, maria):
    """Not the director's, not billing's, not the privacy officer's, not another team's."""
    assert readers(cast, "notes_note") == TEAM | {"maria"}
    for actor in (cast.helen, cast.bill, cast.pia, cast.paul, cast.fay, cast.sam):
        with pytest.raises(Refused):
            words_of(actor, client_id=maria, note_ids=[1])


def test_that_notes_are_there_is_known_to_more(cast, maria):
    """Billing, the director and the privacy officer see that a note was signed."""
    assert readers(cast, "notes_noteindex") == TEAM | {"maria", "helen", "pia", "bill"}
    assert len(notes_of(cast.pia, client_id=maria)) == 3


def test_a_draft_is_its_authors_and_the_supervisors(cast, maria):
    """Others of the same team do not read it."""
    assert readers(cast, "notes_notedraft") == {"nora", "vera"}


def test_a_counselling_note_is_its_authors_and_the_supervisors(cast, maria):
    """A second counsellor of the same team sees none of it, in PostgreSQL too."""
    from daybridge.access.relate import join_team

    join_team(cast.helen, client_id=maria, user_id=cast.paul.user_id, part="member", at=story.MON)
    assert readers(cast, "notes_counsellingnote") == {"nora", "vera"}
    assert notes_apart(cast.paul, client_id=maria) == []
    assert [row.words for row in notes_apart(cast.nora, client_id=maria)] == ["Apartwords"]
    for actor in (cast.paul, cast.osei, cast.bill, cast.maria.account):
        assert [row.kind for row in notes_of(actor, client_id=maria) if row.is_apart] == []
    for actor in (cast.leo, cast.tess, cast.osei, cast.bill):
        with pytest.raises(Refused):
            notes_apart(actor, client_id=maria)


def test_nobody_writes_words_in_anothers_name(cast, maria):
    """The database refuses a note, a draft or a counselling note with another author."""
    with identity.acting(cast.vera, at=HELD), connection.cursor() as cursor:
        cursor.execute("UPDATE notes_notedraft SET data = 'x'")
        assert cursor.rowcount == 0
    for table in ("notes_addendum", "notes_counsellingnote"):
        column, value = ("added_at", "false, ") if table == "notes_addendum" else ("signed_at", "")
        sends = "sends_back, " if value else "event_at, "
        value = value or "event_at, "
        with (pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(),
              identity.acting(cast.vera, at=HELD), connection.cursor() as cursor):
            cursor.execute(
                f"INSERT INTO {table} (client_id, author_id, index_id, {sends}words, signed_as, {column})"
                f" SELECT client_id, author_id, index_id, {value}'x', 'x', signed_at FROM"
                f" {'notes_note' if value == 'false, ' else 'notes_counsellingnote'}")


def test_a_grant_opens_the_words_for_its_time(cast, maria):
    """Break-glass: the director and another counsellor, and a nurse for what is kept apart."""
    with identity.acting(cast.helen, at=HELD):
        for actor in (cast.helen, cast.paul):
            Grant.objects.create(client_id=maria, user_id=actor.user_id, kind="G", from_at=HELD)

    assert readers(cast, "notes_note") == TEAM | {"maria", "helen", "paul"}
    assert readers(cast, "notes_counsellingnote") == {"nora", "vera", "helen"}


def test_macros_are_ones_own(cast, maria):
    """Nobody else's text turns up, whatever the role."""
    keep_macro(cast.nora, name=".mse", words="Alert, oriented, calm.", at=HELD)

    assert readers(cast, "notes_macro") == {"nora"}
    assert macros(cast.vera) == {}
