"""What changed since: nothing is hidden, nothing is made up."""

from hypothesis import given
from hypothesis import strategies as st

from daybridge.care.planning.rules_change import Change, Thing, by_words, compare

TEXTS = st.text(alphabet="ab \n", max_size=30)
KEYS = st.sampled_from("uvwxyz")
THINGS = st.lists(st.builds(lambda k, t: Thing(k, {"words": t}), KEYS, TEXTS), max_size=5,
                  unique_by=lambda one: one.key)


@given(TEXTS, TEXTS)
def test_the_pieces_make_both_texts_again(old, new):
    pieces = by_words(old, new)

    assert "".join(p.words for p in pieces if p.change is not Change.ADDED) == old
    assert "".join(p.words for p in pieces if p.change is not Change.REMOVED) == new


@given(THINGS, THINGS)
def test_every_thing_of_both_versions_is_shown_once(old, new):
    found = compare(old, new)
    before, now = {one.key: one for one in old}, {one.key: one for one in new}

    assert sorted(one.key for one in found) == sorted(before.keys() | now.keys())
    for one in found:
        assert (one.change is Change.ADDED) is (one.key not in before)
        assert (one.change is Change.REMOVED) is (one.key not in now)
        if one.key in before and one.key in now:
            assert (one.change is Change.SAME) is (before[one.key] == now[one.key])


@given(THINGS)
def test_a_plan_in_another_order_has_not_changed(things):
    assert all(one.change is Change.SAME for one in compare(things, things[::-1]))


def test_a_changed_objective_changes_its_problem():
    old = Thing("p", {"Problem": "Sleep"}, [Thing("o", {"Step": "Walk five evenings"})])
    new = Thing("p", {"Problem": "Sleep"}, [Thing("o", {"Step": "Walk two evenings"})])

    (problem,) = compare([old], [new])

    assert problem.change is Change.CHANGED
    assert [tuple(piece) for piece in problem.parts[0].texts[0].pieces] == [
        ("unchanged", "Walk "), ("removed", "five"), ("added", "two"), ("unchanged", " evenings")]
