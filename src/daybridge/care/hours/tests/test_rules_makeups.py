"""Make-ups: every rule speaks, and booking one that is advised costs nothing."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.hours.board import Week
from daybridge.care.hours.makeups import (
    Candidate,
    Wish,
    best,
    fitting,
    most,
    share_seats,
    sure,
    why_not,
)

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
MONDAY = date(2026, 3, 2)
PHP_DAY = 360


def candidate(number=1, *, day=0, start=600, minutes=180):
    starts = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(days=day, minutes=start)
    return Candidate(
        occurrence_id=number,
        interval=(starts, starts + timedelta(minutes=minutes)),
        day=MONDAY + timedelta(days=day),
        free_seats=1,
        levels=frozenset({"iop"}),
        language="en",
        gender="",
        counts=True,
        leader_licensed=True,
    )


WISH = Wish(
    client_id=1,
    level="iop",
    languages=frozenset({"en"}),
    gender="woman",
    taken=(),
    planned_by_day={},
    no_contact=frozenset(),
    booked=frozenset(),
    stage=1,
)
ONE = candidate()
SEAT = "There is no seat for this client."


def reasons(one=ONE, wish=WISH, now=NOW):
    return why_not(one, wish, now=now, php_day_minutes=PHP_DAY)


def test_a_session_that_fits_has_no_reason_against_it():
    assert reasons() == []


@pytest.mark.parametrize(
    ("one", "wish", "reason"),
    [
        ({"counts": False}, {}, "It does not count as contact hours."),
        ({"free_seats": 0}, {}, SEAT),
        ({"room_seats": 0}, {}, SEAT),
        ({}, {"no_contact": frozenset({1})}, SEAT),
        ({"levels": frozenset({"php"})}, {}, "It is for another level of care."),
        ({"stages": frozenset({2})}, {}, "It is for another stage."),
        ({"language": "es"}, {}, "It is held in another language."),
        ({"gender": "man"}, {}, "It is gender-specific."),
        ({}, {"is_adult": False}, "It is for adults."),
        ({"leader_licensed": False}, {}, "Its leader's licence is not valid that day."),
        ({"leader_free": False}, {}, "Its leader is somewhere else then."),
        ({}, {"taken": (ONE.interval,)}, "The client is somewhere else then."),
        ({}, {"booked": frozenset({1})}, "The client is booked there already."),
        ({}, {"planned_by_day": {MONDAY: 180}}, "It would make that day a PHP day."),
    ],
)
def test_each_rule_speaks(one, wish, reason):
    assert reasons(replace(ONE, **one), replace(WISH, **wish)) == [reason]


def test_what_has_begun_is_not_offered():
    assert reasons(now=ONE.interval[0]) == ["It has begun."]


def test_at_partial_hospital_a_full_day_is_meant():
    wish = replace(WISH, level="php", planned_by_day={MONDAY: 300})

    assert reasons(replace(ONE, levels=frozenset()), wish) == []


def test_who_must_not_be_met_is_never_told_apart_from_a_full_room():
    met = reasons(wish=replace(WISH, no_contact=frozenset({1})))

    assert met == reasons(replace(ONE, free_seats=0))


STARTS = st.integers(33, 80).map(lambda quarter: quarter * 15)
LENGTHS = st.sampled_from([30, 45, 60, 90, 180])
CHOICES = st.lists(st.tuples(st.integers(0, 1), STARTS, LENGTHS), max_size=7).map(
    lambda rows: [
        candidate(number, day=day, start=start, minutes=minutes)
        for number, (day, start, minutes) in enumerate(rows, start=1)
    ]
)
PLANNED = st.integers(0, 400).map(lambda minutes: {MONDAY: minutes})


def feasible(chosen, wish):
    ordered = sorted(chosen, key=lambda one: one.interval)
    if any(a.interval[1] > b.interval[0] for a, b in itertools.pairwise(ordered)):
        return False
    days = dict(wish.planned_by_day)
    for one in chosen:
        days[one.day] = days.get(one.day, 0) + one.minutes
    return all(days[one.day] < PHP_DAY for one in chosen)


@given(CHOICES, PLANNED)
def test_no_other_choice_gives_more_minutes(candidates, planned):
    wish = replace(WISH, planned_by_day=planned)
    every = itertools.chain.from_iterable(
        itertools.combinations(candidates, size) for size in range(len(candidates) + 1)
    )

    assert most(candidates, wish, php_day_minutes=PHP_DAY) == max(
        sum(one.minutes for one in chosen) for chosen in every if feasible(chosen, wish)
    )


@given(CHOICES, PLANNED, st.integers(0, 10))
def test_booking_an_advised_make_up_never_lowers_what_can_be_reached(
    candidates, planned, pick
):
    wish = replace(WISH, planned_by_day=planned)
    advised = best(candidates, wish, php_day_minutes=PHP_DAY)
    if not advised:
        return
    one = advised[pick % len(advised)]
    before = Week(540, 0, 0, most(candidates, wish, php_day_minutes=PHP_DAY))

    booked = replace(
        wish,
        taken=[one.interval],
        booked=frozenset({one.occurrence_id}),
        planned_by_day={**planned, one.day: planned.get(one.day, 0) + one.minutes},
    )
    left = fitting(candidates, booked, now=NOW, php_day_minutes=PHP_DAY)
    after = Week(540, 0, one.minutes, most(left, booked, php_day_minutes=PHP_DAY))

    assert after.reachable >= before.reachable


@given(CHOICES, PLANNED)
def test_what_is_offered_is_what_the_rule_allows(candidates, planned):
    wish = replace(WISH, planned_by_day=planned)
    offered = fitting(candidates, wish, now=NOW, php_day_minutes=PHP_DAY)

    assert {one.occurrence_id for one in offered} == {
        one.occurrence_id for one in candidates if not reasons(one, wish)
    }
    assert [one.interval[0] for one in offered] == sorted(
        one.interval[0] for one in offered
    )


def test_a_sure_make_up_fills_what_is_missing_alone():
    short, long_one = candidate(1, minutes=60), candidate(2, day=1, minutes=180)

    assert sure([short, long_one], 90) is long_one
    assert sure([short, long_one], 60) is short
    assert sure([short, long_one], 0) is None
    assert sure([short], 90) is None


def test_one_seat_is_not_promised_to_two_clients():
    assert share_seats([(1, ONE), (2, ONE)]) == [(1, ONE)]
