"""Who counts as the same person: a wrong yes loses somebody, a wrong no writes one down twice."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.exchange.same_person import Known, same, traits

BORN, OTHER = date(1992, 3, 4), date(1993, 3, 4)


def one(preferred="Maria", legal="", born=None, *contacts):
    return traits(1, preferred, [legal], born, contacts)


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        (one(), one(), True),  # nothing tells them apart
        (one(born=BORN), one("MARÍA", "", BORN), True),
        (one(born=BORN), one(born=OTHER), False),
        (one("Maria", "Maria Lopez", BORN), one("Maria", "Maria Delgado", BORN), False),
        (one("Maria", "Maria Lopez", BORN, "1"), one("Maria", "Maria Delgado", BORN, "1"), True),
        (one("Maria", "", None, "1"), one("Maria", "", None, "2"), False),
        (one("Maria", "", None, "1"), one("Maria", "", None, "2", "1"), True),
        (one("Maria", "Maria Lopez"), one("Mia", "maria  lópez"), True),
        (one("Maria"), one("Nora"), False),
    ],
)
def test_who_is_the_same(first, second, is_same):
    assert same(first, second) is same(second, first) is is_same


people = st.builds(
    traits, st.integers(0, 9), st.sampled_from(["Maria", "Mia", "Ana"]),
    st.lists(st.sampled_from(["", "Maria Lopez", "Ana Cruz"]), max_size=2),
    st.sampled_from([None, BORN, OTHER]), st.lists(st.sampled_from(["1", "2"]), max_size=2),
)


@given(st.lists(people, max_size=8), people)
def test_the_quick_search_finds_what_comparing_each_would(known, wanted):
    assert Known(known).find(wanted) == sorted({p.key for p in known if same(wanted, p)})


@given(people)
def test_everybody_is_the_same_as_themselves(person):
    assert same(person, person)
