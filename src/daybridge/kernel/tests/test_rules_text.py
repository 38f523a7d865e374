"""Names as people type them are kept, and found again."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.kernel.text import fold, skeleton, tidy, tidy_lines, words

TYPED = st.text(max_size=40)


@pytest.mark.parametrize(
    ("typed", "found_as"),
    [
        ("María José", ["maria", "jose"]),
        ("O'Brien", ["obrien", "o", "brien"]),
        ("O\u2019Brien", ["obrien", "o", "brien"]),
        ("Jean-Luc", ["jeanluc", "jean", "luc"]),
        ("STRASSE", ["strasse"]),
        ("Stra\u00dfe", ["strasse"]),
        ("\u0141ukasz S\u00f8rensen", ["lukasz", "sorensen"]),
        ("Ma\u200bria\u202e", ["maria"]),
        ("\u0639\u0644\u064a", ["\u0639\u0644\u064a"]),
        ("  ", []),
    ],
)
def test_a_name_is_found_by_its_words(typed, found_as):
    assert words(typed) == found_as


@given(TYPED)
def test_folding_twice_changes_nothing(typed):
    assert fold(fold(typed)) == fold(typed)


@given(TYPED)
def test_case_and_accents_never_hide_a_name(typed):
    assert fold(unicodedata.normalize("NFD", typed)) == fold(
        unicodedata.normalize("NFC", typed)
    )


@given(TYPED, st.sampled_from("\u200b\u200d\u202e\u2066\ufeff\u00ad"), st.integers(0, 40))
def test_invisible_letters_never_hide_a_name(typed, hidden, place):
    assert words(typed[:place] + hidden + typed[place:]) == words(typed)


@given(TYPED)
def test_tidying_keeps_every_letter_a_person_meant(typed):
    kept = "".join(tidy(typed).split())

    assert kept == "".join(typed.replace("\0", "").split())
    assert tidy(tidy(typed)) == tidy(typed)
    assert "\0" not in tidy_lines(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maria", "M\u0430ri\u0430"),
        ("Bill", "Bi11"),
        ("Olson", "0lson"),
        ("Ana", "\u0391na"),
    ],
)
def test_look_alikes_share_a_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


def test_different_names_do_not_share_a_skeleton():
    assert skeleton("Maria") != skeleton("Marta")


@given(TYPED)
def test_the_skeleton_looks_only_at_folded_letters(typed):
    assert skeleton(typed) == skeleton(typed.swapcase()) or fold(typed) != fold(
        typed.swapcase()
    )
