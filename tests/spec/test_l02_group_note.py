"""L2. Groups that document themselves: one shared part, a line for each, signed in one act."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from daybridge.access import clock, identity
from daybridge.access.gate import Refused
from daybridge.care.hours import rules as hours_rules
from daybridge.care.hours.commands import Line, take_attendance
from daybridge.care.hours.room import let_in
from daybridge.care.notes import rules
from daybridge.care.notes.commands import NotReady
from daybridge.care.notes.commands_group import NamesOthers, OwnLine, Shared, sign_group
from daybridge.care.notes.commands_withdraw import withdraw_note
from daybridge.care.notes.models import Note, NoteIndex
from daybridge.care.notes.queries import notes_by_objective, notes_of, words_of
from daybridge.care.notes.queries_due import to_cosign
from daybridge.care.notes.queries_group import groups_due
from daybridge.care.schedule.commands import change_session, open_session
from daybridge.care.schedule.queries import sessions
from daybridge.care.schedule.queries_lessons import lesson_of
from tests import story
from tests.access.test_canary_matrix import sign_in
from tests.cast import PASSWORD
from tests.notes import NORA, objective_of, taught
from tests.story import MON, WEEK, local

END = local(WEEK, 12, 30)
DONE = "Refusal skills: three ways to say no, in pairs."
SHARED = Shared(DONE, "cbt-relapse-prevention")


@pytest.fixture
def group(cast):
    """Maria and Lena in Monday's group, which is over: Maria came, Lena stayed away."""
    groups = story.groups(cast)
    story.admitted(cast, cast.maria)
    lena = story.somebody(cast, "Lena Brandt")
    story.admitted(cast, lena)
    for person in (cast.maria, lena):
        story.join_groups(cast, person, groups.monday)
    one = sessions(cast.nora, first=WEEK, last=WEEK, leader_id=cast.nora.user_id)[0]
    return one.occurrence_id, cast.maria.client_id, lena.client_id, one


def close(cast, group, by=None):
    pk, maria, lena, one = group
    actor = by or cast.nora
    let_in(actor, [one], at=one.starts_at)
    open_session(actor, occurrence_id=pk, at=one.starts_at)
    kinds = {maria: hours_rules.Attendance.ATTENDED, lena: hours_rules.Attendance.UNKNOWN}
    take_attendance(actor, occurrence_id=pk, client_ids=[maria, lena], version=one.version + 1,
                    at=one.ends_at, lines=[Line(client, kind) for client, kind in kinds.items()])


def sign(actor, group, *, at=END, shared=SHARED, signer=NORA, **lines):
    pk, maria, lena, _ = group
    hers = lines.get("maria", "Said no twice, laughed.")
    known = {maria: OwnLine(maria, "active", hers, lines.get("step", "")), lena: OwnLine(lena)}
    return sign_group(actor, occurrence_id=pk, client_ids=[maria, lena], lines=known, shared=shared,
                      signer=signer, at=at)


def words(viewer, client_id):
    note = notes_of(viewer, client_id=client_id)[0]
    return note, words_of(viewer, client_id=client_id, note_ids=[note.note_id])[note.note_id]


def test_a_group_is_signed_in_one_act_and_each_chart_holds_its_own_line(cast, group):
    """Maria's note has what the group did and her line; Lena's says that she did not attend."""
    close(cast, group)

    assert sign(cast.nora, group, step=objective_of(cast, cast.maria)) == 2

    _, maria, lena, _ = group
    index, mine = words(cast.nora, maria)
    assert (index.title, mine.texts["data"]) == ("Group session", DONE)
    assert mine.texts["response"] == "Took an active part. Said no twice, laughed."
    citing = notes_by_objective(cast.nora, client_id=maria).values()
    assert [row.title for rows in citing for row in rows] == ["Group session"]
    _, hers = words(cast.nora, lena)
    assert (hers.texts["data"], hers.texts["response"]) == (rules.AWAY, "")


def test_signing_twice_is_signing_once(cast, group):
    """The second time nobody is left: the notes and their words are the same."""
    close(cast, group)
    sign(cast.nora, group)

    assert sign(cast.nora, group, maria="Something else.") == 0
    assert len(notes_of(cast.nora, client_id=group[1])) == 1
    assert "laughed" in words(cast.nora, group[1])[1].texts["response"]


def test_a_signed_group_note_cannot_be_changed_by_raw_sql(cast, group):
    """Neither its words nor its place in the chart."""
    close(cast, group)
    sign(cast.nora, group)
    for sql in ("UPDATE notes_note SET data = 'x'", "UPDATE notes_noteindex SET event_at = now()",
                "DELETE FROM notes_noteindex"):
        with (pytest.raises(DatabaseError), transaction.atomic(), identity.acting(cast.nora, at=END),
              connection.cursor() as cursor):
            cursor.execute(sql)
            if cursor.rowcount == 0:
                raise DatabaseError(sql)


def test_another_members_name_is_flagged_before_anything_is_signed(cast, group):
    """A name of the group stands in nobody's line; the author may say that it is somebody else."""
    close(cast, group)

    with pytest.raises(NamesOthers, match="Lena"):
        sign(cast.nora, group, maria="Sat beside Lena.")
    with pytest.raises(NamesOthers, match="Maria"):
        sign(cast.nora, group, shared=Shared("Maria led the round."))
    assert not NoteIndex.objects.exists()
    assert sign(cast.nora, group, maria="Misses her aunt Lena.",
                shared=Shared(DONE, names_are_others=True)) == 2


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["Lena", "lena", "Lena's", "Léna", "Le\u0301na", "Lenas", "Brandt", "Ann",
                        "O\u2019Brien", "Cy"]),
       st.sampled_from(" .,;-\u2019\"(/"), st.sampled_from(" .,;-\u2019\")/"))
def test_a_members_name_is_found_wherever_it_stands(word, before, after):
    """Small letters, accents as one sign or two, parts of a hyphenated name, whatever stands around it."""
    assert rules.names_in(f"Talked{before}{word}{after}again", ["Lena Brandt", "Mary-Ann O'Brien", "Cy"])


def test_words_that_are_names_only_by_chance_are_left_alone():
    """What is a word as well, particles and two letters count only as names are written."""
    assert rules.names_in("She will hope de la casa, al fondo.", ["Will Hope de la Cruz", "Al Fin"]) == []
    assert rules.names_in("Will came.", ["Will Hope"]) == ["Will"]


def test_two_who_lead_together_write_one_note_a_client(cast, group):
    """What Nora has signed is not signed again by Iris; PostgreSQL holds to it when she can't see it."""
    close(cast, group)
    iris = taught(cast, cast.maria)
    pk, maria, _, _ = group
    sign(cast.nora, group)
    lines = {maria: OwnLine(maria, "listened")}
    again = {"occurrence_id": pk, "client_ids": [maria], "lines": lines, "signer": NORA, "at": END}

    assert sign_group(iris, shared=SHARED, **again) == 0
    assert len(notes_of(cast.nora, client_id=maria)) == 1


def test_a_group_note_in_the_wrong_chart_is_withdrawn_from_that_chart_alone(cast, group):
    """Two people take Maria's out of every view; Lena's stays; the group may be signed again for Maria."""
    close(cast, group)
    sign(cast.nora, group)
    _, maria, lena, _ = group
    note_id = notes_of(cast.nora, client_id=maria)[0].note_id
    withdraw_note(cast.vera, client_id=maria, note_id=note_id, why="Another person's line.", at=END)
    withdraw_note(cast.pia, client_id=maria, note_id=note_id, why="", at=END)

    assert notes_of(cast.nora, client_id=maria) == []
    assert len(notes_of(cast.nora, client_id=lena)) == 1
    assert sign(cast.nora, group) == 1


@pytest.mark.parametrize(("change", "said"), [
    ({"shared": Shared("  ")}, "what the group did"), ({"shared": Shared(DONE, "no-such")}, "a practice"),
])
def test_what_is_missing_is_said(cast, group, change, said):
    """Nothing is signed before it is whole."""
    with pytest.raises(NotReady, match="who was here first"):
        sign(cast.nora, group)
    close(cast, group)
    with pytest.raises(NotReady, match=said):
        sign(cast.nora, group, **change)
    pk, maria, lena, _ = group
    with pytest.raises(NotReady, match="No line yet for Maria"):
        sign_group(cast.nora, occurrence_id=pk, client_ids=[maria, lena], lines={}, shared=SHARED,
                   signer=NORA, at=END)


def test_who_steps_in_writes_the_notes_of_that_day_and_reads_only_their_own(cast, group, monkeypatch):
    """Paul leads Nora's group on one day: he signs, reads what he wrote, and nothing else of Maria."""
    pk, maria, _, one = group
    change_session(cast.helen, occurrence_id=pk, starts_at=one.starts_at, room_id=None, minutes=180,
                   leader_id=cast.paul.user_id, at=MON - timedelta(hours=1))
    led = sessions(cast.paul, first=WEEK, last=WEEK, leader_id=cast.paul.user_id)[0]
    monkeypatch.setattr(clock, "now", lambda: one.starts_at)
    close(cast, (pk, maria, group[2], led), by=cast.paul)

    assert sign(cast.paul, group) == 2

    with identity.acting(cast.paul, at=END):
        assert set(Note.objects.values_list("client_id", flat=True)) == {maria, group[2]}
    with pytest.raises(Refused):
        notes_of(cast.paul, client_id=maria)
    later = END + timedelta(days=1)
    with identity.acting(cast.paul, at=later):
        assert not Note.objects.exists()


def test_a_trainees_group_notes_wait_for_the_supervisor(cast, group):
    """Each of them stands in the co-sign queue, by client."""
    close(cast, group)
    iris = taught(cast, cast.maria)
    pk, maria, _, _ = group
    lines = {maria: OwnLine(maria, "listened")}
    sign_group(iris, occurrence_id=pk, client_ids=[maria], lines=lines, shared=SHARED, signer=NORA, at=END)

    assert [row.index.title for row in to_cosign(cast.vera, at=END)] == ["Group session"]


def test_a_group_without_its_notes_is_due_once_not_once_a_client(cast, group):
    """One line for the group, until the last note is signed."""
    close(cast, group)
    assert [(row.lacking, row.overdue) for row in groups_due(cast.nora, at=END)] == [(2, False)]

    sign(cast.nora, group)

    assert groups_due(cast.nora, at=END) == []


def test_the_page_saves_who_was_here_and_signs(cast, group, monkeypatch):
    """Open, save, a wrong password, a name, then signed."""
    pk, maria, lena, one = group
    monkeypatch.setattr(clock, "now", lambda: END)
    browser, url = sign_in(cast.nora), reverse("pages:group_room", args=[pk])
    assert browser.post(url, {"do": "open"}).status_code == 302
    here = {f"state-{maria}": "late", f"late-{maria}": "900", f"state-{lena}": "missing",
            "version": one.version + 1, "do": "save"}
    assert "Minutes can be 0 to" in browser.post(url, here).content.decode()
    assert browser.post(url, {**here, f"late-{maria}": "20"}).status_code == 302
    assert 'id="lesson"' in browser.get(url).content.decode()
    lost = browser.post(url, {"do": "sign", "done": DONE, "password": PASSWORD, "lesson": "no-such-lesson"})
    assert "no lesson of that name" in lost.content.decode()
    note = {"do": "sign", "done": DONE, "password": "no", "lesson": "alcohol",
            f"part-{maria}": "active", f"line-{maria}": "With Lena."}
    assert "does not fit" in browser.post(url, note).content.decode()
    flagged = browser.post(url, {**note, "password": PASSWORD}).content.decode()
    assert "These words mean somebody else" in flagged
    assert "With Lena." in flagged
    assert browser.post(url, {**note, f"line-{maria}": "Well.", "password": PASSWORD}).status_code == 302
    assert "Every note of this group is signed" in browser.get(url).content.decode()
    assert lesson_of(cast.nora, occurrence_id=pk) == "alcohol"
    came = browser.get(reverse("pages:group_arrivals", args=[pk])).content.decode()
    assert f"came-{maria}" in came
