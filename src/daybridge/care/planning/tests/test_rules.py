"""The plan: due in time, complete before it is signed, the client's own."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.planning.rules import (
    Cause,
    Kind,
    Objective,
    Problem,
    State,
    brought_forward,
    causes_since,
    due_on,
    initial_in_time,
    lacks,
    most_alike,
    next_kind,
    similarity,
    state,
    too_many,
)

ADMITTED = date(2026, 3, 2)
STEP = Objective("Walk each evening", "Five evenings a week", date(2026, 4, 1), 1)
PROBLEM = Problem("Sleeps badly", "I want to sleep through", [STEP])
DAYS = st.dates(date(2026, 1, 1), date(2027, 1, 1))
TEXTS = st.text(max_size=30)


def due(kind, last=None):
    return due_on(
        kind, admitted_on=ADMITTED, last_signed_on=last, full_days=7, review_days=30
    )


def test_first_plan_on_the_day_of_admission_full_plan_a_week_on_then_every_month():
    assert due(Kind.INITIAL) == ADMITTED
    assert due(Kind.FULL) == date(2026, 3, 9)
    assert due(Kind.REVIEW, date(2026, 3, 8)) == date(2026, 4, 7)
    assert next_kind([]) is Kind.INITIAL
    assert next_kind([Kind.INITIAL]) is Kind.FULL
    assert next_kind([Kind.INITIAL, Kind.FULL]) is Kind.REVIEW


def test_a_complete_plan_lacks_nothing():
    assert lacks([PROBLEM], Kind.FULL) == []


@pytest.mark.parametrize(
    "problem",
    [
        Problem(" ", PROBLEM.goal, [STEP]),
        Problem("Sleeps badly", "", [STEP]),
        Problem("Sleeps badly", PROBLEM.goal, []),
        Problem("Sleeps badly", PROBLEM.goal, [Objective("", "Diary", STEP.target_on, 1)]),
        Problem("Sleeps badly", PROBLEM.goal, [Objective("Walk", " ", STEP.target_on, 1)]),
        Problem("Sleeps badly", PROBLEM.goal, [Objective("Walk", "Diary", None, 1)]),
        Problem(
            "Sleeps badly", PROBLEM.goal, [Objective("Walk", "Diary", STEP.target_on, 0)]
        ),
    ],
)
def test_each_missing_part_is_named(problem):
    assert len(lacks([PROBLEM, problem], Kind.FULL)) == 1
    assert lacks([PROBLEM, problem], Kind.FULL)[0].startswith("Problem 2")


def test_a_first_plan_needs_no_date_yet_but_never_nothing():
    undated = Problem("Sleeps badly", PROBLEM.goal, [Objective("Walk", "Diary", None, 1)])

    assert lacks([undated], Kind.INITIAL) == []
    assert lacks([], Kind.INITIAL)


@given(DAYS, st.lists(DAYS, max_size=4))
def test_a_change_of_level_or_a_return_to_use_only_brings_the_review_forward(signed, happened):
    by_calendar = signed + timedelta(days=30)
    causes = causes_since(signed, [Cause(day, "why") for day in happened])
    found = brought_forward(by_calendar, causes)

    assert signed < found <= by_calendar
    assert len(causes) == sum(day > signed for day in happened)
    assert causes_since(None, [Cause(day, "why") for day in happened]) == []


@given(DAYS, DAYS, st.booleans())
def test_the_due_day_itself_is_in_time(due_day, today, signed):
    found = state(due_day, today, signed=signed)

    assert (found is State.OVERDUE) is (today > due_day)
    assert (found is State.DUE) is (today == due_day)
    assert found is not State.IN_FORCE or signed


def test_the_first_plan_is_signed_before_the_first_session():
    first = datetime(2026, 3, 2, 14, tzinfo=UTC)

    assert initial_in_time(first, first)
    assert not initial_in_time(first + timedelta(minutes=1), first)
    assert not initial_in_time(None, first)


@given(TEXTS, TEXTS)
def test_likeness_of_texts_is_the_same_from_both_sides(one, other):
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, one) == 1


def test_a_copied_plan_is_seen():
    assert most_alike("Attend all groups", ["attend  ALL groups", "Find work"]) == 1
    assert most_alike("Attend all groups", []) == 0


def test_somebody_helps_by_a_practice_or_says_openly_by_none():
    open_one = Problem("Sleeps badly", PROBLEM.goal, [
        Objective("Walk", "Diary", STEP.target_on, 2, without_practice=1)])

    assert "practice" in lacks([open_one], Kind.FULL)[0]
    assert lacks([open_one], Kind.INITIAL) == []


@given(st.lists(st.lists(st.integers(0, 8), max_size=12), max_size=25))
def test_a_plan_has_an_end(plan):
    fits = (len(plan) <= 20 and all(len(problem) <= 10 for problem in plan)
            and all(does <= 6 for problem in plan for does in problem))
    assert (too_many(plan) == "") is fits
