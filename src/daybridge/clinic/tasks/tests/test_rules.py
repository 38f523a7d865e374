"""Alerts reach a person, and a hole in the rota is seen."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.clinic.tasks.rules import (
    Level,
    Part,
    Shift,
    State,
    cover,
    covered_minutes,
    holes,
    holes_ahead,
    is_overdue,
    level,
    on_call,
    reached,
    state,
)

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
DIRECTOR = 99


def minutes(count):
    return NOW + timedelta(minutes=count)


SHIFTS = st.lists(
    st.builds(
        lambda user, part, start, length: Shift(
            user, part, minutes(start), minutes(start + length)
        ),
        st.integers(1, 5),
        st.sampled_from(Part),
        st.integers(0, 300),
        st.integers(1, 200),
    ),
    max_size=6,
)


@pytest.mark.parametrize(
    ("waited", "who"),
    [
        (0, Level.OWNERS),
        (4, Level.OWNERS),
        (5, Level.BACKUP),
        (9, Level.BACKUP),
        (10, Level.DIRECTOR),
        (600, Level.DIRECTOR),
    ],
)
def test_a_page_goes_to_the_back_up_after_five_and_to_all_after_ten(waited, who):
    assert level(NOW, minutes(waited), taken=False) is who
    assert level(NOW, minutes(waited), taken=True) is Level.OWNERS


def test_taken_is_not_closed():
    assert state(taken_at=None, closed_at=None) is State.OPEN
    assert state(taken_at=NOW, closed_at=None) is State.TAKEN
    assert state(taken_at=NOW, closed_at=NOW) is State.CLOSED
    assert is_overdue(NOW, minutes(1))
    assert not is_overdue(NOW, NOW)


@given(SHIFTS, st.sampled_from(Level), st.integers(0, 500))
def test_a_page_always_reaches_somebody_once(shifts, who, moment):
    people = reached(shifts, who, minutes(moment), director_id=DIRECTOR)

    assert people
    assert len(people) == len(set(people))
    assert who is not Level.DIRECTOR or DIRECTOR in people


@given(SHIFTS, st.sampled_from(Part), st.integers(0, 499))
def test_a_minute_is_in_a_hole_exactly_when_nobody_is_set(shifts, part, moment):
    now = minutes(moment)
    gaps = holes(shifts, part, NOW, minutes(500))
    found = cover(shifts, part, now, director_id=DIRECTOR)

    in_a_hole = any(start <= now < end for start, end in gaps)
    assert in_a_hole is (on_call(shifts, part, now) is None)
    assert found.covered is not in_a_hole
    assert found.covered or found.user_id == DIRECTOR


@given(SHIFTS)
def test_covered_minutes_need_both_parts_set_by_a_person(shifts):
    covered, every = covered_minutes(shifts, NOW, minutes(500))

    assert every == 500
    assert covered == sum(
        all(on_call(shifts, part, minutes(number)) for part in Part)
        for number in range(500)
    )


def test_an_empty_rota_is_one_hole_a_part_for_fourteen_days():
    end = NOW + timedelta(days=14)

    assert holes_ahead([], NOW) == [(Part.BACKUP, NOW, end), (Part.PRIMARY, NOW, end)]
