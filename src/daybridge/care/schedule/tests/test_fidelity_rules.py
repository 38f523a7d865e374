"""Draws: every practice in use comes up once a month, every session and observer may be it."""

import random
from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.schedule.rules_fidelity import AHEAD, EVERY, Held, draw, due, seen

TODAY = date(2026, 11, 16)
DAY = timedelta(days=1)


def test_a_practice_is_due_before_its_month_is_over_and_not_twice():
    """Never checked, soon a month old: due. A draw that waits, a fresh check, no group: not."""
    checked = {"b": TODAY - EVERY + AHEAD, "c": TODAY - EVERY + AHEAD + DAY, "gone": TODAY - 90 * DAY}
    assert due(["a", "b", "c", "d", "a"], checked, {"d"}, TODAY) == ["a", "b"]


@given(st.lists(st.builds(Held, st.integers(1, 30), st.sampled_from("ab"),
                          st.lists(st.integers(1, 5), unique=True, max_size=4).map(tuple)),
                max_size=8, unique_by=lambda one: one.occurrence_id), st.integers())
def test_what_is_drawn_is_a_session_of_the_practice_with_somebody_free(held, seed):
    """Whatever the dice, and never nothing while somebody could watch."""
    found = {one.practice: one for one in draw(["a", "b"], held, random.Random(seed))}
    for slug in "ab":
        able = {one.occurrence_id: one.observers for one in held if one.practice == slug and one.observers}
        assert (slug in found) == bool(able)
        if slug in found:
            assert found[slug].observer_id in able[found[slug].occurrence_id]


def test_each_session_and_each_observer_is_as_likely():
    """4,000 draws over 2 sessions and 2 observers: each pair within a tenth of a quarter."""
    held, dice = [Held(1, "a", (7, 8)), Held(2, "a", (7, 8))], random.Random(11)
    drawn = [one for _ in range(4000) for one in draw("a", held, dice)]
    counts = Counter((one.occurrence_id, one.observer_id) for one in drawn)
    assert len(counts) == 4
    assert all(abs(count - 1000) < 100 for count in counts.values())


def test_what_is_not_on_the_list_was_not_seen():
    assert seen([3, 0, 0, 9, -1], 4) == [0, 3]
