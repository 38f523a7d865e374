"""Needs: found once, one current answer, history kept, by command, rule and raw SQL."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import NOON

from daybridge.access import identity
from daybridge.access.actors import system
from daybridge.access.gate import Conflict, Refused
from daybridge.access.policy import Role
from daybridge.care.assessment import rules, rules_needs
from daybridge.care.assessment.commands_needs import NotAnswered, SendTo, answer_need, find_need
from daybridge.care.assessment.queries_needs import needs_of, open_counts
from daybridge.clinic.referrals.commands import take_step
from daybridge.clinic.referrals.queries import referrals_of
from daybridge.clinic.referrals.rules import SERVICES

TODAY = date(2026, 11, 16)
WORDS = st.sampled_from(["", "words"])
DAYS = st.one_of(st.none(), st.dates(date(2026, 11, 1), date(2026, 12, 31)))


@given(st.sampled_from(rules_needs.Answer), WORDS, DAYS, st.booleans())
def test_an_answer_that_lacks_nothing_holds_today(answer, words, again_on, to_whom):
    """What the rules let through is an answer on its first day, whatever it is."""
    if not rules_needs.lacks(answer, words, again_on, TODAY, to_whom=to_whom):
        current = rules_needs.Current(answer, again_on)
        assert rules_needs.standing(current, TODAY, had_one=False) is rules_needs.Standing.ANSWERED


@given(DAYS.filter(bool), st.dates(date(2026, 11, 1), date(2026, 12, 31)))
def test_what_is_put_off_comes_back_on_its_day(again_on, today):
    stands = rules_needs.standing(
        rules_needs.Current(rules_needs.Answer.DEFERRED, again_on), today, had_one=False)
    assert (stands is rules_needs.Standing.PAST) == (again_on <= today)


def test_each_domain_has_services_of_the_catalogue():
    assert set(rules_needs.DOMAIN_SERVICES) == set(rules.NEED_DOMAINS)
    assert {code for codes in rules_needs.DOMAIN_SERVICES.values() for code in codes} <= set(SERVICES)


def found(cast, domain="housing", words="A quiet room", at=NOON, **more):
    return find_need(cast.nora, client_id=cast.maria.client_id, domain=domain, words=words, at=at, **more)


def of_maria(cast, at=NOON):
    return needs_of(cast.nora, client_id=cast.maria.client_id, at=at)


def answered(cast, need_id, answer, at=NOON, **more):
    return answer_need(cast.nora, client_id=cast.maria.client_id, need_id=need_id, answer=answer,
                       at=at, **more)


def test_needs_without_an_answer_come_first(cast):
    first = found(cast, "medical", "Asthma")
    found(cast)
    answered(cast, first, "here", words="Nurse visits")
    assert [(n.domain, n.answer, n.is_open) for n in of_maria(cast)] == [
        ("housing", "none_yet", True), ("medical", "here", False)]


def test_a_source_finds_a_need_once_also_as_the_program_itself(cast):
    first = found(cast, source="instrument:7")
    with identity.acting(system(Role.NIGHTLY), at=NOON):
        again = find_need(system(Role.NIGHTLY), client_id=cast.maria.client_id, domain="housing",
                          words="Somewhere else", source="instrument:7", source_words="Needs survey",
                          at=NOON)
    assert again == first
    assert len(of_maria(cast)) == 1


def test_the_days_without_an_answer_are_counted(cast):
    found(cast)
    (row,) = of_maria(cast, NOON + timedelta(days=9))
    assert (row.standing, row.days_open) == ("open", 9)


def test_a_new_answer_ends_the_former_one(cast):
    need = found(cast)
    answered(cast, need, "deferred", words="Court first", again_on=TODAY + timedelta(days=14))
    answered(cast, need, "declined", words="“Not now.”", at=NOON + timedelta(days=2))
    (row,) = of_maria(cast, NOON + timedelta(days=2))
    assert (row.answer, row.how) == ("declined", "“Not now.”")
    assert [one.how for one in row.former] == ["Court first"]


def test_put_off_past_its_day_is_open(cast):
    need = found(cast)
    answered(cast, need, "deferred", words="Court first", again_on=TODAY + timedelta(days=3))
    maria = {cast.maria.client_id}
    assert not of_maria(cast)[0].is_open
    assert of_maria(cast, NOON + timedelta(days=3))[0].is_open
    assert open_counts(cast.nora, of=maria, on=TODAY) == {}
    assert open_counts(cast.nora, of=maria, on=TODAY + timedelta(days=3)) == {cast.maria.client_id: 1}


@pytest.mark.parametrize(("answer", "more", "field"), [
    ("here", {}, "words"), ("referred", {"words": "x"}, "partner"),
    ("deferred", {"again_on": TODAY + timedelta(days=1)}, "words"),
    ("deferred", {"words": "later"}, "again_on"),
    ("deferred", {"words": "later", "again_on": TODAY}, "again_on"), ("declined", {}, "words"),
])
def test_an_answer_says_what_it_must(cast, answer, more, field):
    need = found(cast)
    with pytest.raises(NotAnswered) as error:
        answered(cast, need, answer, **more)
    assert error.value.field == field
    assert of_maria(cast)[0].is_open


def test_who_saw_an_older_answer_is_shown_the_newer(cast):
    need = found(cast)
    answered(cast, need, "here", words="Nurse visits", after=0)
    with pytest.raises(Conflict):
        answered(cast, need, "declined", words="No", after=0)


def test_referred_sends_a_referral_and_turned_down_opens_the_need_again(cast):
    need = found(cast)
    answered(cast, need, "referred", words="A room by December", to=SendTo(to_words="Harbor House"))
    maria = cast.maria.client_id
    (sent,) = referrals_of(cast.nora, client_id=maria, at=NOON)
    assert (sent.need_id, sent.to, of_maria(cast)[0].referral_id) == (need, "Harbor House", sent.referral_id)
    later = NOON + timedelta(days=4)
    take_step(cast.tess, client_id=maria, referral_id=sent.referral_id, to="turned_down",
              words="No room until spring", at=later)
    (row,) = of_maria(cast, later + timedelta(days=1))
    assert (row.standing, row.days_open) == ("open again", 1)
    assert "turned down" in row.ended_why


def test_an_open_referral_may_be_named_for_a_second_need(cast):
    first, second = found(cast), found(cast, "food", "Meals")
    answered(cast, first, "referred", words="A bed and meals", to=SendTo(to_words="Harbor House"))
    maria = cast.maria.client_id
    (sent,) = referrals_of(cast.nora, client_id=maria, at=NOON)
    answered(cast, second, "referred", to=SendTo(referral_id=sent.referral_id))
    assert {row.referral_id for row in of_maria(cast)} == {sent.referral_id}


def test_a_clock_turned_back_never_overlaps_answers(cast):
    need = found(cast)
    for number, hours in enumerate((5, 1, 3)):
        answered(cast, need, "here", words=f"answer {number}", at=NOON + timedelta(hours=hours))
    (row,) = of_maria(cast)
    assert (row.how, len(row.former)) == ("answer 2", 2)


def test_the_case_manager_reads_needs_and_answers_none(cast):
    need = found(cast)
    assert needs_of(cast.tess, client_id=cast.maria.client_id, at=NOON)
    with pytest.raises(Refused):
        answer_need(cast.tess, client_id=cast.maria.client_id, need_id=need, answer="here",
                    words="x", at=NOON)


INSERT = ("INSERT INTO assessment_needanswer (client_id, need_id, answer, words, from_at, until_at,"
          " ended_why) SELECT client_id, need_id, 'here', 'beside it', from_at,"
          " CASE '{0}' WHEN '' THEN NULL ELSE from_at + interval '1 hour' END, ''"
          " FROM assessment_needanswer")


@pytest.mark.parametrize("sql", [
    "UPDATE assessment_needanswer SET words = 'another'",
    "UPDATE assessment_needanswer SET until_at = NULL, ended_why = ''",
    "UPDATE assessment_needanswer SET until_at = now(), answer = 'here'",
    "DELETE FROM assessment_needanswer",
    INSERT.format(""),
    INSERT.format("one hour beside it"),
])
def test_the_database_refuses_a_second_answer_and_a_rewritten_one(cast, sql):
    need = found(cast)
    answered(cast, need, "declined", words="Not now")
    with (pytest.raises(DatabaseError), transaction.atomic(), identity.acting(cast.nora),
          connection.cursor() as cursor):
        cursor.execute(sql)
