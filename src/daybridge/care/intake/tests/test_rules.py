"""Safety first: every yes has a clock, and nobody is passed over."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.intake.rules import (
    ALARMS,
    KINDS,
    RANK,
    Answer,
    NotAdmitted,
    Priority,
    Question,
    Substance,
    interim_help_due,
    interim_help_overdue,
    place,
    priority,
    safety_flags,
    unasked,
    waits,
    withdrawal_risk,
)

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
MOMENTS = st.integers(0, 5000).map(lambda minute: NOW + timedelta(minutes=minute))
ANSWERS = st.dictionaries(st.sampled_from(Question), st.sampled_from(Answer))
ROWS = st.lists(st.tuples(ANSWERS, MOMENTS), max_size=12)


@given(ANSWERS)
def test_each_yes_and_only_a_yes_opens_an_alert(answers):
    flags = safety_flags(answers)

    assert {flag.question for flag in flags} == {
        question for question, answer in answers.items() if answer is Answer.YES
    }
    clocks = [flag.alarm.minutes for flag in flags]
    assert clocks == sorted(clocks)


def test_danger_and_thoughts_of_suicide_are_with_a_person_within_fifteen_minutes():
    assert ALARMS[Question.IN_DANGER].minutes <= 15
    assert ALARMS[Question.SUICIDE].minutes <= 15
    assert set(KINDS) == set(ALARMS) == set(Question)


@given(ANSWERS)
def test_a_question_not_asked_is_no_no(answers):
    for question in unasked(answers):
        assert answers.get(question, Answer.NOT_ASKED) is Answer.NOT_ASKED
    assert len(unasked({})) == len(Question)


@pytest.mark.parametrize(
    ("yes", "expected"),
    [
        ({Question.SUICIDE, Question.PREGNANT}, Priority.DANGER),
        ({Question.IN_DANGER}, Priority.DANGER),
        ({Question.PREGNANT, Question.INJECTING}, Priority.PREGNANT_INJECTING),
        ({Question.PREGNANT}, Priority.PREGNANT),
        ({Question.INJECTING}, Priority.INJECTING),
        ({Question.SEIZURE}, Priority.WAITING),
        (set(), Priority.WAITING),
    ],
)
def test_who_comes_first(yes, expected):
    assert priority(dict.fromkeys(yes, Answer.YES)) is expected


@given(ROWS, st.randoms(use_true_random=False))
def test_the_list_has_one_order_whatever_it_came_from(rows, random):
    keys = [place(answers, at, number) for number, (answers, at) in enumerate(rows)]
    shuffled = random.sample(keys, len(keys))

    assert len(set(keys)) == len(keys)
    assert sorted(shuffled) == sorted(keys)


@given(ANSWERS, MOMENTS, MOMENTS)
def test_among_equals_the_longest_wait_comes_first(answers, one, other):
    first, second = place(answers, one, 1), place(answers, other, 2)

    assert (first < second) is (one <= other)
    assert first[0] == RANK[priority(answers)]


@given(ANSWERS, st.sampled_from(Question), MOMENTS)
def test_one_more_yes_never_moves_anybody_back(answers, question, at):
    more = {**answers, question: Answer.YES}

    assert place(more, at, 1) <= place(answers, at, 1)


def test_interim_help_is_due_every_forty_eight_hours():
    due = interim_help_due(NOW, None)

    assert due == NOW + timedelta(hours=48)
    assert interim_help_due(NOW, due) == NOW + timedelta(hours=96)
    assert not interim_help_overdue(NOW, None, due)
    assert interim_help_overdue(NOW, None, due + timedelta(minutes=1))


@given(MOMENTS, st.one_of(st.none(), MOMENTS))
def test_a_wait_that_has_not_ended_is_censored_never_dropped(first, treated):
    later = NOW + timedelta(days=30)
    found = waits(first, evaluated=None, admitted=None, first_treatment=treated, now=later)

    assert list(found) == ["evaluation", "admission", "first treatment"]
    assert not found["evaluation"].reached
    assert found["evaluation"].days == (later - first) / timedelta(days=1)
    assert found["first treatment"].reached is (treated is not None)


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("last_use", "seizure", "reasons"),
    [
        ({}, Answer.NO, 0),
        ({}, Answer.NOT_ASKED, 1),
        ({Substance.ALCOHOL: DAY}, Answer.NO, 1),
        ({Substance.ALCOHOL: DAY}, Answer.YES, 2),
        ({Substance.OPIOID: DAY}, Answer.YES, 1),
        ({Substance.SEDATIVE: 4 * DAY, Substance.ALCOHOL: None}, Answer.YES, 0),
    ],
)
def test_danger_of_withdrawal_is_named(last_use, seizure, reasons):
    assert len(withdrawal_risk(last_use, seizure_before=seizure)) == reasons


def test_nobody_is_sent_away_without_reason_alternative_and_reviewer():
    assert NotAdmitted("Needs withdrawal care", "Harbor Hospital", 3).lacks() == []
    assert len(NotAdmitted(" ", "", None).lacks()) == 3
