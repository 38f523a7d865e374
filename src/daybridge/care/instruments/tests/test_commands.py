"""Filling forms through the commands, as people of the cast."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from tests.cast import MONDAY

from daybridge.access import identity
from daybridge.access.gate import Conflict, Refused
from daybridge.care.instruments import queries
from daybridge.care.instruments.commands import (
    answer,
    begin,
    correct,
    finish,
    hear_critical,
    set_aside,
)
from daybridge.care.instruments.commands_sheet import Ended, NotOffered
from daybridge.care.instruments.models import Answer, Response
from daybridge.care.instruments.rules_shape import OutOfSet
from daybridge.clinic.tasks.queries import unclaimed_alerts

RULER = {"importance": "9", "confidence": "2", "readiness": "6"}


def begun(cast, name="phq9", who=None):
    return begin(who or cast.nora, client_id=cast.maria.client_id, name=name, at=MONDAY)


def say(cast, response_id, item, value, *, who=None, version=0, at=MONDAY):
    answer(who or cast.nora, client_id=cast.maria.client_id, response_id=response_id, item=item,
           typed=[value] if value else [], version=version, at=at)


def sheet(cast, response_id, who=None):
    return queries.sheet(who or cast.nora, client_id=cast.maria.client_id, response_id=response_id)


def filled(cast, name="ruler", answers=RULER, at=MONDAY):
    one = begin(cast.nora, client_id=cast.maria.client_id, name=name, at=at)
    for item, value in answers.items():
        say(cast, one, item, value, at=at)
    finish(cast.nora, client_id=cast.maria.client_id, response_id=one, at=at)
    return one


def test_a_critical_answer_alerts_while_the_form_is_incomplete(cast):
    one = begun(cast)
    say(cast, one, "9", "1")

    assert sheet(cast, one).state == "draft"
    (alert,) = unclaimed_alerts(cast.ben, at=MONDAY)
    assert alert.title == "Thoughts of self-harm"
    assert alert.due_at == MONDAY + timedelta(minutes=15)
    assert "C-SSRS" in alert.why


def test_taking_a_critical_answer_back_takes_no_alert_back(cast):
    one = begun(cast)
    say(cast, one, "9", "2")
    say(cast, one, "9", "0", version=sheet(cast, one).answers["9"].answer_id)

    assert len(unclaimed_alerts(cast.ben, at=MONDAY)) == 1
    assert [row.value for row in sheet(cast, one).former] == [2]
    assert len(sheet(cast, one).flags) == 1


def test_the_same_answer_sent_twice_is_one_answer_and_one_alert(cast):
    one = begun(cast)
    say(cast, one, "9", "2")
    say(cast, one, "9", "2")

    assert Answer.objects.count() == 0, "nobody is acting: nothing is read"
    assert len(sheet(cast, one).flags) == 1
    assert sheet(cast, one).former == ()


def test_client_and_staff_share_one_form_and_who_said_what_is_kept(cast):
    one = begun(cast, "ruler", cast.maria.account)
    say(cast, one, "importance", "9", who=cast.maria.account)
    assert begun(cast, "ruler") == one, "resumed, not begun again"
    say(cast, one, "confidence", "4")

    row = sheet(cast, one)
    assert row.half_and_half
    assert [(a.item, a.by_client, a.by) for a in row.answers.values()] == [
        ("importance", True, ""), ("confidence", False, "Nora Feld")]


def test_whoever_saves_second_sees_the_first_answer(cast):
    one = begun(cast)
    say(cast, one, "1", "1")
    with pytest.raises(Conflict) as clash:
        say(cast, one, "1", "3", who=cast.osei)

    assert clash.value.theirs == {"value": "1"}
    assert sheet(cast, one).answers["1"].value == 1


def test_a_critical_answer_that_came_second_alerts_all_the_same(cast):
    one = begun(cast)
    say(cast, one, "9", "0")
    with pytest.raises(Conflict):
        say(cast, one, "9", "3", who=cast.osei)
    hear_critical(cast.osei, client_id=cast.maria.client_id, response_id=one, item="9",
                  typed=["3"], at=MONDAY)

    assert len(unclaimed_alerts(cast.ben, at=MONDAY)) == 1
    assert sheet(cast, one).answers["9"].value == 0


def test_a_hole_is_shown_and_never_scored(cast):
    one = begun(cast)
    say(cast, one, "1", "3")
    say(cast, one, "2", None)
    finish(cast.nora, client_id=cast.maria.client_id, response_id=one, at=MONDAY)

    row = sheet(cast, one)
    assert (row.status, row.score, row.band) == ("incomplete", None, "")
    assert "2" in row.details["missing"]


def test_an_answer_off_the_scale_is_refused_by_name(cast):
    one = begun(cast)
    with pytest.raises(OutOfSet, match="Item 1: 7 is not allowed"):
        say(cast, one, "1", "7")


def test_a_client_is_not_offered_a_form_without_its_words(cast):
    with pytest.raises(NotOffered):
        begun(cast, "phq9", cast.maria.account)


def test_a_client_fills_nobody_elses_form(cast):
    one = begun(cast, "ruler")
    with pytest.raises(Refused):
        say(cast, one, "importance", "1", who=cast.andre.account)


def test_a_correction_names_the_form_it_replaces_and_both_stand(cast):
    old = filled(cast)
    new = correct(cast.nora, client_id=cast.maria.client_id, response_id=old,
                  why="Heard 2, she had said 7", at=MONDAY)
    say(cast, new, "confidence", "7", version=sheet(cast, new).answers["confidence"].answer_id)
    finish(cast.nora, client_id=cast.maria.client_id, response_id=new, at=MONDAY)

    rows = queries.scores_of(cast.nora, client_id=cast.maria.client_id)
    assert [(r.response_id, r.replaced, r.score) for r in rows] == [
        (new, False, [9, 7, 6]), (old, True, [9, 2, 6])]
    with pytest.raises(Ended):
        correct(cast.nora, client_id=cast.maria.client_id, response_id=old, why="x", at=MONDAY)


def test_a_finished_form_takes_no_answer(cast):
    one = filled(cast)
    with pytest.raises(Ended):
        say(cast, one, "confidence", "7")


def test_a_form_set_aside_keeps_its_answers_and_makes_room(cast):
    one = begun(cast)
    say(cast, one, "1", "3")
    set_aside(cast.nora, client_id=cast.maria.client_id, response_id=one, at=MONDAY)

    assert begun(cast) != one
    assert sheet(cast, one).answers["1"].value == 3


@pytest.mark.parametrize("sql", [
    "UPDATE instruments_response SET score = '27' WHERE id = %(id)s",
    "UPDATE instruments_response SET state = 'draft', ended_at = NULL WHERE id = %(id)s",
    """INSERT INTO instruments_answer (client_id, response_id, item, value, by_id, by_client, at)
       VALUES (%(client)s, %(id)s, 'confidence', '9', %(me)s, false, now())""",
    "UPDATE instruments_answer SET value = '9' WHERE response_id = %(id)s",
    "DELETE FROM instruments_answer WHERE response_id = %(id)s",
    "DELETE FROM instruments_response WHERE id = %(id)s",
])
def test_the_database_itself_keeps_a_finished_form(cast, sql):
    one = filled(cast)
    ids = {"id": one, "client": cast.maria.client_id, "me": cast.nora.user_id}
    with (identity.acting(cast.nora, at=MONDAY), connection.cursor() as cursor,
          pytest.raises(Exception, match=r"permission denied|does not change|gains no|append-only"),
          transaction.atomic()):
        cursor.execute(sql, ids)


def test_a_bulk_update_is_refused_too(cast):
    one = filled(cast)
    with identity.acting(cast.nora, at=MONDAY), pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=one).update(band="high")
